import APIRuntime
import HTTPServer
@testable import EventLoop
import Testing

/// How answers ended.
final class Ends: Sendable {
    private let list = Lock<[ResponseEnd]>([])
    var all: [ResponseEnd] { list.withLock { $0 } }
    func add(_ end: ResponseEnd) { list.withLock { $0.append(end) } }
}

extension Response {
    func reporting(to ends: Ends) -> Response {
        var response = self
        response.onEnd = { ends.add($0) }
        return response
    }
}

@Suite struct AnswerTests {
    @Test("a stream of unknown length is sent in chunks, one of known length with Content-Length")
    func streams() async throws {
        let ends = Ends()
        try await withServer(respond: { request in
            let pieces: [[UInt8]] = [Array("ab".utf8), Array(repeating: 99, count: 20_000), Array("d".utf8)]
            let body = stream(pieces, length: request.path == "/known" ? 20_003 : nil)
            return Response(status: 200, body: .stream(body)).reporting(to: ends)
        }) { _, port in
            let client = try RawClient(port)
            for path in ["/known", "/unknown", "/known"] {
                let answer = try await client.exchange(get(path))
                #expect(answer.body.count == 20_003)
                #expect(answer.text.hasPrefix("abccc") && answer.text.hasSuffix("cccd"))
                #expect((answer["content-length"] == nil) == (path == "/unknown"))
                #expect((answer["transfer-encoding"] == "chunked") == (path == "/unknown"))
            }
            #expect(await eventually { ends.all.count == 3 })
            #expect(ends.all.allSatisfy { $0.outcome == .complete && $0.bodyBytes == 20_003 })
        }
    }

    @Test("HEAD gets the head that GET would have, without a body, and the source is let go")
    func head() async throws {
        let cancelled = Counter()
        try await withServer(respond: { request in
            switch request.path {
            case "/bytes": text(200, "hello")
            case "/known": Response(status: 200, body: .stream(stream([[1, 2, 3]], length: 3, cancelled: cancelled)))
            default: Response(status: 200, body: .stream(stream([[1]], cancelled: cancelled)))
            }
        }) { _, port in
            let client = try RawClient(port)
            for (path, length) in [("/bytes", "5"), ("/known", "3"), ("/unknown", nil)] {
                let answer = try await client.exchange("HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\n", toHead: true)
                #expect(answer.status == 200)
                #expect(answer["content-length"] == length)
            }
            #expect(try await client.exchange(get("/bytes")).text == "hello")
            #expect(cancelled.value == 2)
        }
    }

    @Test("204 and 304 have neither body nor length; an empty 200 has Content-Length: 0")
    func bodiless() async throws {
        try await withServer(respond: { request in
            let status = Int(request.path.dropFirst()) ?? 500
            return Response(status: status, body: status == 200 ? .none : .bytes([1, 2, 3]))
        }) { _, port in
            let client = try RawClient(port)
            for status in [204, 304] {
                let answer = try await client.exchange(get("/\(status)"))
                #expect(answer.status == status)
                #expect(answer["content-length"] == nil)
            }
            let answer = try await client.exchange(get("/200"))
            #expect(answer["content-length"] == "0")
        }
    }

    @Test("Date is added unless the handler gave one")
    func date() async throws {
        try await withServer(respond: { request in
            Response(status: 200, headers: request.path == "/own" ? ["Date": "mine"] : [:])
        }) { _, port in
            let client = try RawClient(port)
            let given = try await client.exchange(get("/own"))
            #expect(given.headers.filter { $0.0 == "date" }.map(\.1) == ["mine"])
            let added = try #require(try await client.exchange(get("/"))["date"])
            #expect(added.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT/) != nil)
        }
    }

