import APIRuntime
import EventLoop
import Foundation
import HTTPServer
import Testing

@testable import Server

/// The cases of HTTP itself, byte by byte against the whole gateway: what the client is told, and what the upstream
/// gets to see of it. Every request carries a good token, so that nothing but its form decides.
@Suite("Hostile HTTP")
struct HTTPAttackTests {
    /// A request, the statuses that must come back in order, and how many requests may reach the upstream.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let request: @Sendable (String) -> String
        let statuses: [Int]
        let asked: Int
        var testDescription: String { name }

        init(_ name: String, _ statuses: [Int], asked: Int = 0, _ request: @escaping @Sendable (String) -> String) {
            self.name = name
            self.request = request
            self.statuses = statuses
            self.asked = asked
        }
    }

    /// A query by GET: line, Host, token, further fields, an empty line.
    private static func get(
        _ token: String, _ fields: String = "", target: String = "/api/v1/metrics/query?query=up",
        method: String = "GET"
    ) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer \(token)\r\n\(fields)\r\n"
    }

    /// A query by POST, with fields that say how long its body is.
    private static func post(_ token: String, _ fields: String, _ body: String) -> String {
        "POST /api/v1/metrics/query HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\(fields)\r\n\r\n\(body)"
    }

    private static let close = "Connection: close\r\n"
    /// What a smuggler hides behind the end of his request.
    private static let hidden = "GET /api/v1/metrics/query?query=hidden HTTP/1.1\r\nHost: g\r\n\r\n"

    static let framing: [Case] = [
        Case("a query as it should be", [200], asked: 1) { get($0, close) },
        Case("a form as it should be", [200], asked: 1) { post($0, close + "Content-Length: 8", "query=up") },
        Case("Content-Length and Transfer-Encoding", [400]) {
            post($0, "Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + hidden)
        },
        Case("Transfer-Encoding and Content-Length", [400]) {
            post($0, "Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n" + hidden)
        },
        Case("two different Content-Lengths", [400]) {
            post($0, "Content-Length: 8\r\nContent-Length: 0", "query=up" + hidden)
        },
        Case("two equal Content-Lengths", [400]) { post($0, "Content-Length: 8\r\nContent-Length: 8", "query=up") },
        Case("a list in Content-Length", [400]) { post($0, "Content-Length: 8, 8", "query=up") },
        Case("a signed Content-Length", [400]) { post($0, "Content-Length: +8", "query=up") },
        Case("a Content-Length beyond all integers", [400]) {
            post($0, "Content-Length: 99999999999999999999", "query=up")
        },
        Case("an encoding that only looks like chunked", [400, 501]) {
            post($0, "Transfer-Encoding: xchunked", "0\r\n\r\n" + hidden)
        },
        Case("chunked twice", [400, 501]) { post($0, "Transfer-Encoding: chunked, chunked", "0\r\n\r\n" + hidden) },
        Case("Transfer-Encoding with a space before the colon", [400]) {
            post($0, "Transfer-Encoding : chunked", "0\r\n\r\n" + hidden)
        },
        Case("a folded header line", [400]) { get($0, "X: a\r\n b\r\n") },
        Case("Transfer-Encoding in a folded line", [400]) {
            post($0, "Transfer-Encoding:\r\n chunked", "0\r\n\r\n" + hidden)
        },
        Case("bare line feeds", [400]) { get($0).replacingOccurrences(of: "\r\n", with: "\n") },
        Case("one bare line feed", [400]) { get($0, "X: a\nY: b\r\n") },
        Case("a bare carriage return", [400]) { get($0, "X: a\rY: b\r\n") },
        Case("chunks as they should be", [200], asked: 1) {
            post($0, close + "Transfer-Encoding: chunked", "5\r\nquery\r\n3\r\n=up\r\n0\r\n\r\n")
        },
        Case("a chunk extension", [400]) {
            post($0, "Transfer-Encoding: chunked", "8;x=\"y\"\r\nquery=up\r\n0;z\r\n\r\n")
        },
        Case("a chunk extension with a bare line feed", [400]) {
            post($0, "Transfer-Encoding: chunked", "8;x\nquery=up\r\n0\r\n\r\n" + hidden)
        },
        Case("a chunk extension without end", [400]) {
            post($0, "Transfer-Encoding: chunked", "8;" + String(repeating: "x", count: 5_000) + "\r\nquery=up\r\n")
        },
        Case("a chunk that is longer than it says", [400]) {
            post($0, "Transfer-Encoding: chunked", "2\r\nquery=up\r\n0\r\n\r\n" + hidden)
        },
        Case("a body on GET", [400]) { get($0, close + "Content-Length: 8\r\n") + "query=up" },
    ]

    static let heads: [Case] = [
        Case("an absolute target", [400]) { get($0, target: "http://g/api/v1/metrics/query?query=up") },
        Case("an absolute target elsewhere", [400]) { get($0, target: "http://127.0.0.1:1/api/v1/query?query=up") },
        Case("a target with another authority", [400, 404]) { get($0, close, target: "//evil/api/v1/query?query=up") },
        Case("NUL in the target", [400]) { get($0, target: "/api/v1/metrics/query?query=up\0") },
        Case("NUL in a value", [400]) { get($0, "X: a\0b\r\n") },
        Case("NUL in the token", [400]) { get($0 + "\0") },
        Case("a line of 17,000 bytes", [414]) {
            get($0, target: "/api/v1/metrics/query?query=up" + String(repeating: "x", count: 17_000))
        },
        Case("a header of 40,000 bytes", [431]) { get($0, "X: \(String(repeating: "x", count: 40_000))\r\n") },
        Case("200 headers", [431]) { get($0, String(repeating: "X: 1\r\n", count: 200)) },
        Case("HEAD is refused or has no body", [200], asked: 1) { get($0, close, method: "HEAD") },
        Case("OPTIONS asks nobody", [204]) { get($0, close, method: "OPTIONS") },
        Case("OPTIONS *", [204, 404]) { get($0, close, target: "*", method: "OPTIONS") },
        Case("TRACE", [405]) { get($0, close, method: "TRACE") },
        Case("PUT", [405]) { get($0, close, method: "PUT") },
        Case("a method nobody knows", [405, 501]) { get($0, close, method: "BREW") },
        Case("an override of the method", [200], asked: 1) { get($0, close + "X-HTTP-Method-Override: DELETE\r\n") },
        Case("Upgrade to WebSocket is refused: answered in HTTP/1.1", [200], asked: 1) {
            get($0, "Connection: close, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
        },
        Case("Upgrade to h2c is refused: answered in HTTP/1.1", [200], asked: 1) {
            get($0, "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n")
        },
        Case("the HTTP/2 preface", [505]) { _ in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0" },
        Case("CONNECT", [501]) { get($0, target: "prometheus:9090", method: "CONNECT") },
        Case("no Host", [400]) { get($0).replacingOccurrences(of: "Host: g\r\n", with: "") },
        Case("two Hosts", [400]) { get($0, "Host: evil\r\n") },
        Case("two equal Hosts", [400]) { get($0, "Host: g\r\n") },
        Case("two Authorizations", [400]) { get($0, "Authorization: Bearer x\r\n") },
        Case("two equal Authorizations", [400]) { get($0, "Authorization: Bearer \($0)\r\n") },
        Case("an Authorization without a token before a good one", [400]) {
            get($0).replacingOccurrences(of: "Authorization", with: "Authorization: Basic x\r\nAuthorization")
        },
        Case("a token in the query string alone", [401]) {
            "GET /api/v1/metrics/query?query=up&access_token=\($0) HTTP/1.1\r\nHost: g\r\n\(close)\r\n"
        },
        Case("an expectation that nobody can meet", [417]) { post($0, "Expect: tea\r\nContent-Length: 8", "query=up") },
        Case("TLS instead of HTTP", [400]) { _ in "\u{16}\u{3}\u{1}\0\u{5}hello\r\n\r\n" },
    ]

    static let pipelines: [Case] = [
        Case("two good requests in one piece", [200, 200], asked: 2) { get($0) + get($0, close) },
        Case("a malformed request behind a good one", [200, 400], asked: 1) {
            get($0) + "GET  / HTTP/1.1\r\n\r\n" + hidden
        },
        Case("a smuggler behind a good request", [200, 400], asked: 1) {
            get($0) + post($0, "Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + hidden)
        },
        Case("a request without a token behind a good one has no share in its token", [200, 401], asked: 1) {
            get($0) + "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\n\(close)\r\n"
        },
        Case("a request inside a body is a body", [400]) {
            post($0, close + "Content-Length: \(hidden.utf8.count)", hidden)
        },
        Case("what stands behind a closing request is not read", [200], asked: 1) { get($0, close) + get($0) },
    ]

    @Test("framing that two parsers could read differently", arguments: framing) func readsFraming(_ attack: Case)
        async throws
    {
        try await run(attack, anyOf: true)
    }

    @Test("heads", arguments: heads) func readsHeads(_ attack: Case) async throws { try await run(attack, anyOf: true) }

    @Test("pipelines", arguments: pipelines) func readsPipelines(_ attack: Case) async throws {
        try await run(attack, anyOf: false)
    }

    private func run(_ attack: Case, anyOf: Bool) async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let text = try await RawConnection.exchange(server.port, attack.request(Tokens.token()))
            let heads = Self.heads(of: text)
            if anyOf {
                #expect(heads.count == 1, "\(text)")
                #expect(attack.statuses.contains(heads.first?.status ?? 0), "\(text)")
            } else {
                #expect(heads.map(\.status) == attack.statuses, "\(text)")
            }
            for head in heads {
                #expect(head.fields.filter { $0.hasPrefix("x-request-id: ") }.count == 1, "\(text)")
            }
            if attack.testDescription.hasPrefix("HEAD") { #expect(text.hasSuffix("\r\n\r\n")) }
            #expect(upstream.count == attack.asked)
            // What did arrive is confined, and is nothing of what was hidden.
            for request in upstream.received {
                #expect(request.body.contains("up%7Btenant_id%3D%22acme%22%7D"))
                #expect(!request.body.contains("hidden") && !request.head.contains("hidden"))
                #expect(!request.head.lowercased().contains("authorization"))
            }
            // The gateway goes on.
            #expect(try await server.query("up").status == 200)
        }
    }

    /// The heads in what a connection gave, found by their status lines.
    private static func heads(of text: String) -> [(status: Int, fields: [String])] {
        text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { part in
            let lines = (part.components(separatedBy: "\r\n\r\n").first ?? "").components(separatedBy: "\r\n")
            return (lines.first.flatMap { Int($0.prefix(3)) } ?? 0, lines.dropFirst().map { $0.lowercased() })
        }
    }

    /// A gateway over sockets whose times are short.
    private func withShortTimes(
        _ body: (UInt16, FakeUpstream) async throws -> Void
    ) async throws {
        let upstream = FakeUpstream()
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.headerTimeout = .milliseconds(150)
        configuration.bodyTimeout = .milliseconds(150)
        let gateway = try TestGateway(upstream).gateway
        let server = HTTPServer(configuration: configuration, shards: shards, responder: gateway)
        let port = try #require(try await server.start().first).port
        let result: Result<Void, any Error>
        do { result = .success(try await body(port, upstream)) } catch { result = .failure(error) }
        await server.shutdown(within: .zero)
        try result.get()
    }

    @Test("a head that does not end in time is 408 with a request id, and nothing is asked")
    func slowHead() async throws {
        try await withShortTimes { port, upstream in
            let whole = Self.get(try Tokens.token())
            let text = try await RawConnection.exchange(port, String(whole.dropLast(2)))
            #expect(Self.heads(of: text).map(\.status) == [408])
            #expect(text.lowercased().contains("\r\nx-request-id: "))
            #expect(upstream.received.isEmpty)
        }
    }

    @Test("a body that does not end in time is 408 with a request id, and nothing is asked")
    func slowBody() async throws {
        try await withShortTimes { port, upstream in
            let text = try await RawConnection.exchange(
                port, Self.post(Tokens.token(), "Content-Length: 8", "query=u"))
            #expect(Self.heads(of: text).map(\.status) == [408])
            #expect(text.lowercased().contains("\r\nx-request-id: "))
            #expect(upstream.received.isEmpty)
        }
    }

    @Test("a body that is cut by the client's leaving asks nothing")
    func halfBody() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            for leaving in ["reset", "close"] {
                let connection = try RawConnection(server.port)
                try connection.send(Self.post(Tokens.token(), "Content-Length: 8", "query=u"))
                if leaving == "reset" { connection.abort() }
            }
            #expect(try await server.query("up").status == 200)
            #expect(upstream.count == 1)
        }
    }

    @Test("a client that leaves in mid-answer ends the upstream's call, and others are served")
    func leavesInMidAnswer() async throws {
        let piece = String(repeating: "x", count: 16_384)
        let upstream = try RecordingUpstream { request in
            guard request.body.contains("large") else { return RecordingUpstream.ok("{}") }
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 268435456\r\n\r\n"
            return Array(head.utf8) + [UInt8](repeating: 0x20, count: 32 << 20) + Array(piece.utf8)
        }
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            do {
                let connection = try RawConnection(server.port)
                try connection.send(Self.get(Tokens.token(), target: "/api/v1/metrics/query?query=large"))
                #expect(await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
                #expect(upstream.openConnections == 1)
                connection.abort()
            }
            for _ in 0..<500 where upstream.openConnections > 0 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(upstream.openConnections == 0)
            #expect(upstream.count == 1)
            #expect(try await server.query("up").status == 200)
        }
    }
}
