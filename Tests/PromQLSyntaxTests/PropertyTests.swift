import Foundation
import PromQLSyntax
import Testing

/// Random queries from fixed seeds. `FUZZ_SECONDS` in the environment makes each test go on for so long, from a seed
/// of its own.
@Suite("Properties of random queries")
struct PropertyTests {
    /// Calls `body` with a generator a fixed number of times, or for as long as the environment says.
    private func repeatedly(_ count: Int, _ body: (inout QueryGenerator) throws -> Void) rethrows {
        let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init)
        let deadline = seconds.map { Date(timeIntervalSinceNow: $0) }
        let seed = seconds == nil ? 1 : UInt64(Date().timeIntervalSince1970)
        var generator = QueryGenerator(seed: seed)
        var round = 0
        while deadline.map({ $0.timeIntervalSinceNow > 0 }) ?? (round < count) {
            try body(&generator)
            round += 1
        }
    }

    /// What must hold for any text. Returns whether it is a query.
    private func check(_ bytes: [UInt8]) throws -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let expression = try? PromQLExpression.parse(utf8: bytes) else { return false }
        let canonical = expression.printed()
        if let again = try? PromQLExpression.parse(canonical) {
            if !mayChange(canonical) { expectSame(again.printed(), canonical, text) }
        } else {
            #expect(mayChange(canonical), "\(text) prints as \(canonical), which does not parse")
        }
        let condition = try tenantA()
        do {
            let query = try restrict(text, by: condition)
            let result = try PromQLExpression.parse(query.text)
            #expect(result.selectorCount == expression.selectorCount, "\(text)")
            #expect(result.type == expression.type, "\(text)")
            for (selector, original) in zip(result.selectors, expression.selectors) {
                #expect(selector.matchers.count == original.matchers.count + 1, "\(text)")
            }
            let gap = SelectorScanner.unconfinedPart(of: query.text, condition: query.condition)
            #expect(gap == nil, "\(text) became \(query.text)")
        } catch RestrictionError.unsafe {
            #expect(canonical.contains("info("))
        } catch {
            Issue.record("\(text): \(error)")
        }
        return true
    }

    /// Where Prometheus' print is known to be another text or none: empty selectors of `info`, ranges below a
    /// millisecond, a literal U+FFFD, numbers as labels, expressions after `offset`, 1s1ms, and `Inf ^ x`.
    private func mayChange(_ canonical: String) -> Bool {
        canonical.contains(", )") || canonical.contains("[0s") || canonical.contains("0s]")
            || canonical.contains("\u{FFFD}")
            || canonical.contains(" offset ") || canonical.lowercased().contains("(inf")
            || canonical.lowercased().contains("(nan")
            || canonical.lowercased().contains(", inf") || canonical.lowercased().contains(", nan")
            || canonical.contains("1s")
            || canonical.contains("ms") || canonical.contains("+Inf ^")
    }

    @Test("Queries by the grammar are restricted, and most are valid")
    func grammar() throws {
        var total = 0
        var valid = 0
        try repeatedly(800) { generator in
            total += 1
            if try check(Array(generator.vector().utf8)) { valid += 1 }
        }
        #expect(valid * 2 > total)
    }

    @Test("Streams of tokens never crash, and what is valid is restricted")
    func tokens() throws {
        var valid = 0
        try repeatedly(5000) { generator in
            if try check(Array(generator.tokens().utf8)) { valid += 1 }
        }
        #expect(valid > 20)
    }

    @Test("Mutations of queries never crash, and what is valid is restricted")
    func mutations() throws {
        var valid = 0
        try repeatedly(3000) { generator in
            let first = sampleQueries[Int.random(in: 0..<sampleQueries.count, using: &generator.random)].query
            let second = sampleQueries[Int.random(in: 0..<sampleQueries.count, using: &generator.random)].query
            if try check(generator.mutation(of: first, and: second)) { valid += 1 }
        }
        #expect(valid > 200)
    }

    @Test("Random regular expressions never crash")
    func regularExpressions() throws {
        let pieces = [
            "(", ")", "[", "]", "{2,3}", "*", "+", "?", "|", "a", "\\\\", "^", "$", ".", "(?i)", "(?:", "\\\\d",
            "\\\\pL", "[^a-z]", "é",
        ]
        try repeatedly(3000) { generator in
            var expression = ""
            for _ in 0..<Int.random(in: 1...10, using: &generator.random) {
                expression += pieces[Int.random(in: 0..<pieces.count, using: &generator.random)]
            }
            _ = try check(Array("x{a=~\"\(expression)\"}".utf8))
        }
    }
}
