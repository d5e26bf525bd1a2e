import OTLP
import TestSupport
import Testing

@Suite("The filter of resource spans in Protobuf")
struct ProtobufFilterTests {
    private static let own = Wire.element(Wire.attribute("tenant_id", "acme"))
    private static let other = Wire.element(Wire.attribute("tenant_id", "other"))

    /// Fields of a resource that is not acme's, or not surely.
    static let foreign: [(name: String, resource: [UInt8])] = [
        ("no attribute", []),
        ("another value", Wire.attribute("tenant_id", "acm")),
        ("a longer value", Wire.attribute("tenant_id", "acme\0")),
        ("another key", Wire.attribute("tenant_iD", "acme")),
        ("twice, both own", Wire.attribute("tenant_id", "acme") + Wire.attribute("tenant_id", "acme")),
        ("twice, the first own", Wire.attribute("tenant_id", "acme") + Wire.attribute("tenant_id", "b")),
        ("twice, the last own", Wire.attribute("tenant_id", "b") + Wire.attribute("tenant_id", "acme")),
        ("no value", Wire.bytes(1, Wire.text(1, "tenant_id"))),
        ("an empty value", Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, []))),
        ("bytes", Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.text(7, "acme")))),
        (
            "an array with it",
            Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.bytes(5, Wire.bytes(1, Wire.text(1, "acme")))))
        ),
        ("a number", Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.number(3, 1)))),
        (
            "two values in one",
            Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.text(1, "b") + Wire.text(1, "acme")))
        ),
        (
            "two values",
            Wire.bytes(
                1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.text(1, "b")) + Wire.bytes(2, Wire.text(1, "acme")))
        ),
        (
            "two keys",
            Wire.bytes(1, Wire.text(1, "x") + Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.text(1, "acme")))
        ),
        (
            "a field beside key and value",
            Wire.bytes(1, Wire.text(1, "tenant_id") + Wire.bytes(2, Wire.text(1, "acme")) + Wire.number(3, 1))
        ),
        ("broken attributes", Wire.attribute("tenant_id", "acme") + [0x0A, 0x7F]),
        ("attributes of another type", Wire.number(1, 1) + Wire.attribute("tenant_id", "acme")),
    ]

    @Test("Own resource spans are kept to the byte, others dropped", arguments: [false, true])
    func keeping(_ resourceLast: Bool) throws {
        let unknown = Wire.bytes(99, [1, 2, 3]) + Wire.number(98, 7)
        let own = Wire.element(Wire.attribute("tenant_id", "acme") + unknown, resourceLast: resourceLast) + unknown
        let trace = try filteredProtobuf([Wire.trace(Self.other, own, Self.other, Self.own)])
        #expect(trace.bytes == Wire.trace(own, Self.own))
        #expect((trace.keptResourceSpans, trace.droppedResourceSpans) == (2, 2))
    }

    @Test("A resource that is not surely the tenant's is foreign", arguments: foreign.indices)
    func notSurelyOwn(_ index: Int) throws {
        let (name, resource) = Self.foreign[index]
        let trace = try filteredProtobuf([Wire.trace(Wire.element(resource), Self.own)])
        #expect(trace.bytes == Wire.trace(Self.own), "\(name)")
    }

    @Test("Resource spans with two resources or none are foreign")
    func resources() throws {
        let resource = Wire.bytes(1, Wire.attribute("tenant_id", "acme"))
        for element in [
            resource + resource, resource + Wire.bytes(1, []), Wire.bytes(1, []) + resource, [], Wire.bytes(2, []),
        ] {
            #expect(try filteredProtobuf([Wire.trace(element)]).isEmpty)
        }
    }

    @Test("Version 2's envelope is read and written, and nothing around the trace is kept")
    func envelope() throws {
        let answer =
            Wire.bytes(2, Wire.number(1, 24_016)) + Wire.bytes(1, Wire.trace(Self.other, Self.own)) + Wire.number(3, 1)
            + Wire.text(4, "partial")
        let trace = try filteredProtobuf([answer], in: .traceByIDResponse)
        #expect(trace.bytes == Wire.bytes(1, Wire.trace(Self.own)))
        #expect(try filteredProtobuf([Wire.bytes(1, [])], in: .traceByIDResponse).hadResourceSpans == false)
        #expect(try filteredProtobuf([[]], in: .traceByIDResponse).isEmpty)
        #expect(throws: ResourceSpansFilterError.self) { () throws in
            try filteredProtobuf([answer + Wire.bytes(1, [])], in: .traceByIDResponse)
        }
    }

    @Test("Where the answer is cut into pieces makes no difference")
    func pieces() throws {
        let answer =
            Wire.bytes(2, [8, 1]) + Wire.bytes(1, Wire.trace(Self.own, Self.other, Self.own)) + Wire.number(3, 1)
        let expected = try filteredProtobuf([answer], in: .traceByIDResponse).bytes
        for size in [1, 2, 3, 7, 64] {
            let chunks = stride(from: 0, to: answer.count, by: size).map {
                Array(answer[$0..<min($0 + size, answer.count)])
            }
            #expect(try filteredProtobuf(chunks, in: .traceByIDResponse).bytes == expected)
        }
        #expect(expected == Wire.bytes(1, Wire.trace(Self.own, Self.own)))
    }

    @Test("An answer that is cut short is an error, wherever it is cut within a field")
    func cut() throws {
        let answer = Wire.trace(Self.own, Self.other)
        for length in 1..<answer.count where length != Wire.trace(Self.own).count {
            #expect(throws: ResourceSpansFilterError.self) { () throws in
                try filteredProtobuf([Array(answer[..<length])])
            }
        }
    }

    @Test("The limit counts own bytes only")
    func limit() throws {
        let big = Wire.element(Wire.attribute("tenant_id", "other"), span: String(repeating: "x", count: 5_000))
        let limit = Wire.trace(Self.own).count
        #expect(try filteredProtobuf([Wire.trace(big, Self.own, big)], maximumBytes: limit).keptResourceSpans == 1)
        #expect(throws: ResourceSpansFilterError.tooLarge(maximumBytes: limit)) { () throws in
            try filteredProtobuf([Wire.trace(big, Self.own, Self.own)], maximumBytes: limit)
        }
    }

    @Test("A malformed own message is an error, a foreign one nobody's business")
    func malformedElements() throws {
        let broken = Wire.bytes(2, Wire.bytes(2, Wire.number(5, 1)))
        let own = Wire.bytes(1, Wire.attribute("tenant_id", "acme")) + broken
        let other = Wire.bytes(1, Wire.attribute("tenant_id", "other")) + broken
        #expect(throws: ResourceSpansFilterError.self) { () throws in try filteredProtobuf([Wire.trace(own)]) }
        #expect(try filteredProtobuf([Wire.trace(other, Self.own)]).keptResourceSpans == 1)
    }

    @Test("With isolation by header all resource spans are kept, and checked")
    func everybody() throws {
        var filter = ProtobufResourceSpansFilter(keepingAllWithin: 1 << 20, in: .tracesData)
        try filter.append(Wire.trace(Self.other, Self.own))
        #expect(try filter.finish().bytes == Wire.trace(Self.other, Self.own))
    }

    /// What a filter must keep, found out without its code and not in a stream; nil for what is no message at all.
    private static func reference(_ answer: [UInt8]) -> [UInt8]? {
        guard let fields = Wire.fields(answer) else { return nil }
        var kept: [UInt8] = []
        for field in fields where field.number == 1 {
            guard let content = field.content else { return nil }
            let resources = (Wire.fields(content) ?? []).filter { $0.number == 1 }
            guard resources.count == 1, let resource = resources[0].content, let members = Wire.fields(resource) else {
                continue
            }
            let attributes = members.filter { $0.number == 1 }.map { $0.content.flatMap(Wire.fields) }
            let keyed = attributes.filter { attribute in
                attribute?.contains { $0.number == 1 && $0.content == Array("tenant_id".utf8) } ?? true
            }
            guard keyed.count == 1, let pair = keyed[0], pair.count == 2,
                let value = pair.first(where: { $0.number == 2 })?.content.flatMap(Wire.fields),
                value.count == 1, value[0].number == 1, value[0].content == Array("acme".utf8)
            else { continue }
            kept += Wire.bytes(1, content)
        }
        return kept
    }

    @Test("Random damage keeps what a plain reading of the whole answer keeps, or is an error")
    func damage() throws {
        let other = Wire.element(Wire.attribute("tenant_id", "other"), span: "foreign")
        let last = Wire.element(Wire.attribute("tenant_id", "acme"), resourceLast: true)
        let answer = Wire.trace(Self.own, other, last, other)
        var accepted = 0
        for seed in FuzzSeeds(rounds: 3_000, parts: 1) {
            var random = SeededGenerator(seed: seed)
            var bytes = answer
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            guard let trace = try? filteredProtobuf([Array(bytes[..<cut]), Array(bytes[cut...])]) else { continue }
            accepted += 1
            #expect(trace.bytes == Self.reference(bytes), "FUZZ_SEED=\(seed)")
        }
        #expect(accepted > 0)
    }
}
