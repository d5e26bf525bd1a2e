import JSON
import Testing

@testable import JOSE

/// A key, a policy and tokens made with it, valid or of any wrong form. The time is always ``now``.
struct TokenFixture {
    static let now: Int64 = 1_700_000_000

    /// Claims that the fixture's policy accepts.
    static let claims: JSONObject = [
        "sub": "alice", "iss": "https://issuer.example", "aud": ["palisade", "other"], "exp": 1_700_000_600,
        "nbf": 1_699_999_000, "iat": 1_699_999_000, "tenant_id": "a",
    ]

    static let policy = TokenPolicy(issuer: "https://issuer.example", audience: "palisade", leeway: 60)

    static func secret(_ seed: UInt8 = 0) throws -> SharedSecret {
        try SharedSecret(bytes: (0..<48).map { UInt8($0) &* 5 &+ seed })
    }

    let signer: TokenSigner
    let verifier: TokenVerifier

    init(policy: TokenPolicy = TokenFixture.policy) throws {
        let secret = try TokenFixture.secret()
        signer = TokenSigner(secret: secret)
        verifier = TokenVerifier(keys: try KeySet([.hs256(secret)]), policy: policy)
    }

    /// A token with the fixture's claims, changed by `change`.
    func token(_ change: (inout JSONObject) -> Void = { _ in }) throws -> String {
        var claims = TokenFixture.claims
        change(&claims)
        return try token(header: #"{"alg":"HS256"}"#, payload: claims.serialized())
    }

    /// A token with a right signature over any header and payload.
    func token(header: String, payload: [UInt8]? = nil) throws -> String {
        try signer.sign(header: Array(header.utf8), payload: payload ?? TokenFixture.claims.serialized())
    }

    /// Why the token is refused, or nil if it is accepted.
    func refusal(of token: String, now: Int64 = TokenFixture.now) -> TokenError? {
        do throws(TokenError) {
            _ = try verifier.verify(token, now: now)
            return nil
        } catch {
            return error
        }
    }
}
