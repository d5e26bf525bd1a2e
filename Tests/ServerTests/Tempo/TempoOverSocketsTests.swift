import APIRuntime
import JSON
import Testing

@testable import Server

/// The gateway over real sockets, on its shards, before a Tempo that answers with a script.
@Suite("Tempo's API, over sockets")
struct TempoOverSocketsTests {
    private func get(_ server: TestServer, _ path: String) async throws -> Answer {
        try await server.send(
            "GET \(path) HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer \(Tokens.token())\r\n\r\n")
    }

    @Test("the traces that a search finds are asked for by id side by side, and each gets its own summary")
    func summaries() async throws {
        let own = FakeTempo.resourceSpans(tenant: FakeTempo.text("acme"), service: "shop")
        let other = FakeTempo.resourceSpans(
            tenant: FakeTempo.text("globex"), service: "secret", span: "AAAAAAAAAAE=", start: 1, end: 90)
        let found = FakeTempo.search(
            (1...50).map { FakeTempo.found([FakeTempo.foundSpan("e3e7f7ab7f1de378")], id: "a\($0)") })
        let tempo = try RecordingUpstream { request in
            RecordingUpstream.ok(
                request.head.contains("/api/search?") ? found : FakeTempo.trace([other, own]))
        }
        defer { tempo.stop() }
        let prometheus = try RecordingUpstream()
        defer { prometheus.stop() }
        try await TestServer.with(
            upstream: prometheus.port, ["TEMPO_URL": "http://127.0.0.1:\(tempo.port)/base"]
        ) { server in
            let answer = try await get(server, "/tempo/api/search?limit=50")
            #expect(answer.status == 200)
            let traces = try #require(answer.json()["traces"]?.arrayValue)
            #expect(traces.count == 50)
            #expect(traces.map { $0["traceID"]?.stringValue } == (1...50).map { "a\($0)" })
            #expect(traces.allSatisfy { $0["rootServiceName"] == "shop" && $0["durationMs"] == 1_000 })
            #expect(!answer.text.contains("secret"))
            #expect(tempo.count == 51)
            #expect(tempo.received.allSatisfy { $0.head.hasPrefix("GET /base/api/") })
        }
    }

    @Test("an answer that breaks off is no answer")
    func cut() async throws {
        let tempo = try RecordingUpstream { _ in
            Array(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"series\":[".utf8)
                + Array("{}".utf8)
        }
        defer { tempo.stop() }
        let prometheus = try RecordingUpstream()
        defer { prometheus.stop() }
        try await TestServer.with(
            upstream: prometheus.port,
            ["TEMPO_URL": "http://127.0.0.1:\(tempo.port)", "UPSTREAM_TIMEOUT": "1s"]
        ) { server in
            let answer = try await get(server, "/tempo/api/metrics/query_range?q=%7B%7D%7Crate()")
            #expect(answer.status == 504)
        }
    }
}
