import JSON
import Testing

/// Gateway and mini-tempo over real sockets, in each way of keeping tenants apart.
@Suite("Traces, end to end")
struct TempoEndToEndTests {
    private static let own = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"
    private static let foreign = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2"
    private static let mixed = "ccccccccccccccccccccccccccccccc3"
    private static let unlabelled = "ddddddddddddddddddddddddddddddd4"

    private func get(_ server: TestServer, _ id: String, tenant: JSONValue = "acme") async throws -> Answer {
        try await server.send(
            "GET /api/v1/traces/\(id) HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                + "Authorization: Bearer \(Tokens.token(tenant))\r\n\r\n")
    }

    private func ready(_ server: TestServer) async throws -> Int {
        try await server.send("GET /ready HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n").status
    }

    private func with(
        _ tempo: MiniTempo, _ settings: [String: String], _ body: (TestServer) async throws -> Void
    ) async throws {
        let prometheus = try ScriptedUpstream([.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")])
        defer { prometheus.stop() }
        try await TestServer.with(
            upstream: prometheus.port, ["TEMPO_URL": "http://127.0.0.1:\(tempo.port)"].merging(settings) { $1 }, body)
    }

    @Test("by attribute each tenant gets its own spans of what one Tempo holds", arguments: ["not_found", "forbidden"])
    func byAttribute(_ denial: String) async throws {
        try await MiniTempo.with { tempo in
            try await tempo.push(trace: Self.own, span: "00000000000000a1", tenant: "acme")
            try await tempo.push(trace: Self.foreign, span: "00000000000000b1", tenant: "globex")
            for (span, tenant) in [
                ("00000000000000c1", "acme"), ("00000000000000c2", "globex"), ("00000000000000c3", nil),
            ] {
                try await tempo.push(trace: Self.mixed, span: span, tenant: tenant)
            }
            try await tempo.push(trace: Self.unlabelled, span: "00000000000000d1", tenant: nil)
            try await with(tempo, ["TRACE_DENIAL": denial]) { server in
                #expect(try await ready(server) == 200)
                let own = try await get(server, Self.own)
                #expect(own.status == 200)
                #expect(own.text.contains("acme-span"))
                let denied = denial == "forbidden" ? 403 : 404
                #expect(try await get(server, Self.foreign).status == denied)
                #expect(try await get(server, Self.unlabelled).status == denied)
                #expect(try await get(server, String(repeating: "e", count: 32)).status == 404)
                #expect(try await get(server, "not-an-id").status == 404)
                let mixed = try await get(server, Self.mixed)
                #expect(mixed.status == 200)
                #expect(mixed.text.contains("acme-span"))
                #expect(!mixed.text.contains("globex") && !mixed.text.contains("nobody"))
            }
        }
    }

    @Test("by header Tempo itself keeps tenants apart, once it was seen to")
    func byHeader() async throws {
        try await MiniTempo.with(multitenancy: true) { tempo in
            try await tempo.push(trace: Self.own, span: "00000000000000a1", tenant: nil, organisation: "acme")
            try await tempo.push(trace: Self.foreign, span: "00000000000000b1", tenant: nil, organisation: "globex")
            try await with(tempo, ["TEMPO_TENANCY": "header"]) { server in
                for _ in 0..<200 where try await ready(server) != 200 { try await Task.sleep(for: .milliseconds(20)) }
                #expect(try await get(server, Self.own).status == 200)
                #expect(try await get(server, Self.foreign).status == 404)
                #expect(try await get(server, Self.foreign, tenant: ["acme", "globex"]).status == 200)
            }
        }
    }

    @Test("by header nothing is served if Tempo ignores the header")
    func headerIgnored() async throws {
        try await MiniTempo.with(multitenancy: false) { tempo in
            try await tempo.push(trace: Self.foreign, span: "00000000000000b1", tenant: "globex")
            try await with(tempo, ["TEMPO_TENANCY": "header"]) { server in
                for _ in 0..<500 where !server.sink.text.contains("isolation by header is not proven") {
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(server.sink.text.contains("isolation by header is not proven"))
                #expect(try await ready(server) == 503)
                #expect(try await get(server, Self.foreign).status == 503)
            }
        }
    }

    @Test("by both a span has to pass both")
    func byBoth() async throws {
        try await MiniTempo.with(multitenancy: true) { tempo in
            try await tempo.push(trace: Self.own, span: "00000000000000a1", tenant: "acme", organisation: "acme")
            try await tempo.push(trace: Self.mixed, span: "00000000000000c1", tenant: "globex", organisation: "acme")
            try await tempo.push(trace: Self.foreign, span: "00000000000000b1", tenant: "acme", organisation: "globex")
            try await with(tempo, ["TEMPO_TENANCY": "both"]) { (server) async throws in
                #expect(try await get(server, Self.own).status == 200)
                #expect(try await get(server, Self.mixed).status == 404)
                #expect(try await get(server, Self.foreign).status == 404)
            }
        }
    }
}
