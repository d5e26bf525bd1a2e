import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Flavours of Prometheus")
struct FlavorTests {
    private static let everyCall: [(path: String, fields: FormFields)] = [
        ("api/v1/query", [("query", "up")]),
        ("api/v1/query_range", [("query", "up"), ("start", "1"), ("end", "2"), ("step", "1")]),
        ("api/v1/query_exemplars", [("query", "up")]), ("api/v1/series", [("match[]", "up")]), ("api/v1/labels", []),
        ("api/v1/label/job/values", []), ("api/v1/search/metric_names", []), ("api/v1/rules", []),
        ("api/v1/alerts", []),
        ("api/v1/metadata", []), ("api/v1/format_query", [("query", "up")]), ("federate", [("match[]", "up")]),
    ]

    private func calls(_ flavor: PrometheusFlavor, tenants: JSONValue) async throws -> [HTTPClientRequest] {
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream, flavor: flavor)
        for (path, fields) in Self.everyCall {
            let answer = try await gateway.get("/prometheus/" + path, fields, token: Tokens.token(tenants))
            #expect(answer.status == 200, "\(path): \(answer.text)")
        }
        #expect(upstream.received.count == Self.everyCall.count)
        return upstream.received
    }

    @Test("Mimir is sent the tenants as X-Scope-OrgID with every call, and others never are")
    func mimir() async throws {
        for request in try await calls(.mimir, tenants: "acme") { #expect(request.headers["x-scope-orgid"] == "acme") }
        for request in try await calls(.mimir, tenants: ["b", "a"]) {
            #expect(request.headers["x-scope-orgid"] == "a|b")
        }
        for request in try await calls(.prometheus, tenants: "acme") {
            #expect(!request.headers.contains("x-scope-orgid"))
        }
    }

    @Test("VictoriaMetrics is sent its own filter in the URL of every call, beside the restricted query")
    func victoriaMetrics() async throws {
        for request in try await calls(.victoriametrics, tenants: "acme") {
            #expect(request.target.contains("extra_label=tenant_id%3Dacme"), "\(request.target)")
            #expect(!request.target.contains("extra_filters"))
        }
        for request in try await calls(.victoriametrics, tenants: ["a", "b"]) {
            #expect(
                try SentRequest(request).fields.contains(#"extra_filters[]={tenant_id=~"a|b"}"#), "\(request.target)")
            #expect(!request.target.contains("extra_label"))
        }
        let first = try SentRequest(try #require(try await calls(.victoriametrics, tenants: "acme").first))
        #expect(first.fields == ["extra_label=tenant_id=acme", #"query=up{tenant_id="acme"}"#, "timeout=30"])
    }

    @Test("Thanos' own parameters reach Thanos and nobody else")
    func thanos() async throws {
        let options: FormFields = [("dedup", "false"), ("partial_response", "true"), ("max_source_resolution", "5m")]
        for flavor in PrometheusFlavor.allCases {
            let upstream = UpstreamRequestTests.upstream()
            let gateway = try TestGateway(upstream, flavor: flavor)
            for method in [HTTPMethod.get, .post] {
                let fields = [("query", "up")] + options
                let answer =
                    method == .get
                    ? try await gateway.get("/prometheus/api/v1/query", fields)
                    : try await gateway.post("/prometheus/api/v1/query", fields)
                #expect(answer.status == 200)
            }
            for request in try upstream.sent() {
                let sent = request.fields.filter { !$0.hasPrefix("query=") && !$0.hasPrefix("timeout=") }
                switch flavor {
                case .thanos: #expect(sent == ["dedup=false", "partial_response=true", "max_source_resolution=300"])
                case .victoriametrics: #expect(sent == ["extra_label=tenant_id=acme"])
                case .prometheus, .mimir: #expect(sent.isEmpty)
                }
            }
        }
    }

    @Test(
        "errors of Thanos name no stores; those of the query keep their words",
        arguments: [
            ("execution", "expanding series: proxy Series(): rpc error: Addr: 10.0.0.7:10901", false),
            ("execution", "found duplicate series for the match group {} on the right side", true),
            ("bad_data", "invalid parameter \"query\": no", true),
            ("timeout", "query timed out in query execution", true),
            ("unavailable", "no store 10.0.0.7", false),
        ])
    func storeErrors(_ kind: String, _ message: String, _ isTold: Bool) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            .init(status: 422, pieces: [#"{"status":"error","errorType":"\#(kind)","error":"#, quoted(message), "}"])
        }
        let answer = try await TestGateway(upstream, flavor: .thanos).get("/prometheus/api/v1/query", [("query", "up")])
        #expect(answer.status == 422)
        #expect(try answer.json()["errorType"]?.stringValue == kind)
        #expect((try answer.json()["error"]?.stringValue == message) == isTold)
        #expect(isTold || !answer.text.contains("10.0.0.7"))
    }

    @Test("each says in its own place whether it is ready")
    func readiness() {
        #expect(PrometheusFlavor.prometheus.readinessPath(behind: "/p") == "/p/-/ready")
        #expect(PrometheusFlavor.thanos.readinessPath(behind: "") == "/-/ready")
        #expect(PrometheusFlavor.mimir.readinessPath(behind: "/prometheus") == "/ready")
        #expect(PrometheusFlavor.victoriametrics.readinessPath(behind: "/prometheus") == "/health")
    }

    @Test(
        "what is no such value is refused",
        arguments: [
            ("dedup", "maybe"), ("partial_response", "2"), ("max_source_resolution", "5 m"),
            ("max_source_resolution", "x"),
        ])
    func invalid(_ name: String, _ value: String) async throws {
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream, flavor: .thanos)
        #expect(try await gateway.get("/prometheus/api/v1/query", [("query", "up"), (name, value)]).status == 400)
        #expect(upstream.received.isEmpty)
    }

    @Test(
        "warnings of Thanos name no stores, however the answer is cut; all else passes to the byte",
        arguments: [1, 2, 3, 7, 1_000])
    func stores(_ size: Int) async throws {
        let text = #"""
            {"status":"success", "data":{"result":[{"metric":{"warnings":"10.0.0.7"}},"warnings"],"warnings":["x"]},
             "warnings": [ "PromQL warning: kept" , "receive series from 10.0.0.7:10901: \"rpc\" failed",
             "results truncated due to limit"], "infos":["PromQL info: kept"] }
            """#
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            var rest = Array(text.utf8)[...]
            var pieces: [String] = []
            while !rest.isEmpty {
                pieces.append(String(decoding: rest.prefix(size), as: UTF8.self))
                rest = rest.dropFirst(size)
            }
            return .init(pieces: pieces)
        }
        let gateway = try TestGateway(upstream, flavor: .thanos)
        let answer = try await gateway.get(
            "/prometheus/api/v1/query", [("query", "up")], headers: ["accept-encoding": "gzip"])
        let expected = text.replacing(
            #""receive series from 10.0.0.7:10901: \"rpc\" failed""#, with: "\"\(StoreWarnings.replacement)\"")
        #expect(answer.text == expected)
        #expect(upstream.received.first?.headers.contains("accept-encoding") == false)
    }
}

private func quoted(_ text: String) -> String { String(decoding: JSONValue.string(text).serialized(), as: UTF8.self) }
