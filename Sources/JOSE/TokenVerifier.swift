/// Verifies JSON Web Tokens ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)) signed in compact form, with the rules
/// of [RFC 8725](https://www.rfc-editor.org/rfc/rfc8725): the algorithm is the key's, never the token's choice.
public struct TokenVerifier: Sendable {
    private let keys: KeySet
    private let policy: TokenPolicy

    /// Makes a verifier.
    public init(keys: KeySet, policy: TokenPolicy) {
        self.keys = keys
        self.policy = policy
    }

    /// Verifies a token as it stands in an Authorization header after `Bearer`.
    /// - Parameter now: the time, Unix seconds.
    /// - Throws: ``TokenError``, the first reason found.
    public func verify(_ token: String, now: Int64) throws(TokenError) -> VerifiedToken {
        let bytes = token.utf8
        return try verify(bytes.span, now: now)
    }

    /// Verifies a token given as bytes.
    /// - Parameter now: the time, Unix seconds.
    /// - Throws: ``TokenError``, the first reason found.
    public func verify(_ token: Span<UInt8>, now: Int64) throws(TokenError) -> VerifiedToken {
        guard token.count <= policy.maximumTokenBytes else { throw .tooLarge(limit: policy.maximumTokenBytes) }
        let parts = try CompactSerialization(token)
        let header = try TokenHeader(CompactSerialization.decode(parts.header, of: token, name: "header"))
        let signature = try CompactSerialization.decode(parts.signature, of: token, name: "signature")
        guard
            try keys.isValid(
                signature, of: token.extracting(parts.signingInput), algorithm: header.algorithm, id: header.keyID)
        else { throw .badSignature }

        // Nothing of the payload is looked at before this line: until here nobody has vouched for it.
        let payload = try CompactSerialization.decode(parts.payload, of: token, name: "payload")
        let claims = try TokenJSON.object(payload, name: "payload")
        let registered = try RegisteredClaims(claims)
        try registered.check(policy, now: now)
        return VerifiedToken(registered: registered, claims: claims)
    }
}
