import APIRuntime
import JSON
import Testing

@testable import Server

/// Gateway and mini-tempo over real sockets, one over everybody's spans and one over the caller's own alone: both must
/// answer alike.
@Suite("Tempo's API, end to end")
struct TempoAPIEndToEndTests {
    private static let own = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"
    private static let foreign = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2"
    private static let mixed = "ccccccccccccccccccccccccccccccc3"
    private static let unlabelled = "ddddddddddddddddddddddddddddddd4"

    private static func get(_ server: TestServer, _ path: String, tenant: JSONValue = "acme") async throws -> Answer {
        try await server.send(
            "GET \(path) HTTP/1.1\r\nHost: g\r\nConnection: close\r\nX-Request-ID: same\r\n"
                + "Authorization: Bearer \(Tokens.token(tenant))\r\n\r\n")
    }

    /// The own spans; with `everybody`, those of others in and around them too.
    private static func fill(_ tempo: MiniTempo, everybody: Bool, organisation: String? = nil) async throws {
        try await tempo.push(trace: own, span: "00000000000000a1", tenant: "acme", organisation: organisation)
        if everybody {
            try await tempo.push(trace: foreign, span: "00000000000000b1", tenant: "globex")
            try await tempo.push(trace: mixed, span: "00000000000000c2", tenant: "globex")
            try await tempo.push(trace: mixed, span: "00000000000000c3", tenant: nil)
            try await tempo.push(trace: unlabelled, span: "00000000000000d1", tenant: nil)
        }
        try await tempo.push(trace: mixed, span: "00000000000000c1", tenant: "acme", organisation: organisation)
    }

    private static func with(
        _ tempo: MiniTempo, _ settings: [String: String] = [:], _ body: (TestServer) async throws -> Void
    ) async throws {
        let prometheus = try RecordingUpstream()
        defer { prometheus.stop() }
        try await TestServer.with(
            upstream: prometheus.port, ["TEMPO_URL": "http://127.0.0.1:\(tempo.port)"].merging(settings) { $1 }, body)
    }

    private static let window = "start=1767366000&end=1767367000"

    /// Requests with the queries in their plain text; each is expected to find something unless it ends in `#empty`.
    private static let requests = [
        "/tempo/api/search?q={ }", "/tempo/api/search?q={ name =~ \".*\" }&spss=1", "/tempo/api/search",
        "/tempo/api/search?q={ name = \"globex-span\" }#empty", "/tempo/api/search?q=count() > 0",
        "/tempo/api/search?q={ resource.service.name != \"x\" } | by(resource.service.name) | count() >= 1",
        "/tempo/api/search?q={ resource.service.name = \"globex-service\" } || { name = \"acme-span\" }",
        "/tempo/api/search?q={ } !>> { }", "/tempo/api/search?q={ } | select(resource.service.name)",
        "/tempo/api/search?tags=service.name=acme-service&minDuration=1ms",
        "/tempo/api/search?tags=service.name=globex-service#empty", "/api/v1/traces?service=acme-service",
        "/api/v1/traces?q={ kind = server }&limit=10", "/tempo/api/v2/search/tags", "/tempo/api/search/tags",
        "/tempo/api/v2/search/tag/resource.service.name/values", "/tempo/api/v2/search/tag/name/values",
        "/tempo/api/search/tag/service.name/values", "/tempo/api/v2/search/tag/resource.tenant_id/values",
        "/api/v1/traces/tags/resource.service.name/values?q={ name =~ \".*\" }",
        "/tempo/api/metrics/query_range?q={ } | rate() by (resource.service.name)&\(window)&step=60",
        "/tempo/api/metrics/query?q={ } | count_over_time()&\(window)",
        "/api/v1/traces/metrics?q=({ } | count_over_time()) + ({ } | count_over_time())&\(window)&step=60",
        "/tempo/api/traces/\(mixed)", "/tempo/api/v2/traces/\(mixed)", "/api/v1/traces/\(mixed)",
        "/tempo/api/traces/\(foreign)#empty", "/tempo/api/v2/traces/\(foreign)#empty",
        "/tempo/api/v2/traces/\(unlabelled)#empty",
    ]

