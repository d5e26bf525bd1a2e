import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Rules and alerts")
struct RuleTests {
    /// Two groups of everybody's and one of the victim's alone; some rules are nobody's.
    private static let rules = #"""
        {"status":"success","data":{"groupNextToken":"theirs","groups":[
        {"name":"mixed","file":"r.yml","interval":15,"limit":0,"evaluationTime":9.5,"lastEvaluation":"2026-01-02T03:04:05Z",
        "rules":[
        {"type":"recording","name":"a:x","query":"sum(x)","labels":{"tenant_id":"acme"},"health":"ok","evaluationTime":0.25},
        {"type":"recording","name":"b:x","query":"sum(secret)","labels":{"tenant_id":"globex"},"health":"ok",
        "evaluationTime":8},
        {"type":"recording","name":"all:x","query":"sum(secret)","health":"ok","evaluationTime":1},
        {"type":"alerting","name":"A","query":"up == 0","labels":{"severity":"page","tenant_id":"acme"},"state":"firing",
        "annotations":{"summary":"a"},"evaluationTime":0.5,"health":"ok","alerts":[
        {"labels":{"alertname":"A","tenant_id":"acme"},"annotations":{},"state":"pending","value":"1e+00"},
        {"labels":{"alertname":"A","tenant_id":"globex"},"annotations":{"x":"secret"},"state":"firing","value":"1"},
        {"labels":{"alertname":"A","tenant_id":["acme"]},"annotations":{"x":"secret"},"state":"firing","value":"3"},
        {"labels":{"alertname":"A"},"annotations":{"tenant_id":"acme","x":"secret"},"state":"firing","value":"1"}]},
        {"type":"alerting","name":"Nobody","query":"secret","labels":{},"state":"firing","alerts":[
        {"labels":{"alertname":"N","tenant_id":"acme"},"annotations":{"sum":"secret"},"state":"firing","value":"1"}]}
        ]},
        {"name":"theirs","file":"secret.yml","interval":15,"limit":0,"evaluationTime":1,
        "rules":[{"type":"recording","name":"b:y","query":"1","labels":{"tenant_id":"globex"}}]},
        {"name":"own","file":"s.yml","interval":60,"limit":0,"rules":[
        {"type":"recording","name":"a:y","query":"1","labels":{"tenant_id":"acme"}}]},
        {"name":"empty","file":"secret.yml","rules":[]}
        ]},"warnings":["secret store"]}
        """#

    private func upstream() -> FakeUpstream {
        FakeUpstream { _ throws(HTTPClientError) in
            // In pieces of a few bytes: an answer may be cut anywhere.
            var pieces: [String] = []
            var rest = Substring(Self.rules)
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(7)))
                rest = rest.dropFirst(7)
            }
            return .init(pieces: pieces)
        }
    }

    @Test(
        "of each group the own rules are left with their own alerts, and groups without any vanish",
        arguments: ["/prometheus/api/v1/rules", "/api/v1/metrics/rules"])
    func ownRules(_ path: String) async throws {
        let answer = try await TestGateway(upstream()).get(path)
        #expect(answer.status == 200)
        #expect(!answer.text.contains("secret"))
        #expect(!answer.text.contains("globex"))
        #expect(!answer.text.contains("theirs"))
        let groups = try #require(try answer.json()["data"]?["groups"]?.arrayValue)
        #expect(groups.map { $0["name"] } == ["mixed", "own"])
        let rules = try #require(groups.first?["rules"]?.arrayValue)
        #expect(rules.map { $0["name"] } == ["a:x", "A"])
        #expect(rules.last?["alerts"]?.arrayValue?.count == 1)
        // What others' alerts made of it is gone, and so is the time that their rules took.
        #expect(rules.last?["state"] == "pending")
        #expect(groups.first?["evaluationTime"]?.numberValue?.double == 0.75)
        #expect(groups.first?["interval"]?.numberValue?.double == 15)
        #expect(groups.first?["lastEvaluation"] == "2026-01-02T03:04:05Z")
        #expect(groups.last?["evaluationTime"] == nil)
    }

    @Test("several tenants get the rules of each of them")
    func severalTenants() async throws {
        let answer = try await TestGateway(upstream()).get(
            "/prometheus/api/v1/rules", token: Tokens.token(["acme", "globex"]))
        let groups = try #require(try answer.json()["data"]?["groups"]?.arrayValue)
        #expect(groups.map { $0["rules"]?.arrayValue?.count } == [3, 1, 1])
        #expect(!answer.text.contains("all:x"))
    }

    @Test("an alert is the tenant's only if its rule is, and by a label that is its name, as plain text")
    func ownAlerts() async throws {
        for path in ["/prometheus/api/v1/alerts", "/api/v1/metrics/alerts"] {
            let answer = try await TestGateway(upstream()).get(path)
            let alerts = try #require(try answer.json()["data"]?["alerts"]?.arrayValue)
            #expect(alerts.map { $0["value"] } == ["1e+00"])
            // Annotations of a rule that is nobody's may be computed of anybody's series.
            #expect(!answer.text.contains("secret"))
        }
        let nobody = try await TestGateway(upstream()).get("/prometheus/api/v1/alerts", token: Tokens.token("x"))
        #expect(nobody.text == #"{"status":"success","data":{"alerts":[]}}"#)
    }

    @Test("pages are of the own groups alone, and the token of the next goes on behind the last")
    func pages() async throws {
        let gateway = try TestGateway(upstream())
        let path = "/prometheus/api/v1/rules"
        let first = try await gateway.get(path, [("group_limit", "1")])
        let data = try #require(try first.json()["data"])
        #expect(data["groups"]?.arrayValue?.map { $0["name"] } == ["mixed"])
        let token = try #require(data["groupNextToken"]?.stringValue)
        let second = try await gateway.get(path, [("group_limit", "1"), ("group_next_token", token)])
        #expect(try second.json()["data"]?["groups"]?.arrayValue?.map { $0["name"] } == ["own"])
        #expect(try second.json()["data"]?["groupNextToken"] == nil)
        #expect(try await gateway.get(path, [("group_limit", "2")]).json()["data"]?["groupNextToken"] == nil)
        // The upstream is always asked for all of them.
    }

    @Test("a token is good for its own call and tenants alone")
    func tokens() async throws {
        let gateway = try TestGateway(upstream())
        let path = "/prometheus/api/v1/rules"
        let first = try await gateway.get(path, [("group_limit", "1")])
        let token = try #require(try first.json()["data"]?["groupNextToken"]?.stringValue)
        func status(_ fields: FormFields, tenant: JSONValue = "acme") async throws -> Int {
            try await gateway.get(path, fields, token: Tokens.token(tenant)).status
        }
        let next = [("group_limit", "1"), ("group_next_token", token)] as FormFields
        #expect(try await status(next) == 200)
        #expect(try await status(next, tenant: "globex") == 400)
        #expect(try await status(next, tenant: ["acme", "globex"]) == 400)
        #expect(try await status(next + [("type", "alert")]) == 400)
        #expect(try await status(next + [("match[]", "up")]) == 400)
        #expect(try await status([("group_next_token", token)]) == 400)
        #expect(try await status([("group_limit", "1"), ("group_next_token", token + "x")]) == 400)
        #expect(try await status([("group_limit", "1"), ("group_next_token", "theirs")]) == 400)
        #expect(try await status([("group_limit", "0")]) == 400)
        // No bearer token either, and one is no page token.
        let asBearer = try await gateway.send(.get, path, token: token)
        #expect(asBearer.status == 401)
        #expect(try await status([("group_limit", "1"), ("group_next_token", Tokens.token())]) == 400)
        // Another process has another key.
        #expect(try await TestGateway(upstream()).get(path, next).status == 400)
    }

    @Test(
        "what is no answer of Prometheus is 502, and nothing of it is shown",
        arguments: [
            #"{"status":"success","data":{}}"#, #"{"status":"success"}"#, "[]", "", #"{"data":{"groups":[{]}}"#,
            #"{"data":{"groups":[{"name":"a","name":"b"}]}}"#, #"{"data":{"groups":[1,{"name":"a"}"#,
        ])
    func unreadable(_ text: String) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in .init(pieces: [text]) }
        let answer = try await TestGateway(upstream).get("/prometheus/api/v1/rules")
        #expect(answer.status == 502)
    }

    @Test("what the upstream says of its failure is about everybody, and not shown")
    func failures() async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            .init(status: 503, pieces: [#"{"status":"error","errorType":"timeout","error":"secret"}"#])
        }
        for path in ["rules", "alerts", "metadata"] {
            let answer = try await TestGateway(upstream).get("/prometheus/api/v1/" + path)
            #expect(answer.status == 502)
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test("more of the caller's own than may be kept is 502; what others have does not count")
    func size() async throws {
        let own = try await TestGateway(upstream(), maximumBytes: 400).get("/prometheus/api/v1/rules")
        #expect(own.status == 502)
        #expect(try own.json()["error"] == "The answer is larger than 400 bytes.")
        let others = (0..<200).map { _ in
            #"{"rules":[{"labels":{"tenant_id":"globex"},"alerts":[{"labels":{"tenant_id":"globex"}}]}]}"#
        }
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            .init(pieces: [#"{"data":{"groups":["# + others.joined(separator: ",") + "]}}"])
        }
        let answer = try await TestGateway(upstream, maximumBytes: 1_200).get("/prometheus/api/v1/alerts")
        #expect(answer.text == #"{"status":"success","data":{"alerts":[]}}"#)
    }
}
