/// An algorithm of JSON Web Signatures, named as in
/// [RFC 7518, section 3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1) and
/// [RFC 8037, section 3.1](https://www.rfc-editor.org/rfc/rfc8037#section-3.1). `none` is not one of them.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256 and a shared secret.
    case hs256 = "HS256"
    /// HMAC with SHA-384 and a shared secret.
    case hs384 = "HS384"
    /// HMAC with SHA-512 and a shared secret.
    case hs512 = "HS512"
    /// RSA as in PKCS #1 version 1.5 with SHA-256.
    case rs256 = "RS256"
    /// RSA as in PKCS #1 version 1.5 with SHA-384.
    case rs384 = "RS384"
    /// RSA as in PKCS #1 version 1.5 with SHA-512.
    case rs512 = "RS512"
    /// RSA-PSS with SHA-256, also in MGF1, and a salt of 32 bytes.
    case ps256 = "PS256"
    /// RSA-PSS with SHA-384, also in MGF1, and a salt of 48 bytes.
    case ps384 = "PS384"
    /// RSA-PSS with SHA-512, also in MGF1, and a salt of 64 bytes.
    case ps512 = "PS512"
    /// ECDSA on the curve P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on the curve P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on the curve P-521 with SHA-512.
    case es512 = "ES512"
    /// EdDSA on the curve Ed25519; Ed448 is not supported.
    case edDSA = "EdDSA"

    /// The algorithm of exactly this name, letter case included.
    public init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else { return nil }
        self = match
    }
}