    /// The request with its parameters encoded.
    private static func encoded(_ request: String) -> String {
        let text = request.hasSuffix("#empty") ? String(request.dropLast(6)) : request
        guard let mark = text.firstIndex(of: "?") else { return text }
        let fields: FormFields = text[text.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        return text[..<mark] + "?" + String(decoding: encodeForm(fields), as: UTF8.self)
    }

    @Test("every answer over everybody's spans is that over the own alone", arguments: TraceSummaries.allCases)
    func nonInterference(_ summaries: TraceSummaries) async throws {
        try await MiniTempo.with { everybody in
            try await MiniTempo.with { alone in
                try await Self.fill(everybody, everybody: true)
                try await Self.fill(alone, everybody: false)
                let settings = ["TRACE_SUMMARIES": summaries.rawValue]
                try await Self.with(everybody, settings) { first in
                    try await Self.with(alone, settings) { second in
                        for request in Self.requests {
                            let path = Self.encoded(request)
                            let mixed = try await Self.get(first, path)
                            let own = try await Self.get(second, path)
                            #expect(mixed.status == own.status, "\(request)")
                            #expect(mixed.text == own.text, "\(request)")
                            #expect(!mixed.text.contains("globex") && !mixed.text.contains("nobody"), "\(request)")
                            if request.hasSuffix("#empty") {
                                #expect(!mixed.text.contains("acme"), "\(request): \(mixed.text)")
                            } else {
                                #expect(mixed.status == 200, "\(request): \(mixed.text)")
                                #expect(
                                    mixed.text.contains("acme") || mixed.text.contains("traceID")
                                        || mixed.text.contains("service.name") || mixed.text.contains("\"value\":"),
                                    "\(request): \(mixed.text)")
                            }
                        }
                    }
                }
            }
        }
    }

    @Test("an array in which the tenant is one of several is found by no endpoint that gives spans")
    func arrayValued() async throws {
        try await MiniTempo.with { tempo in
            try await tempo.push(
                trace: Self.foreign, span: "00000000000000b1",
                tenantValue: #"{"arrayValue":{"values":[{"stringValue":"acme"},{"stringValue":"globex"}]}}"#,
                service: "globex")
            for summaries in TraceSummaries.allCases {
                try await Self.with(tempo, ["TRACE_SUMMARIES": summaries.rawValue]) { server in
                    let search = try await Self.get(server, "/tempo/api/search")
                    #expect(search.text == #"{"traces":[],"metrics":{}}"#)
                    let trace = try await Self.get(server, "/tempo/api/v2/traces/\(Self.foreign)")
                    #expect(trace.text == #"{"trace":{},"metrics":{}}"#)
                }
            }
        }
    }

    @Test("by header Tempo keeps tenants apart on every path, and several are joined only from the token")
    func header() async throws {
        try await MiniTempo.with(multitenancy: true) { tempo in
            try await tempo.push(trace: Self.own, span: "00000000000000a1", tenant: "acme", organisation: "acme")
            try await tempo.push(
                trace: Self.foreign, span: "00000000000000b1", tenant: "globex", organisation: "globex")
            try await Self.with(tempo, ["TEMPO_TENANCY": "header"]) { server in
                for _ in 0..<200 {
                    let ready = try await server.send("GET /ready HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
                    if ready.status == 200 { break }
                    try await Task.sleep(for: .milliseconds(20))
                }
                let own = try await Self.get(server, "/tempo/api/search?q=%7B%7D")
                #expect(own.text.contains("acme-service") && !own.text.contains("globex"))
                let both = try await Self.get(server, "/tempo/api/search?q=%7B%7D", tenant: ["acme", "globex"])
                #expect(both.text.contains("acme-service") && both.text.contains("globex-service"))
            }
        }
    }

    @Test("a trace comes in Protobuf to who names it, the caller's own spans alone")
    func protobuf() async throws {
        try await MiniTempo.with { tempo in
            try await Self.fill(tempo, everybody: true)
            try await Self.with(tempo) { server in
                for version in ["/tempo/api/traces/", "/tempo/api/v2/traces/"] {
                    let answer = try await server.send(
                        "GET \(version)\(Self.mixed) HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                            + "Accept: application/protobuf\r\nAuthorization: Bearer \(Tokens.token())\r\n\r\n")
                    #expect(answer.status == 200)
                    #expect(answer.headers["content-type"] == "application/protobuf")
                    #expect(answer.text.contains("acme-span") && !answer.text.contains("globex"))
                }
            }
        }
    }
}
