import JSON
import Testing

@testable import JOSE

@Suite("Token verifier: claims")
struct TokenClaimsTests {
    let fixture: TokenFixture

    init() throws {
        fixture = try TokenFixture()
    }

    private func refusal(
        now: Int64 = TokenFixture.now, _ change: (inout JSONObject) -> Void
    ) throws -> TokenError? {
        fixture.refusal(of: try fixture.token(change), now: now)
    }

    /// The refusal of claims in which one is replaced by JSON text as it stands.
    private func refusal(_ claim: String, _ json: String, now: Int64 = TokenFixture.now) throws -> TokenError? {
        let value = try JSONParser.parse(Array(json.utf8))
        return try refusal(now: now) { $0[claim] = value }
    }

    @Test("exp has to be there")
    func requiresExpiry() throws {
        #expect(try refusal { $0["exp"] = nil } == .missingExpiry)
        #expect(
            try refusal {
                $0["EXP"] = $0["exp"]; $0["exp"] = nil
            } == .missingExpiry)
    }

    @Test(
        "exp, nbf and iat have to be numbers that are times",
        arguments: [
            "\"1800000000\"", "null", "true", "[1800000000]", "{}", "\"\"", "1e400", "1e30", "-1e30",
            "9223372036854775808",
        ])
    func requiresNumbers(json: String) throws {
        for claim in ["exp", "nbf", "iat"] {
            #expect(try refusal(claim, json) == .invalidClaim(claim))
        }
    }

    @Test("exp is the first second in which the token is no longer valid, plus leeway")
    func checksExpiry() throws {
        #expect(try refusal(now: 1_700_000_659) { _ in } == nil)
        #expect(try refusal(now: 1_700_000_660) { _ in } == .expired)
        #expect(try refusal("exp", "0") == .expired)
        #expect(try refusal("exp", "-5") == .expired)
        #expect(try refusal("exp", "1.7e9") == nil)
        #expect(try refusal("exp", "1699999940.9") == .expired)
        #expect(try refusal("exp", "1699999941.9") == nil)
        #expect(try refusal("exp", "9223372036854775807", now: .max - 1) == nil)
        #expect(try refusal("exp", "-9223372036854775808") == .expired)
        let strict = try TokenFixture(policy: TokenPolicy(leeway: -5))
        let token = try strict.token()
        #expect(strict.refusal(of: token, now: 1_700_000_599) == nil)
        #expect(strict.refusal(of: token, now: 1_700_000_600) == .expired)
        let lenient = try TokenFixture(policy: TokenPolicy(leeway: .max))
        #expect(lenient.refusal(of: token, now: .max) == .expired)
        #expect(lenient.refusal(of: token, now: .max - 1) == nil)
    }

    @Test("nbf is the first second in which the token is valid, less leeway")
    func checksNotBefore() throws {
        #expect(try refusal("nbf", "1700000060") == nil)
        #expect(try refusal("nbf", "1700000060.5") == .notYetValid)
        #expect(try refusal("nbf", "1700000061") == .notYetValid)
        #expect(try refusal("nbf", "9223372036854775807") == .notYetValid)
        #expect(try refusal { $0["nbf"] = nil } == nil)
    }

    @Test("iat may be missing and is not held against the clock")
    func toleratesIssuedAt() throws {
        #expect(try refusal { $0["iat"] = nil } == nil)
        #expect(try refusal("iat", "1800000000.25") == nil)
    }

    @Test("iss is the configured one, byte for byte")
    func checksIssuer() throws {
        for issuer in [
            "https://issuer.example/", "HTTPS://issuer.example", "https://issuer.example\u{0}", "", "palisade",
        ] {
            #expect(try refusal { $0["iss"] = .string(issuer) } == .wrongIssuer)
        }
        #expect(try refusal { $0["iss"] = nil } == .wrongIssuer)
        for json in ["null", "1", #"["https://issuer.example"]"#] {
            #expect(try refusal("iss", json) == .invalidClaim("iss"))
        }
        let accented = try TokenFixture(policy: TokenPolicy(issuer: "caf\u{E9}"))
        let same = try accented.token { $0["iss"] = "caf\u{E9}" }
        let equivalent = try accented.token { $0["iss"] = "cafe\u{301}" }
        #expect(accented.refusal(of: same) == nil)
        #expect(accented.refusal(of: equivalent) == .wrongIssuer)
    }

    @Test("aud is or includes the configured one, byte for byte")
    func checksAudience() throws {
        for audience: JSONValue in ["palisade", ["palisade"], ["x", "palisade"]] {
            #expect(try refusal { $0["aud"] = audience } == nil)
        }
        for audience: JSONValue in ["", "Palisade", "palisade ", [], ["x"], [""], "palisade,other"] {
            #expect(try refusal { $0["aud"] = audience } == .wrongAudience)
        }
        #expect(try refusal { $0["aud"] = nil } == .wrongAudience)
        for json in ["null", "1", #"{"palisade":true}"#, #"["palisade",1]"#, #"[["palisade"]]"#] {
            #expect(try refusal("aud", json) == .invalidClaim("aud"))
        }
    }

    @Test("sub is a string if it is there")
    func checksSubject() throws {
        #expect(try refusal { $0["sub"] = nil } == nil)
        #expect(try refusal("sub", "1") == .invalidClaim("sub"))
    }

    @Test("Without a configured issuer and audience any are accepted")
    func acceptsAnyIssuer() throws {
        let open = try TokenFixture(policy: TokenPolicy())
        let token = try open.verifier.verify(
            open.token {
                $0["iss"] = nil; $0["aud"] = nil
            }, now: TokenFixture.now)
        #expect(token.issuer == nil)
        #expect(token.audience.isEmpty)
        #expect(
            open.refusal(
                of: try open.token {
                    $0["iss"] = "x"; $0["aud"] = "y"
                }) == nil)
    }

    @Test(
        "Payloads that are not one strict JSON object, though signed",
        arguments: [
            "", "null", "[]", "1", "\"exp\"", #"{"exp":1800000000"#, #"{"exp":1800000000} {}"#,
            #"{"exp":1,"exp":1800000000}"#, #"{"exp":1800000000,"tenant_id":"a","tenant_id":"b"}"#,
            #"{"exp":1800000000,"tenant_id":"a","tenant\u005fid":"b"}"#, #"{"exp":1800000000,"a":{"b":1,"b":1}}"#,
            #"{"exp":1800000000,"a":"\ud800"}"#, #"{"exp":0x7fffffff}"#, #"{"exp":1800000000,}"#,
            #"{"exp":1800000000,"a":\#(String(repeating: "[", count: 3_000))"#,
        ])
    func refusesMalformedPayloads(payload: String) throws {
        let token = try fixture.token(header: #"{"alg":"HS256"}"#, payload: Array(payload.utf8))
        guard case .malformed(let detail) = fixture.refusal(of: token) else {
            Issue.record("not refused as malformed")
            return
        }
        #expect(detail.hasPrefix("the payload "))
    }

    @Test("Claims are found by dotted path")
    func findsClaims() throws {
        let token = try fixture.verifier.verify(
            fixture.token {
                $0["realm"] = ["tenant": ["id": "a"], "list": ["x"]]
                $0["realm.tenant"] = "dotted"
                $0["back\\slash"] = 1
            }, now: TokenFixture.now)
        func claim(_ path: String) throws -> JSONValue? { token.claim(at: try ClaimPath(path)) }
        #expect(try claim("tenant_id") == "a")
        #expect(try claim("realm.tenant.id") == "a")
        #expect(try claim(#"realm\.tenant"#) == "dotted")
        #expect(try claim(#"back\\slash"#) == 1)
        #expect(try claim("realm.list") == ["x"])
        for absent in ["tenant", "TENANT_ID", "realm.id", "realm.tenant.id.x", "realm.list.0", "tenant_id.a"] {
            #expect(try claim(absent) == nil)
        }
        for empty in ["", ".", "a.", ".a", "a..b"] {
            #expect(throws: ClaimPath.Failure.emptyName) { try ClaimPath(empty) }
        }
        for escape in ["\\", "a\\", "\\a", "a\\b.c"] {
            #expect(throws: ClaimPath.Failure.invalidEscape) { try ClaimPath(escape) }
        }
    }
}
