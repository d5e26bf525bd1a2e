import OTLP
import Testing

@testable import MiniTempo

@Suite("The store")
struct TraceStoreTests {
    private func identifier(_ number: Int) throws -> TraceID {
        try #require(TraceID(shortHexadecimal: String(number, radix: 16)))
    }

    private func part(_ number: Int, bytes: Int = 100) throws -> TraceStore.Part {
        var resourceSpans = ResourceSpans()
        resourceSpans.schemaURL = String(bytes)
        return TraceStore.Part(
            traceID: try identifier(number), spanCount: 1, resourceSpans: [resourceSpans], jsonBytes: bytes)
    }

    private func count(_ store: TraceStore, _ number: Int, _ organizations: String = "o") throws -> Int {
        store.resourceSpans(
            of: try identifier(number), in: try Organizations(organizations, mode: .separate)
        ).count
    }

    @Test("Parts of a trace are given back in the order in which they came")
    func order() throws {
        let store = TraceStore(maximumBytes: 100_000)
        for bytes in [3, 1, 2] { #expect(store.add(try part(1, bytes: bytes), organization: "o")) }
        let found = store.resourceSpans(of: try identifier(1), in: try Organizations("o", mode: .separate))
        #expect(found.map(\.schemaURL) == ["3", "1", "2"])
        #expect(store.count == 1)
    }

    @Test("Organizations are apart")
    func organizations() throws {
        let store = TraceStore(maximumBytes: 100_000)
        #expect(store.add(try part(1), organization: "a"))
        #expect(try count(store, 1, "a") == 1)
        #expect(try count(store, 1, "b") == 0)
        #expect(try count(store, 1, "a|b") == 1)
        #expect(try count(store, 2, "a") == 0)
    }

    @Test("It never holds more than its limit, and forgets the oldest first")
    func eviction() throws {
        let store = TraceStore(maximumBytes: 5_000)
        for number in 0..<5_000 {
            #expect(store.add(try part(number, bytes: number % 700), organization: "o"))
            #expect(store.byteCount <= 5_000)
            #expect(try count(store, number) == 1)
        }
        let held = try (0..<5_000).filter { try count(store, $0) == 1 }
        #expect(held == Array(5_000 - held.count..<5_000))
        #expect(held.count == store.count)
        #expect(held.count > 3)
    }

    @Test("A trace that grows when it is the oldest stays")
    func growth() throws {
        let store = TraceStore(maximumBytes: 3_000)
        for number in 0..<4 { #expect(store.add(try part(number), organization: "o")) }
        #expect(store.add(try part(0, bytes: 1_000), organization: "o"))
        #expect(try count(store, 0) == 2)
        #expect(try count(store, 1) == 0)
        #expect(store.byteCount <= 3_000)
    }

    @Test("A trace above the limit is not taken, and nothing is forgotten for it")
    func tooLarge() throws {
        let store = TraceStore(maximumBytes: 2_000)
        #expect(store.add(try part(1), organization: "o"))
        #expect(!store.add(try part(2, bytes: 2_000), organization: "o"))
        #expect(!store.add(try part(1, bytes: 1_500), organization: "o"))
        #expect(try count(store, 1) == 1)
        #expect(store.count == 1)
    }
}

@Suite("Organizations")
struct OrganizationsTests {
    @Test("Names are sorted, each once")
    func names() throws {
        #expect(try Organizations("b|a|b", mode: .separate).names == ["a", "b"])
        #expect(try Organizations("A-z_0.9!*'()", mode: .separate).names == ["A-z_0.9!*'()"])
        let longest = String(repeating: "a", count: 150)
        #expect(try Organizations(longest, mode: .separate).names == [longest])
    }

    @Test("Where they are not told apart, every header is the same")
    func single() throws {
        for header in [nil, "", "a", "..", "a|b"] {
            #expect(try Organizations(header, mode: .single).names == ["single-tenant"])
        }
    }

    @Test("What is no name is refused in Tempo's words")
    func refusals() {
        for header in [nil, ""] {
            #expect(throws: Organizations.Refusal.missing) { try Organizations(header, mode: .separate) }
        }
        for (header, message) in [
            ("a,b", "tenant ID 'a,b' contains unsupported character ','"),
            ("a|b/c", "tenant ID 'b/c' contains unsupported character '/'"), ("..", "tenant ID is '.' or '..'"),
            (String(repeating: "a", count: 151), "tenant ID is too long: max 150 characters"),
        ] {
            #expect(throws: Organizations.Refusal.invalid(message)) { try Organizations(header, mode: .separate) }
        }
    }
}
