/// An algorithm of JSON Web Signatures, named as in
/// [RFC 7518, section 3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1). `none` is not one of them.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256 and a shared secret.
    case hs256 = "HS256"

    /// The algorithm of exactly this name, letter case included.
    init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else { return nil }
        self = match
    }
}