    @Test(
        "a source that breaks aborts the answer: no final chunk, no end that looks whole",
        arguments: [
            "GET /chunked HTTP/1.1\r\nHost: a\r\n\r\n", "GET /length HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /close HTTP/1.0\r\n\r\n",
        ])
    func brokenSource(request: String) async throws {
        let ends = Ends()
        try await withServer(respond: { request in
            let length = request.path == "/length" ? 100 : nil
            let body = stream([Array("part".utf8)], length: length, thenFail: true)
            return Response(status: 200, body: .stream(body)).reporting(to: ends)
        }) { _, port in
            let client = try RawClient(port)
            try await client.send(request)
            var received: [UInt8] = []
            var wasReset = false
            do {
                while true {
                    let bytes = try await client.read()
                    if bytes.isEmpty { break }
                    received += bytes
                }
            } catch { wasReset = true }
            #expect(wasReset)
            #expect(!String(decoding: received, as: UTF8.self).contains("\r\n0\r\n\r\n"))
            #expect(await eventually { ends.all.map(\.outcome) == [.bodyFailed] })
        }
    }

    @Test("a source that delivers more or less than it announced aborts the answer", arguments: [3, 5])
    func wrongLength(announced: Int) async throws {
        let ends = Ends()
        try await withServer(respond: { _ in
            Response(status: 200, body: .stream(stream([[1, 2], [3, 4]], length: announced))).reporting(to: ends)
        }) { _, port in
            let client = try RawClient(port)
            await #expect(throws: RawClientError.self) { try await client.exchange(get("/")) }
            #expect(await eventually { ends.all.map(\.outcome) == [.bodyFailed] })
        }
    }

    @Test(
        "fields that would break the framing never go out",
        arguments: [
            ("x-a", "1\r\nx-b: 2"), ("x a", "1"), ("content-length", "5"), ("transfer-encoding", "chunked"), ("", "1"),
        ])
    func unwritableHead(name: String, value: String) async throws {
        let ends = Ends()
        try await withServer(respond: { _ in
            Response(status: 200, headers: HeaderFields([.init(name: name, value: value)]), body: .bytes([65]))
                .reporting(to: ends)
        }) { _, port in
            let client = try RawClient(port)
            let answer = try await client.exchange(get("/"))
            #expect(answer.status == 500)
            #expect(answer["x-b"] == nil)
            #expect(answer.body.isEmpty)
            #expect(await eventually { ends.all.map(\.outcome) == [.bodyFailed] })
        }
    }

    @Test("a slow reader gets everything, and the source is asked only as it reads")
    func slowReader() async throws {
        let produced = Counter()
        let total = 20_000_000
        try await withServer(respond: { _ in
            var left = total
            return Response(
                status: 200,
                body: .stream(
                    ClosureStream(length: total) {
                        guard left > 0 else { return nil }
                        let size = min(left, 50_000)
                        left -= size
                        produced.add(size)
                        return [UInt8](repeating: UInt8(truncatingIfNeeded: left), count: size)
                    }))
        }) { _, port in
            let client = try RawClient(port, receiveBuffer: 65_536)
            try await client.send(get("/"))
            try await Task.sleep(for: .milliseconds(100))
            // What both sockets' buffers take and the server's own bound; far from the whole.
            #expect(produced.value < 12_000_000)
            let answer = try await client.answer()
            #expect(answer.body.count == total)
            #expect(produced.value == total)
        }
    }

    @Test("a client that takes nothing is given up after its time")
    func stuckReader() async throws {
        let ends = Ends()
        try await withServer(
            configure: { $0.writeTimeout = .milliseconds(80) },
            respond: { _ in
                Response(status: 200, body: .bytes([UInt8](repeating: 0, count: 30_000_000))).reporting(to: ends)
            }
        ) { server, port in
            let client = try RawClient(port, receiveBuffer: 16_384)
            try await client.send(get("/"))
            #expect(await eventually { ends.all.map(\.outcome) == [.clientLeft] })
            #expect(await eventually { server.counters.openConnections == 0 })
            client.close()
        }
    }
}
