import Testing

@testable import Generator

@Suite("Cycles of a graph")
struct CyclesTests {
    private func found(_ graph: [Int: [Int]]) -> [Set<Int>] {
        cycles(in: graph.keys.sorted()) { graph[$0] ?? [] }.map { Set($0) }
    }

    @Test("a graph without cycles has none")
    func none() {
        #expect(found([:]).isEmpty)
        #expect(found([1: [2, 3], 2: [3], 3: []]).isEmpty)
    }

    @Test("a node that leads to itself is a cycle")
    func own() {
        #expect(found([1: [1], 2: [1]]) == [[1]])
    }

    @Test("nodes that reach each other are one cycle, others another")
    func several() {
        #expect(Set(found([1: [2], 2: [3], 3: [1, 4], 4: [5], 5: [4], 6: [1]])) == [[1, 2, 3], [4, 5]])
    }

    @Test("a very long cycle does not exhaust the stack")
    func long() {
        let count = 100_000
        let all = cycles(in: Array(0..<count)) { [($0 + 1) % count] }
        #expect(all.map(\.count) == [count])
    }
}
