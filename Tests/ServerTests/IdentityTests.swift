import APIRuntime
import JSON
import Telemetry
import Testing

@Suite("Identity")
struct IdentityTests {
    private func status(_ headers: HeaderFields, query: String = "query=up") async throws -> Answer {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).send(
            .get, "/api/v1/metrics/query", query: query, headers: headers)
        if answer.status != 200 { #expect(upstream.received.isEmpty) }
        return answer
    }

    @Test("a query without a token fails with a challenge")
    func noToken() async throws {
        let answer = try await status([:])
        #expect(answer.status == 401)
        #expect(answer.headers["www-authenticate"] == "Bearer")
        #expect(try answer.json()["code"] == "unauthenticated")
    }

    @Test("a token in the query string is no token")
    func tokenInQuery() async throws {
        let token = try Tokens.token()
        #expect(try await status([:], query: "query=up&access_token=\(token)").status == 401)
    }

    @Test("two Authorization fields are refused")
    func twoFields() async throws {
        let token = try Tokens.token()
        let answer = try await status(["authorization": "Bearer \(token)", "Authorization": "Bearer \(token)"])
        #expect(answer.status == 401)
    }

    @Test("a token that does not verify is refused, and the answer does not say why")
    func wrongSignature() async throws {
        var token = try Tokens.token()
        token = String(token.dropLast(2)) + (token.hasSuffix("AA") ? "BA" : "AA")
        let answer = try await status(["authorization": "Bearer \(token)"])
        #expect(answer.status == 401)
        #expect(answer.headers["www-authenticate"]?.contains("error=\"invalid_token\"") == true)
        #expect(!answer.text.contains("signature"))
    }

    @Test("an expired token is refused")
    func expired() async throws {
        let token = try Tokens.token("acme", ["exp": .number(JSONNumber(Int(Timestamp.unixSeconds()) - 3_600))])
        let answer = try await status(["authorization": "Bearer \(token)"])
        #expect(answer.status == 401)
        #expect(answer.headers["www-authenticate"]?.contains("expired") == true)
    }

    @Test("a token without a usable tenant is 403", arguments: ["", "a|b", 7, [], ["acme", ""]] as [JSONValue])
    func noTenant(_ claim: JSONValue) async throws {
        let answer = try await status(["authorization": "Bearer \(try Tokens.token(claim))"])
        #expect(answer.status == 403)
        #expect(try answer.json()["code"] == "forbidden")
    }

    @Test("authentication goes before decoding: who is nobody learns nothing of the input")
    func order() async throws {
        let answer = try await status([:], query: "query=%zz")
        #expect(answer.status == 401)
    }

    @Test("neither token nor query reaches the log")
    func log() async throws {
        let gateway = try TestGateway(FakeUpstream())
        let token = try Tokens.token()
        _ = try await gateway.query("secret_metric", token: token)
        _ = try await gateway.query("secret_metric{", token: token + "x")
        _ = try await gateway.send(.get, "/api/v1/metrics/query", query: "access_token=\(token)")
        #expect(!gateway.sink.text.contains(token.prefix(20)))
        #expect(!gateway.sink.text.contains("secret_metric"))
        #expect(gateway.sink.lines.count >= 3)
    }
}
