import APIRuntime
import Foundation
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

    /// The text of a part of a token.
    private static func part(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    @Test(
        "a token of a form that is never accepted is refused, whoever signed it, and nothing is sent",
        arguments: [
            #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS384"}"#, #"{"alg":"RS256"}"#, #"{"alg":"ES256"}"#,
            #"{"alg":"HS256","crit":["exp"]}"#, #"{"alg":"HS256","jku":"https://evil.example"}"#,
            #"{"alg":"HS256","x5u":"https://evil.example"}"#, #"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}"#,
            #"{"alg":"HS256","enc":"A128GCM"}"#, #"{"alg":"HS256","alg":"none"}"#, #"{"alg":"HS256","kid":7}"#,
            #"{"alg":"HS256","typ":"logout+jwt"}"#, "[]", "",
        ])
    func refusedForms(header: String) async throws {
        let valid = try Tokens.token().split(separator: ".").map(String.init)
        for signature in ["", valid[2]] {
            let answer = try await status([
                "authorization": "Bearer \(Self.part(header)).\(valid[1]).\(signature)"
            ])
            #expect(answer.status == 401)
            #expect(answer.headers["www-authenticate"]?.contains("error=\"invalid_token\"") == true)
        }
    }

    @Test("other spellings of a valid token, an encrypted one and a huge one are refused, and nothing is sent")
    func refusedSpellings() async throws {
        let token = try Tokens.token()
        let parts = token.split(separator: ".").map(String.init)
        #expect(try await status(["authorization": "Bearer \(token)"]).status == 200)
        for other in [
            token + "=", parts[0] + "=." + parts[1] + "." + parts[2], token + ".", "." + token, token + "..",
            token + " x",
            parts[0] + "." + parts[1], Self.part(#"{"alg":"dir","enc":"A128GCM"}"#) + "..AAAA.AAAA.AAAA",
            token + String(repeating: "A", count: 1 << 20),
        ] {
            #expect(try await status(["authorization": "Bearer \(other)"]).status == 401)
        }
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
