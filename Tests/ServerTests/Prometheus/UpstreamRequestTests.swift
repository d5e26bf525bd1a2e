import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

/// What each endpoint sends upstream, to the last parameter.
@Suite("Requests to Prometheus")
struct UpstreamRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        var post = true
        let fields: [String]
        let sent: SentRequest

        var testDescription: String { path }

        var form: FormFields {
            fields.map { field in
                let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts[1]))
            }
        }

        init(_ path: String, post: Bool = true, _ fields: [String], _ sent: SentRequest) {
            (self.path, self.post, self.fields, self.sent) = (path, post, fields, sent)
        }
    }

    private static let own = #"{tenant_id="acme"}"#

    static let cases: [Case] = [
        Case(
            "query", ["query=up", "time=7", "timeout=1m", "limit=3", "lookback_delta=10m", "stats=all"],
            SentRequest(
                "POST", "/api/v1/query",
                ["query=up\(own)", "time=7", "timeout=30", "limit=3", "lookback_delta=600", "stats=all"])),
        Case(
            "query_range", ["query=rate(up[5m])", "start=1", "end=2026-01-02T15:04:05Z", "step=15s", "stats=true"],
            SentRequest(
                "POST", "/api/v1/query_range",
                [
                    #"query=rate(up{tenant_id="acme"}[5m])"#, "start=1", "end=1767366245", "step=15", "timeout=30",
                    "stats=true",
                ])),
        Case(
            "query_exemplars", ["query=sum(a) / b", "start=1", "end=2"],
            SentRequest(
                "POST", "/api/v1/query_exemplars", ["query=sum(a\(own)) / b\(own)", "start=1", "end=2"])),
        Case(
            "format_query", ["query=sum  (x)"], SentRequest("POST", "/api/v1/format_query", ["query=sum  (x)"])),
        Case(
            "parse_query", ["query=sum  (x)"], SentRequest("POST", "/api/v1/parse_query", ["query=sum  (x)"])),
        Case(
            "series", ["match[]=up", #"match[]={tenant_id="globex"}"#, "start=1", "end=2", "limit=5"],
            SentRequest(
                "POST", "/api/v1/series",
                [
                    "match[]=up\(own)", #"match[]={tenant_id="acme",tenant_id="globex"}"#, "start=1", "end=2",
                    "limit=5",
                ])),
        Case("labels", [], SentRequest("POST", "/api/v1/labels", ["match[]=\(own)"])),
        Case(
            "labels", ["match[]=up", "match[]=down", "limit=1"],
            SentRequest("POST", "/api/v1/labels", ["match[]=up\(own)", "match[]=down\(own)", "limit=1"])),
        Case(
            "label/job/values", post: false, [],
            SentRequest("GET", "/api/v1/label/job/values", ["match[]=\(own)"])),
        Case(
            "label/tenant_id/values", post: false, ["match[]=up", "start=1", "end=2", "limit=9"],
            SentRequest(
                "GET", "/api/v1/label/tenant_id/values", ["match[]=up\(own)", "start=1", "end=2", "limit=9"])),
        Case(
            "label/U__tenant_5f_id/values", post: false, [],
            SentRequest("GET", "/api/v1/label/tenant_id/values", ["match[]=\(own)"])),
        Case(
            "label/U__http_2e_status/values", post: false, [],
            SentRequest("GET", "/api/v1/label/U__http_2e_status/values", ["match[]=\(own)"])),
        Case(
            "label/http.status/values", post: false, [],
            SentRequest("GET", "/api/v1/label/U__http_2e_status/values", ["match[]=\(own)"])),
        Case(
            "search/metric_names",
            [
                "search[]=http", "search[]=up", "fuzz_threshold=80", "fuzz_alg=jarowinkler", "case_sensitive=false",
                "sort_by=score", "sort_dir=dsc", "include_score=true", "start=1", "end=2", "limit=10", "batch_size=5",
                "include_metadata=false",
            ],
            SentRequest(
                "POST", "/api/v1/search/metric_names",
                [
                    "match[]=\(own)", "search[]=http", "search[]=up", "fuzz_threshold=80", "fuzz_alg=jarowinkler",
                    "case_sensitive=false", "sort_by=score", "sort_dir=dsc", "include_score=true", "limit=10",
                    "batch_size=5", "start=1", "end=2",
                ])),
        Case(
            "search/label_names", ["match[]=up"],
            SentRequest("POST", "/api/v1/search/label_names", ["match[]=up\(own)"])),
        Case(
            "search/label_values", ["label=job", "match[]=up"],
            SentRequest("POST", "/api/v1/search/label_values", ["match[]=up\(own)", "label=job"])),
        Case(
            "rules", post: false,
            ["type=alert", "rule_name[]=a", "rule_name[]=b", "rule_group[]=g", "file[]=f", "exclude_alerts=true"],
            SentRequest(
                "GET", "/api/v1/rules",
                [
                    "type=alert", "rule_name[]=a", "rule_name[]=b", "rule_group[]=g", "file[]=f",
                    "exclude_alerts=true", "match[]=\(own)",
                ])),
        Case("alerts", post: false, [], SentRequest("GET", "/api/v1/rules", ["type=alert", "match[]=\(own)"])),
        Case(
            "metadata", post: false, ["metric=up", "limit=1", "limit_per_metric=1"],
            SentRequest("GET", "/api/v1/label/__name__/values", ["match[]=\(own)"])),
    ]

    /// An upstream that answers each path with something good of its kind.
    static func upstream() -> FakeUpstream {
        FakeUpstream { request throws(HTTPClientError) in
            let path = request.target.split(separator: "?").first.map(String.init) ?? ""
            if path.contains("/search/") {
                return .init(
                    headers: ["content-type": "application/x-ndjson; charset=utf-8"],
                    pieces: [#"{"results":[]}"# + "\n", #"{"status":"success","has_more":false}"# + "\n"])
            }
            if path.hasSuffix("/federate") {
                return .init(headers: ["content-type": "text/plain; version=0.0.4"], pieces: ["up 1\n"])
            }
            if path.hasSuffix("/rules") { return .init(pieces: [#"{"status":"success","data":{"groups":[]}}"#]) }
            return .init(pieces: [#"{"status":"success","data":[]}"#])
        }
    }

    @Test("each endpoint sends what it should and nothing else, by GET and by POST", arguments: cases)
    func exact(_ item: Case) async throws {
        let upstream = Self.upstream()
        let gateway = try TestGateway(upstream)
        let path = "/prometheus/api/v1/" + item.path
        let answer = try await gateway.get(path, item.form)
        #expect(answer.status == 200, "\(answer.text)")
        var expected = [item.sent]
        if item.post {
            #expect(try await gateway.post(path, item.form).status == 200)
            expected.append(item.sent)
        }
        #expect(try upstream.sent() == expected)
    }

    @Test("what stands before the API's paths stands before each of them", arguments: cases)
    func prefix(_ item: Case) async throws {
        let upstream = Self.upstream()
        let gateway = try TestGateway(upstream, prefix: "/mimir/prometheus")
        #expect(try await gateway.get("/prometheus/api/v1/" + item.path, item.form).status == 200)
        let sent = try #require(try upstream.sent().first)
        #expect(sent.path == "/mimir/prometheus" + item.sent.path)
    }

    @Test("the own paths send the same as the drop-in ones")
    func ownPaths() async throws {
        for (own, item) in [
            ("query_range", Self.cases[1]), ("exemplars", Self.cases[2]), ("series", Self.cases[5]),
            ("labels", Self.cases[6]), ("labels/job/values", Self.cases[8]), ("rules", Self.cases[16]),
            ("alerts", Self.cases[17]), ("metadata", Self.cases[18]),
        ] {
            let upstream = Self.upstream()
            let answer = try await TestGateway(upstream).get("/api/v1/metrics/" + own, item.form)
            #expect(answer.status == 200, "\(own): \(answer.text)")
            #expect(try upstream.sent() == [item.sent])
        }
    }

    @Test(
        "the newest syntax is parsed, restricted and sent",
        arguments: [
            (#"info(up, {version=~".+"})"#, #"info(up{tenant_id="acme"}, {tenant_id="acme",version=~".+"})"#),
            ("limitk(2, up)", #"limitk(2, up{tenant_id="acme"})"#),
            (#"{"http.requests","a b"="c"}"#, #"{"a b"="c",__name__="http.requests",tenant_id="acme"}"#),
            ("rate(up[5m] anchored)", #"rate(up{tenant_id="acme"}[5m] anchored)"#),
            ("increase(up[5m] smoothed)", #"increase(up{tenant_id="acme"}[5m] smoothed)"#),
            ("rate(up[step() * 2])", #"rate(up{tenant_id="acme"}[step() * 2])"#),
            ("a </ b", #"a{tenant_id="acme"} </ b{tenant_id="acme"}"#),
            ("a + fill (0) b", #"a{tenant_id="acme"} + fill (0) b{tenant_id="acme"}"#),
        ])
    func newest(_ query: String, _ sent: String) async throws {
        let upstream = Self.upstream()
        let answer = try await TestGateway(upstream).get("/prometheus/api/v1/query", [("query", query)])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try upstream.sent().first?.fields.first == "query=\(sent)")
    }

    @Test("several tenants are one condition of quoted names")
    func several() async throws {
        let upstream = Self.upstream()
        let gateway = try TestGateway(upstream)
        let token = try Tokens.token(["acme", "b.c"])
        _ = try await gateway.get("/prometheus/api/v1/labels", token: token)
        _ = try await gateway.get("/prometheus/api/v1/labels", token: token, headers: ["x-tenant": "b.c"])
        #expect(
            try upstream.sent().map(\.fields) == [
                [#"match[]={tenant_id=~"acme|b\\.c"}"#], [#"match[]={tenant_id="b.c"}"#],
            ])
    }

    @Test("exemplars of an expression that selects nothing are none, and nobody is asked")
    func exemplarsOfNothing() async throws {
        let upstream = Self.upstream()
        let answer = try await TestGateway(upstream).get("/prometheus/api/v1/query_exemplars", [("query", "1 + 1")])
        #expect(answer.text == #"{"status":"success","data":[]}"#)
        #expect(upstream.received.isEmpty)
    }

    @Test("headers of the caller do not travel")
    func headers() async throws {
        let upstream = Self.upstream()
        let answer = try await TestGateway(upstream).get(
            "/prometheus/api/v1/query", [("query", "up")],
            headers: [
                "x-scope-orgid": "globex", "thanos-tenant": "globex", "x-prom-label-policy": "x", "cookie": "a=b",
                "baggage": "a=b", "accept": "text/html", "x-request-id": "R1",
            ])
        #expect(answer.status == 200)
        let sent = try #require(upstream.received.first)
        let names = Set(sent.headers.fields.map { $0.name.lowercased() })
        #expect(names == ["accept", "content-type", "x-request-id"])
        #expect(sent.headers["accept"] == "application/json")
    }
}
