import JOSE
import JSON
import Testing

@Suite("Token signer")
struct TokenSignerTests {
    @Test("A signed token verifies with the same secret and says the same claims")
    func roundTrips() throws {
        let secret = try TokenFixture.secret()
        let claims: JSONObject = ["exp": 1_800_000_000, "tenant_id": ["a", "b"], "ünï\n": "\u{0}é\u{1F600}"]
        for id in [nil, "dev", "sp ace\"\\"] {
            let token = try TokenSigner(secret: secret, keyID: id).sign(claims)
            #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            let verifier = TokenVerifier(keys: try KeySet([.hs256(secret, id: id)]), policy: TokenPolicy())
            #expect(try verifier.verify(token, now: TokenFixture.now).claims == claims)
        }
    }

    @Test("Claims that no verifier accepts are not signed")
    func refusesUselessClaims() throws {
        let signer = TokenSigner(secret: try TokenFixture.secret())
        #expect(throws: TokenError.missingExpiry) { try signer.sign(["sub": "alice"]) }
        #expect(throws: TokenError.invalidClaim("exp")) { try signer.sign(["exp": "1800000000"]) }
        #expect(throws: TokenError.invalidClaim("aud")) { try signer.sign(["exp": 1, "aud": [1]]) }
    }
}
