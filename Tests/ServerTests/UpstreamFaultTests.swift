import JSON
import Testing

/// Faulty upstreams over real sockets: a slow, hung, cut or lying one.
@Suite("Faulty upstreams")
struct UpstreamFaultTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    private static let envelope = #"{"status":"success","data":{"resultType":"vector","result":[]}}"#

    private func with<Value>(
        _ script: [ScriptedUpstream.Step], _ settings: [String: String] = [:],
        _ body: (TestServer, ScriptedUpstream) async throws -> Value
    ) async throws -> Value {
        let upstream = try ScriptedUpstream(script)
        defer { upstream.stop() }
        return try await TestServer.with(upstream: upstream.port, settings) { try await body($0, upstream) }
    }

    @Test("a slow upstream's answer arrives whole")
    func slow() async throws {
        let half = Self.envelope.count / 2
        try await with([
            .wait(milliseconds: 100), .write("HTTP/1.1 200 OK\r\nContent-Ty"), .wait(milliseconds: 50),
            .write("pe: application/json\r\nContent-Length: \(Self.envelope.utf8.count)\r\n\r\n"),
            .write(String(Self.envelope.prefix(half))), .wait(milliseconds: 100),
            .write(String(Self.envelope.dropFirst(half))),
        ]) { server, _ in
            let answer = try await server.query("up")
            #expect(answer.status == 200)
            #expect(answer.text == Self.envelope)
        }
    }

    @Test("a hung upstream is 504, and its connection is closed")
    func hung() async throws {
        try await with([.hang], ["UPSTREAM_TIMEOUT": "200ms"]) { server, upstream in
            #expect(try await server.query("up").status == 504)
            try await waitUntil { upstream.hungUp == 1 }
        }
    }

    @Test("an upstream that falls silent within its answer cuts ours")
    func silent() async throws {
        try await with(
            [.write(Self.head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\n"), .hang],
            ["UPSTREAM_TIMEOUT": "200ms"]
        ) { server, upstream in
            await #expect(throws: TestServer.Cut.self) { try await server.query("up") }
            try await waitUntil { upstream.hungUp == 1 }
        }
    }

    @Test(
        "an answer that is cut never looks whole",
        arguments: [
            "Content-Length: 1000\r\n\r\n{\"status\":\"success\"", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"s", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\nzz\r\n",
        ])
    func cut(_ rest: String) async throws {
        for end in [[ScriptedUpstream.Step](), [.reset]] {
            try await with([.write(Self.head + rest), .wait(milliseconds: 30)] + end) { server, _ in
                do {
                    let answer = try await server.query("up")
                    // Where nothing had been sent yet, the gateway may still say so; else fewer bytes than announced.
                    let announced = answer.headers["content-length"].flatMap { Int($0) } ?? answer.bytes.count
                    #expect(answer.status == 502 || answer.bytes.count < announced)
                } catch is TestServer.Cut {}
            }
        }
    }

    @Test(
        "an upstream that does not speak HTTP, or lies about its length, is 502",
        arguments: [
            "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 999999 OK\r\n\r\n", "SSH-2.0-x\r\n", "",
        ])
    func lying(_ text: String) async throws {
        try await with([.write(text)]) { server, _ in
            let answer = try await server.query("up")
            #expect(answer.status == 502)
        }
    }

    @Test("no upstream at all is 502, and readiness says no")
    func nobody() async throws {
        let port = try freePort()
        try await TestServer.with(upstream: port) { server in
            #expect(try await server.query("up").status == 502)
            let ready = try await server.send("GET /ready HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
            #expect(ready.status == 503)
            let health = try await server.send("GET /health HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
            #expect(health.status == 200)
        }
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        let target = try ScriptedUpstream([.write(Self.head + "Content-Length: 2\r\n\r\n{}")])
        defer { target.stop() }
        try await with([
            .write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(target.port)/\r\nContent-Length: 0\r\n\r\n")
        ]) { server, _ in
            let answer = try await server.query("up")
            #expect(answer.status == 502)
            #expect(target.connections == 0)
        }
    }

    @Test("a client that leaves ends the upstream call at once")
    func clientLeaves() async throws {
        try await with([.hang]) { server, upstream in
            do {
                let connection = try RawConnection(server.port)
                try connection.send(
                    "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer \(Tokens.token())\r\n\r\n"
                )
                try await waitUntil { upstream.connections == 1 }
                connection.abort()
            }
            try await waitUntil { upstream.hungUp == 1 }
        }
    }

    private func waitUntil(_ condition: () -> Bool) async throws {
        for _ in 0..<500 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not happen within ten seconds")
    }
}
