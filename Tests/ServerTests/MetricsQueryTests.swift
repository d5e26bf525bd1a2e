import APIRuntime
import HTTPClient
import JSON
import Testing

@Suite("Metrics queries")
struct MetricsQueryTests {
    @Test("a valid query is proxied with tenant_id injected")
    func injected() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query(
            "sum(rate(http_requests_total[5m])) / on() group_left() up", token: Tokens.token())
        #expect(answer.status == 200)
        let sent = try #require(upstream.received.first)
        #expect(upstream.received.count == 1)
        #expect(sent.method == .post)
        #expect(sent.target == "/api/v1/query")
        #expect(
            try sent.form()["query"]
                == #"sum(rate(http_requests_total{tenant_id="acme"}[5m])) / on () group_left () up{tenant_id="acme"}"#)
    }

    @Test("the upstream's answer passes to the byte, in its own format")
    func passThrough() async throws {
        let text = #"{"status":"success","data":{"resultType":"scalar","result":[1.5,"1e400"]},"x":1.00}"#
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(
                headers: ["content-type": "application/json; charset=utf-8", "x-secret": "s", "server": "p/1"],
                pieces: [String(text.prefix(10)), String(text.dropFirst(10))])
        }
        let answer = try await TestGateway(upstream).query("1", token: Tokens.token())
        #expect(answer.text == text)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(!answer.headers.contains("x-secret"))
        #expect(!answer.headers.contains("server"))
        #expect(answer.headers["cache-control"] == "no-store")
    }

    @Test("a POSTed form does the same as the GET")
    func form() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).send(
            .post, "/api/v1/metrics/query", token: Tokens.token("globex"), form: "query=up%7Bjob%3D%22a%22%7D&time=7")
        #expect(answer.status == 200)
        let form = try #require(upstream.received.first).form()
        #expect(form["query"] == #"up{job="a",tenant_id="globex"}"#)
        #expect(form["time"] == "7")
    }

    @Test("time, timeout, limit and stats are rebuilt from typed values")
    func typedValues() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query(
            "up", token: Tokens.token(),
            [("time", "2026-01-02T15:04:05.6789+01:00"), ("timeout", "1m30s"), ("limit", "007"), ("stats", "all")])
        #expect(answer.status == 200)
        let form = try #require(upstream.received.first).form()
        #expect(
            form == [
                "query": #"up{tenant_id="acme"}"#, "time": "1767362645.678", "timeout": "30", "limit": "7",
                "stats": "all",
            ])
    }

    @Test("an empty optional value counts as absent, as it does for Prometheus")
    func emptyValues() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query(
            "up", token: Tokens.token(), [("time", ""), ("timeout", "")])
        #expect(answer.status == 200)
        #expect(try #require(upstream.received.first).form()["time"] == nil)
    }

    @Test("what the document does not have never reaches the upstream")
    func unknownParameters() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query(
            "up", token: Tokens.token(),
            [("q", "x"), ("panelId", "7"), ("lookback", "1h")])
        #expect(answer.status == 200)
        let form = try #require(upstream.received.first).form()
        #expect(Set(form.keys) == ["query", "timeout"])
    }

    @Test("every violation is answered at once, each with its parameter")
    func violations() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query(
            "sum(up", token: Tokens.token(), [("limit", "-1"), ("stats", "yes")])
        #expect(answer.status == 400)
        #expect(answer.headers["content-type"] == "application/problem+json")
        let violations = try #require(try answer.json()["violations"]?.arrayValue)
        #expect(violations.map { $0["name"] } == ["query", "limit", "stats"])
        #expect(violations.map { $0["rule"] } == ["promql", "minimum", "enum"])
        #expect(violations.first?["line"] == 1)
        #expect(violations.first?["column"] == 7)
        #expect(upstream.received.isEmpty)
    }

    @Test(
        "times and durations that Prometheus would not take are violations",
        arguments: [
            ("time", "yesterday"), ("time", "2026-02-30T00:00:00Z"), ("time", "1e300"), ("time", "NaN"),
            ("timeout", "0"), ("timeout", "-1s"), ("timeout", "1s1m"), ("timeout", "soon"),
        ])
    func badValues(_ name: String, _ value: String) async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).query("up", token: Tokens.token(), [(name, value)])
        #expect(answer.status == 400)
        #expect(try answer.json()["violations"]?.arrayValue?.first?["name"] == .string(name))
        #expect(upstream.received.isEmpty)
    }

    @Test("the caller's header fields stay here")
    func headers() async throws {
        let upstream = FakeUpstream()
        _ = try await TestGateway(upstream).send(
            .get, "/api/v1/metrics/query", query: "query=up", token: Tokens.token(),
            headers: [
                "x-scope-orgid": "globex", "thanos-tenant": "globex", "cookie": "a=b", "baggage": "a=b",
                "x-prom-label-policy": "x", "x-forwarded-for": "1.2.3.4", "x-request-id": "kept",
            ])
        let sent = try #require(upstream.received.first)
        #expect(
            Set(sent.headers.fields.map { $0.name.lowercased() }) == ["accept", "content-type", "x-request-id"])
        #expect(sent.headers["x-request-id"] == "kept")
    }

    @Test("a path prefix of the upstream stands before the API's path")
    func prefix() async throws {
        let upstream = FakeUpstream()
        _ = try await TestGateway(upstream, prefix: "/prom").query("up", token: Tokens.token())
        #expect(upstream.received.first?.target == "/prom/api/v1/query")
    }

    @Test("with TENANT_CONFLICT=error another tenant's name in a query is answered with 400")
    func conflict() async throws {
        let gateway = try TestGateway(FakeUpstream(), conflict: "error")
        #expect(try await gateway.query(#"up{tenant_id="globex"}"#, token: Tokens.token()).status == 400)
        #expect(try await gateway.query(#"up{tenant_id="acme"}"#, token: Tokens.token()).status == 200)
    }
}
