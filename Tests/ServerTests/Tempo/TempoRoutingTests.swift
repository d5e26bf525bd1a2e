import APIRuntime
import HTTPClient
import JSON
import Telemetry
import Testing

@testable import Server

@Suite("Tempo's API: paths, failures and ways of keeping tenants apart")
struct TempoRoutingTests {
    @Test(
        "what could not be confined, or is not served, does not exist, in plain words",
        arguments: [
            "/tempo/", "/tempo/api", "/tempo/api/traces", "/tempo/api/traces/", "/tempo/api/traces/\(FakeTempo.id)/",
            "/tempo/api/traces/\(FakeTempo.id)/x", "/tempo/api//search", "/tempo/api/search/", "/tempo/api/%73earch",
            "/tempo/api/v2/search", "/tempo/api/v2/traces/diff/x", "/tempo/api/mcp", "/tempo/api/overrides",
            "/tempo/querier/api/search", "/tempo/status", "/tempo/status/config", "/tempo/metrics", "/tempo/ready",
            "/tempo/ingester/ring", "/tempo/debug/pprof", "/tempo/v1/traces", "/tempo/api/push", "/tempo/flush",
            "/tempo/api/../querier/api/search", "/tempo/api/metrics/summary", "/tempo/usage_metrics",
        ])
    func denied(_ path: String) async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await TestGateway(FakeUpstream(), tempo: upstream).send(.get, path, token: Tokens.token())
        #expect(answer.status == 404)
        #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(answer.text == "This gateway does not offer this part of Tempo's API.")
        #expect(upstream.received.isEmpty)
    }

    @Test("the comparison of traces is no trace")
    func difference() async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        #expect(try await gateway.send(.post, "/tempo/api/v2/traces/diff", token: Tokens.token()).status == 405)
        #expect(try await gateway.send(.get, "/tempo/api/v2/traces/diff", token: Tokens.token()).status == 400)
        #expect(upstream.received.isEmpty)
    }

    private static let paths = [
        "/tempo/api/traces/a", "/tempo/api/v2/traces/a", "/tempo/api/search", "/tempo/api/search/tags",
        "/tempo/api/v2/search/tags", "/tempo/api/search/tag/a/values", "/tempo/api/v2/search/tag/span.a/values",
        "/tempo/api/metrics/query_range?q=%7B%7D%7Crate()", "/tempo/api/metrics/query?q=%7B%7D%7Crate()",
    ]

    private func get(_ gateway: TestGateway, _ path: String, token: String?) async throws -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        return try await gateway.send(.get, parts[0], query: parts.count > 1 ? parts[1] : nil, token: token)
    }

    @Test("every path wants a token", arguments: paths + ["/tempo/api/echo", "/tempo/api/status/buildinfo"])
    func token(_ path: String) async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await get(TestGateway(FakeUpstream(), tempo: upstream), path, token: nil)
        #expect(answer.status == 401)
        #expect(answer.text == "A bearer token is required.")
        #expect(upstream.received.isEmpty)
    }

    @Test("without a Tempo traces are not available", arguments: paths)
    func noTempo(_ path: String) async throws {
        let answer = try await get(TestGateway(FakeUpstream()), path, token: Tokens.token())
        #expect(answer.status == 503)
        #expect(answer.text == "Traces are not available.")
    }

    @Test("echo and build info are the gateway's own answers")
    func own() async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        let echo = try await gateway.send(.get, "/tempo/api/echo", token: Tokens.token())
        #expect(echo.status == 200)
        #expect(echo.text == "echo")
        let info = try await gateway.send(.get, "/tempo/api/status/buildinfo", token: Tokens.token())
        #expect(try info.json()["version"] == "2.9.0")
        #expect(upstream.received.isEmpty)
    }

    private func proven(_ upstream: FakeUpstream) async -> TempoIsolation {
        let isolation = TempoIsolation(http: upstream, prefix: "", logger: Logger(sink: MemorySink()))
        await isolation.probe()
        return isolation
    }

    /// A Tempo that refuses calls without an organisation.
    private func multitenant(_ answer: String) -> FakeUpstream {
        FakeUpstream { (request) throws(HTTPClientError) in
            guard request.headers["X-Scope-OrgID"] != nil else { return FakeUpstream.Answer(status: 401) }
            return FakeUpstream.Answer(pieces: [answer])
        }
    }

    @Test("by header nothing is asked before Tempo was seen to refuse calls without it", arguments: paths)
    func unproven(_ path: String) async throws {
        let upstream = FakeTempo.upstream()
        let isolation = await proven(upstream)
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, tenancy: .header, isolation: isolation)
        #expect(try await get(gateway, path, token: Tokens.token()).status == 503)
        #expect(upstream.received.count == 1, "the probe alone")
    }

    @Test("by header the language is parsed as strictly, no condition is added, and the tenant is named")
    func header() async throws {
        let found = FakeTempo.search([FakeTempo.found([FakeTempo.foundSpan("1")])])
        let upstream = multitenant(found)
        let gateway = try TestGateway(
            FakeUpstream(), tempo: upstream, tenancy: .header, isolation: await proven(upstream))
        let query = "q=%7Bstatus=error%7D%20%2F%2F%20x"
        let answer = try await gateway.send(.get, "/tempo/api/search", query: query, token: Tokens.token())
        #expect(answer.status == 200)
        // Tempo has no spans but the tenant's own: what it says of whole traces is said of those.
        #expect(try answer.json()["traces"]?.arrayValue?.first?["rootServiceName"] == "secret-root")
        #expect(try answer.json()["metrics"] == [:])
        #expect(upstream.received.count == 2)
        #expect(upstream.received.last?.headers["X-Scope-OrgID"] == "acme")
        #expect(try upstream.parameters(1) == ["q": "{ status = error }"])
        for bad in ["q=%7B", "q=%7B%7D%20with(debug_return_in=5)", "q=%7Bparent.a=1%7D"] {
            #expect(try await gateway.send(.get, "/tempo/api/search", query: bad, token: Tokens.token()).status == 400)
        }
        #expect(upstream.received.count == 2)
        let root = try await gateway.send(
            .get, "/tempo/api/search", query: "q=%7BrootName=%22a%22%7D", token: Tokens.token(["globex", "acme"]))
        #expect(root.status == 200)
        #expect(upstream.received.last?.headers["X-Scope-OrgID"] == "acme|globex")
    }

    @Test("by both a call has the header and the condition, and spans are checked")
    func both() async throws {
        let trace = FakeTempo.trace([FakeTempo.resourceSpans(tenant: FakeTempo.text("globex"), service: "secret")])
        let found = FakeTempo.search([FakeTempo.found([FakeTempo.foundSpan("e3e7f7ab7f1de378")])])
        let upstream = FakeTempo.upstream(trace: trace, answer: found)
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, tenancy: .both)
        let answer = try await gateway.send(.get, "/tempo/api/search", token: Tokens.token())
        #expect(answer.text == #"{"traces":[],"metrics":{}}"#)
        #expect(upstream.received.count == 2)
        #expect(upstream.received.allSatisfy { $0.headers["X-Scope-OrgID"] == "acme" })
        #expect(try upstream.parameters()["q"]?.contains(#"resource.tenant_id = "acme""#) == true)
    }

    @Test("an organisation of the operator's is sent, a caller's never")
    func organisation() async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, organisation: "ops")
        _ = try await gateway.send(
            .get, "/tempo/api/search", token: Tokens.token(),
            headers: ["x-scope-orgid": "globex", "baggage": "a=b", "cookie": "a=b"])
        let sent = try #require(upstream.received.first)
        #expect(sent.headers["X-Scope-OrgID"] == "ops")
        #expect(sent.headers["cookie"] == nil && sent.headers["baggage"] == nil && sent.headers["authorization"] == nil)
    }
}
