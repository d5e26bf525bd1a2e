import APIRuntime
import JSON
import Testing

@testable import Server

@Suite("X-Tenant")
struct TenantSelectionTests {
    private func ask(
        _ granted: JSONValue, _ headers: HeaderFields, _ upstream: FakeUpstream = FakeUpstream()
    ) async throws -> Answer {
        let answer = try await TestGateway(upstream).send(
            .get, "/api/v1/metrics/query", query: "query=up", token: Tokens.token(granted), headers: headers)
        if answer.status != 200 { #expect(upstream.received.isEmpty) }
        return answer
    }

    @Test(
        "it picks among the granted tenants",
        arguments: [
            ("a", #"up{tenant_id="a"}"#), ("b,a", #"up{tenant_id=~"a|b"}"#), (" a , \t b", #"up{tenant_id=~"a|b"}"#),
            ("c,b,a", #"up{tenant_id=~"a|b|c"}"#),
        ])
    func picks(_ header: String, _ sent: String) async throws {
        let upstream = FakeUpstream()
        #expect(try await ask(["a", "b", "c"], ["x-tenant": header], upstream).status == 200)
        #expect(try #require(upstream.received.first).form()["query"] == sent)
    }

    @Test("without it the request is for all of them; a token with one tenant may name it")
    func all() async throws {
        let upstream = FakeUpstream()
        #expect(try await ask(["b", "a"], [:], upstream).status == 200)
        #expect(try #require(upstream.received.first).form()["query"] == #"up{tenant_id=~"a|b"}"#)
        #expect(try await ask("a", ["x-tenant": "a"]).status == 200)
    }

    @Test(
        "a tenant that is not granted is 403, in the words of a token without a usable tenant",
        arguments: ["globex", "acme,globex", "ACME", "acm", "acme."])
    func notGranted(_ header: String) async throws {
        let id: HeaderFields = ["x-request-id": "r-1"]
        let answer = try await ask("acme", ["x-request-id": "r-1", "x-tenant": header])
        #expect(answer.status == 403)
        let unusable = try await ask("", id)
        #expect(answer.bytes == unusable.bytes)
        #expect(
            answer.headers.fields.map { "\($0.name): \($0.value)" }
                == unusable.headers.fields.map { "\($0.name): \($0.value)" })
    }

    @Test(
        "what is no list of tenants is 400",
        arguments: [
            "", " ", ",", "acme,", ",acme", "acme,,acme", "acme,acme", "a|b", "*", ".", "..", "acme globex",
            "acme;globex",
            "\"acme\"", "acme\u{301}", "äcme", "{}", String(repeating: "a", count: 151),
        ])
    func malformed(_ header: String) async throws {
        let answer = try await ask("acme", ["x-tenant": header])
        #expect(answer.status == 400)
        #expect(try answer.json()["code"] == "invalid_input")
        #expect(try answer.json()["violations"]?.arrayValue?.first?["name"] == "X-Tenant")
        #expect(try answer.json()["violations"]?.arrayValue?.first?["in"] == "header")
    }

    @Test("twice is 400, though both say the same")
    func twice() async throws {
        #expect(try await ask("acme", ["x-tenant": "acme", "X-Tenant": "acme"]).status == 400)
    }

    @Test("it makes no token out of none, and mends no bad one")
    func noToken() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for header in ["acme", "", "a,,b"] {
            let answer = try await gateway.send(
                .get, "/api/v1/metrics/query", query: "query=up", headers: ["x-tenant": header])
            #expect(answer.status == 401)
        }
        #expect(try await ask(["acme", ""], ["x-tenant": "acme"]).status == 403)
    }

    @Test("it is chosen before a form's body is read, and for traces too")
    func everywhere() async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(upstream, tempo: FakeUpstream())
        let form = try await gateway.send(
            .post, "/api/v1/metrics/query", token: Tokens.token(["a", "b"]), headers: ["x-tenant": "b"],
            form: "query=up")
        #expect(form.status == 200)
        #expect(try #require(upstream.received.first).form()["query"] == #"up{tenant_id="b"}"#)
        let trace = try await gateway.send(
            .get, "/api/v1/traces/1", token: Tokens.token(["a", "b"]), headers: ["x-tenant": "c"])
        #expect(trace.status == 403)
    }

    @Test("the log has the selected tenants; a refused choice stands there without its name")
    func log() async throws {
        let gateway = try TestGateway(FakeUpstream())
        let token = try Tokens.token(["a", "b", "c"])
        for tenant in ["c,a", "globex"] {
            _ = try await gateway.send(
                .get, "/api/v1/metrics/query", query: "query=up", token: token, headers: ["x-tenant": tenant])
        }
        #expect(gateway.sink.lines.first?["tenant"] == "a|c")
        #expect(gateway.sink.text.contains("picks a tenant that the token does not grant"))
        #expect(!gateway.sink.text.contains("globex"))
    }

    @Test("the header field does not travel to the upstream")
    func stays() async throws {
        let upstream = FakeUpstream()
        _ = try await ask("acme", ["x-tenant": "acme"], upstream)
        #expect(try #require(upstream.received.first).headers.contains("x-tenant") == false)
    }
}
