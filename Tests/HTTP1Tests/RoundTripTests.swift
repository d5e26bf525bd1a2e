import HTTP1
import TestSupport
import Testing

/// What the writer writes, the parser reads back, for messages made up by chance but the same on every run.
@Suite("Round trips")
struct RoundTripTests {
    private static let tokenBytes = Array("!#$%&'*+-.^_`|~0123456789abcxyzABCXYZ".utf8)
    private static let valueScalars = Array(" \t!\"#,:;=@[]{}~azAZ09éß漢😀".unicodeScalars)
    private static let targetBytes = Array("/?&=:;@!$'()*+,-._~[]{}|\\^\"<>`azAZ09".utf8)

    private struct Composer {
        var generator: SeededGenerator

        mutating func number(_ range: ClosedRange<Int>) -> Int {
            Int.random(in: range, using: &generator)
        }

        mutating func token() -> String {
            text(
                (0..<number(1...24)).map { _ in
                    RoundTripTests.tokenBytes[number(0...RoundTripTests.tokenBytes.count - 1)]
                })
        }

        mutating func value() -> String {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<number(0...40) {
                scalars.append(RoundTripTests.valueScalars[number(0...RoundTripTests.valueScalars.count - 1)])
            }
            while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
            while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
            return String(scalars)
        }

        mutating func target() -> String {
            var target: [UInt8] = [0x2f]
            for _ in 0..<number(0...60) {
                if number(0...9) == 0 {
                    target += bytes(["%00", "%2F", "%2f", "%e9", "%FF"][number(0...4)])
                } else {
                    target.append(RoundTripTests.targetBytes[number(0...RoundTripTests.targetBytes.count - 1)])
                }
            }
            return text(target)
        }

        mutating func fields() -> [HTTP1Field] {
            (0..<number(0...12)).map { _ in HTTP1Field(name: "x-" + token(), value: value()) }
        }

        /// The body, its framing, and how it stands on the wire.
        mutating func body() -> (payload: [UInt8], framing: HTTP1Framing, wire: [UInt8]) {
            let pieces = (0..<number(0...4)).map { _ in
                (0..<number(0...300)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
            let payload = Array(pieces.joined())
            switch number(0...2) {
            case 0: return ([], .none, [])
            case 1: return (payload, .length(payload.count), payload)
            default:
                var wire: [UInt8] = []
                for piece in pieces { HTTP1Writer.chunk(piece, into: &wire) }
                HTTP1Writer.lastChunk(into: &wire)
                return (payload, .chunked, wire)
            }
        }
    }

    private func lowercased(_ fields: [HTTP1Field]) -> [[String]] {
        fields.map { [$0.name.lowercased(), $0.value] }
    }

    private func framingField(_ framing: HTTP1Framing) -> [[String]] {
        switch framing {
        case .none, .untilClose: []
        case .length(let length): [["content-length", "\(length)"]]
        case .chunked: [["transfer-encoding", "chunked"]]
        }
    }

    /// The bytes in pieces of any size.
    private func cut(_ input: [UInt8], _ composer: inout Composer) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < input.count {
            let end = min(input.count, start + composer.number(1...120))
            pieces.append(input[start..<end])
            start = end
        }
        return pieces
    }

    @Test(
        "A request that was written is read back as it was, with others behind it", arguments: 0..<200 as Range<UInt64>)
    func requests(_ seed: UInt64) throws {
        var composer = Composer(generator: SeededGenerator(seed: seed))
        var wire: [UInt8] = []
        var expected: [ReadMessage] = []
        for _ in 0..<3 {
            let method = composer.token()
            let target = composer.target()
            let fields = [HTTP1Field(name: "Host", value: "a.example:80")] + composer.fields()
            let body = composer.body()
            let keepAlive = composer.number(0...1) == 0
            try HTTP1Writer.requestHead(
                method: method, target: target, fields: fields, framing: body.framing, keepAlive: keepAlive, into: &wire
            )
            wire += body.wire
            let parts = target.utf8.split(separator: 0x3f, maxSplits: 1, omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            expected.append(
                ReadMessage(
                    start: "\(method) \(parts.joined(separator: " ?")) 1.1",
                    fields: lowercased(fields) + framingField(body.framing)
                        + (keepAlive ? [] : [["connection", "close"]]),
                    framing: body.framing, keepAlive: keepAlive, body: body.payload, isWhole: true))
        }
        var parser = TestedRequests(parser: HTTP1RequestParser())
        #expect(feed(&parser, cut(wire, &composer)) == Transcript(messages: expected))
    }

    @Test(
        "An answer that was written is read back as it was, with others behind it", arguments: 0..<200 as Range<UInt64>)
    func answers(_ seed: UInt64) throws {
        var composer = Composer(generator: SeededGenerator(seed: seed))
        var wire: [UInt8] = []
        var expected: [ReadMessage] = []
        var methods: [String] = []
        for _ in 0..<3 {
            let fields = composer.fields()
            let body = composer.body()
            let isHead = composer.number(0...3) == 0
            // Without framing only these have no body.
            let status =
                body.framing == .none && !isHead ? [204, 304][composer.number(0...1)] : composer.number(205...299)
            let keepAlive = composer.number(0...1) == 0
            try HTTP1Writer.responseHead(
                status: status, fields: fields, framing: body.framing, keepAlive: keepAlive, into: &wire)
            if !isHead { wire += body.wire }
            methods.append(isHead ? "HEAD" : "GET")
            expected.append(
                ReadMessage(
                    start: "\(status) 1.1",
                    fields: lowercased(fields) + framingField(body.framing)
                        + (keepAlive ? [] : [["connection", "close"]]),
                    framing: isHead ? .none : body.framing, keepAlive: keepAlive, body: isHead ? [] : body.payload,
                    isWhole: true))
        }
        var parser = TestedAnswers(methods)
        #expect(feed(&parser, cut(wire, &composer)) == Transcript(messages: expected))
    }
}
