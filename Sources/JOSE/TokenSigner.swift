public import JSON

/// Signs development tokens with HS256. It shares nothing with the verifier but the secret: what it makes is text, and
/// only ``TokenVerifier`` makes a ``VerifiedToken`` of it.
public struct TokenSigner: Sendable {
    private let secret: SharedSecret
    private let keyID: String?

    /// Makes a signer. `keyID` becomes the tokens' `kid`.
    public init(secret: SharedSecret, keyID: String? = nil) {
        self.secret = secret
        self.keyID = keyID
    }

    /// The token that says these claims.
    /// - Throws: ``TokenError/missingExpiry`` or ``TokenError/invalidClaim(_:)`` for claims that no verifier would accept
    ///   at any time, ``TokenError/cryptographyFailed(code:)`` if signing fails.
    public func sign(_ claims: JSONObject) throws(TokenError) -> String {
        _ = try RegisteredClaims(claims)
        var header: JSONObject = ["alg": .string(SignatureAlgorithm.hs256.rawValue), "typ": "JWT"]
        if let keyID { header["kid"] = .string(keyID) }
        return try sign(header: header.serialized(), payload: claims.serialized())
    }

    /// The compact form of any header and payload.
    func sign(header: [UInt8], payload: [UInt8]) throws(TokenError) -> String {
        var token: [UInt8] = []
        Base64URL.encode(header, into: &token)
        token.append(0x2E)
        Base64URL.encode(payload, into: &token)
        let signature: [UInt8]
        do throws(HMAC.Failure) {
            signature = try HMAC.sha256.hash(token.span, secret: secret)
        } catch {
            throw .cryptographyFailed(code: error.code)
        }
        token.append(0x2E)
        Base64URL.encode(signature, into: &token)
        return String(decoding: token, as: UTF8.self)
    }
}
