public import JSON

/// What a token says, once its signature and its validity have been verified. Only ``TokenVerifier`` makes one, so a
/// value of this type is the proof.
public struct VerifiedToken: Sendable {
    /// `sub`
    public let subject: String?

    /// `iss`
    public let issuer: String?

    /// `aud`, of which a single string is an array of one; empty where it is missing.
    public let audience: [String]

    /// `exp` in Unix seconds, a fraction dropped.
    public let expiresAt: Int64

    /// All claims.
    public let claims: JSONObject

    init(registered: RegisteredClaims, claims: JSONObject) {
        subject = registered.subject
        issuer = registered.issuer
        audience = registered.audience
        expiresAt = registered.expiresAt
        self.claims = claims
    }

    /// The claim at the end of a path, or nil if there is none.
    public func claim(at path: ClaimPath) -> JSONValue? {
        path.value(in: claims)
    }
}
