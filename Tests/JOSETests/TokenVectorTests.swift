import JOSE
import JSON
import Testing

@Suite("HS256 test vectors")
struct TokenVectorTests {
    /// [RFC 7515, appendix A.1](https://www.rfc-editor.org/rfc/rfc7515#appendix-A.1).
    static let token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    static let secret: [UInt8] = [
        3, 35, 53, 75, 43, 15, 165, 188, 131, 126, 6, 101, 119, 123, 166, 143, 90, 179, 40, 230, 240, 84, 201, 40, 169,
        15, 132, 178, 210, 80, 46, 191, 211, 251, 90, 146, 210, 6, 71, 239, 150, 138, 180, 195, 119, 98, 61, 34, 61, 46,
        33, 114, 5, 46, 79, 8, 192, 205, 154, 245, 103, 208, 128, 163,
    ]

    private func verifier(_ secret: [UInt8], policy: TokenPolicy = TokenPolicy()) throws -> TokenVerifier {
        TokenVerifier(keys: try KeySet([.hs256(SharedSecret(bytes: secret))]), policy: policy)
    }

    @Test("The token of RFC 7515 A.1 verifies before it expires")
    func verifiesRFC7515() throws {
        let verifier = try verifier(TokenVectorTests.secret)
        let token = try verifier.verify(TokenVectorTests.token, now: 1_300_819_379)
        #expect(token.issuer == "joe")
        #expect(token.expiresAt == 1_300_819_380)
        #expect(token.subject == nil)
        #expect(token.audience.isEmpty)
        #expect(token.claims["http://example.com/is_root"] == true)
        #expect(token.claim(at: try ClaimPath(#"http://example\.com/is_root"#)) == true)
        let bytes = Array(TokenVectorTests.token.utf8)
        #expect(try verifier.verify(bytes.span, now: 1_300_819_379).issuer == "joe")
    }

    @Test("The token of RFC 7515 A.1 is refused when it has expired, leeway included")
    func expires() throws {
        let verifier = try verifier(TokenVectorTests.secret)
        _ = try verifier.verify(TokenVectorTests.token, now: 1_300_819_439)
        #expect(throws: TokenError.expired) { try verifier.verify(TokenVectorTests.token, now: 1_300_819_440) }
    }

    @Test("A secret that differs in any one bit does not verify it")
    func dependsOnEveryBit() throws {
        for bit in 0..<TokenVectorTests.secret.count * 8 {
            var secret = TokenVectorTests.secret
            secret[bit / 8] ^= 1 << UInt8(bit % 8)
            let verifier = try verifier(secret)
            #expect(throws: TokenError.badSignature) {
                try verifier.verify(TokenVectorTests.token, now: 1_300_819_379)
            }
        }
    }

    @Test("A token signed here has the header, payload and MAC that others compute")
    func signsAsOthers() throws {
        // The MAC was computed with `openssl dgst -sha256 -hmac`.
        let secret = try SharedSecret(bytes: Array("0123456789abcdef0123456789abcdef".utf8))
        let token = try TokenSigner(secret: secret, keyID: "dev").sign(["sub": "alice", "exp": 2_000_000_000])
        #expect(
            token
                == "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImRldiJ9."
                + "eyJzdWIiOiJhbGljZSIsImV4cCI6MjAwMDAwMDAwMH0."
                + "lqdPtDEPr9FAkcw1LEAFoH2yWcxw5QpP6aeTBdZ_Tdk")
    }
}
