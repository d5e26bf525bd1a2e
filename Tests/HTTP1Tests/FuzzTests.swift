import HTTP1
import TestSupport
import Testing

/// Valid messages, damaged by chance but in the same way on every run, unless `FUZZ_SECONDS` asks for more. `feed` itself checks that no more is consumed
/// than was given, that bodies lie within what was consumed, and that the parser comes to an end; those failures have
/// the status 0.
@Suite("Damaged messages")
struct FuzzTests {
    private static let requests = [
        "GET /api/v1/query?query=up%7Ba%3D%22b%22%7D HTTP/1.1\r\nHost: a:80\r\nAuthorization: Bearer x\r\nAccept: */*\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\nhello world",
        "POST /b HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0A\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ]
    private static let answers = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nuntil the close",
    ]
    /// What is inserted, besides single bytes.
    private static let splinters = [
        "\r\n", "\r", "\n", " ", "\t", "\0", ":", ";", ",", "%", "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n\r\n", "ffffffffffffffff", "0\r\n\r\n", "HTTP/1.1", "é",
    ].map(bytes)

    private func damaged(_ messages: [String], _ generator: inout SeededGenerator) -> [UInt8] {
        var input: [UInt8] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            input += bytes(messages[Int.random(in: 0..<messages.count, using: &generator)])
        }
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            guard !input.isEmpty else { break }
            let place = Int.random(in: 0..<input.count, using: &generator)
            switch Int.random(in: 0...5, using: &generator) {
            case 0: input[place] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: input[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 2: input.remove(at: place)
            case 3:
                let splinter = Self.splinters[Int.random(in: 0..<Self.splinters.count, using: &generator)]
                input.insert(contentsOf: splinter, at: place)
            case 4: input.removeSubrange(place..<min(input.count, place + Int.random(in: 1...20, using: &generator)))
            default:
                let end = min(input.count, place + Int.random(in: 1...30, using: &generator))
                input.insert(contentsOf: input[place..<end], at: place)
            }
        }
        return input
    }

    private func pieces(_ input: [UInt8], _ generator: inout SeededGenerator) -> [ArraySlice<UInt8>] {
        guard !input.isEmpty else { return [] }
        let first = Int.random(in: 0...input.count, using: &generator)
        let second = Int.random(in: first...input.count, using: &generator)
        return [input[..<first], input[first..<second], input[second...]]
    }

    private func check<Parser: TestedParser>(
        _ messages: [String], statuses: Set<Int>, _ make: () -> Parser
    ) {
        var refusals = 0
        var rounds = 0
        for seed in FuzzSeeds(rounds: 8_000, parts: 3) {
            rounds += 1
            var generator = SeededGenerator(seed: seed)
            let input = damaged(messages, &generator)
            var parser = make()
            let whole = feed(&parser, [input[...]])
            parser = make()
            let cut = feed(&parser, pieces(input, &generator))
            if let error = whole.error {
                refusals += 1
                if !statuses.contains(error.status) {
                    Issue.record("Seed \(seed): \(error) for \(input)")
                }
            }
            if whole != cut {
                Issue.record("Seed \(seed): another outcome when cut, for \(input)")
            }
        }
        // Damage that nothing notices, or that everything is refused for, would test little.
        #expect(rounds < 100 || (rounds / 10..<rounds).contains(refusals))
    }

    @Test("No damaged request breaks the parser, and cuts change nothing")
    func requests() {
        check(Self.requests, statuses: [400, 414, 417, 431, 501, 505]) {
            TestedRequests(parser: HTTP1RequestParser())
        }
    }

    @Test("No damaged answer breaks the parser, and cuts change nothing")
    func answers() {
        check(Self.answers, statuses: [502]) { TestedAnswers(["GET", "HEAD", "POST", "GET"]) }
    }

    @Test("Bytes by pure chance are refused or wait for more, and nothing comes out")
    func noise() {
        for seed in FuzzSeeds(rounds: 2_000, parts: 3) {
            var generator = SeededGenerator(seed: seed)
            let input = (0..<Int.random(in: 1...80, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            var requests = TestedRequests(parser: HTTP1RequestParser())
            let transcript = feed(&requests, [input[...]])
            #expect(transcript.messages.isEmpty, "seed \(seed)")
            #expect(transcript.statuses.allSatisfy { $0 == 400 }, "seed \(seed)")
            var answers = TestedAnswers(["GET"])
            #expect(feed(&answers, [input[...]]).messages.isEmpty, "seed \(seed)")
        }
    }
}
