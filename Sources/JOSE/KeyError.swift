/// Why key material or a set of keys is refused.
public enum KeyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The secret has too few bytes for its algorithm.
    case secretTooShort(bytes: Int, fewest: Int)
    /// The shared secret is a PEM document, which holds a key of another sort.
    case secretIsPEM
    /// The shared secret is a public key, which everybody may know, in DER or as a JSON Web Key or set of them.
    case secretIsPublicKey
    /// The key's numbers are too small to be secure.
    case tooWeak(bits: Int, fewest: Int)
    /// The key is of a kind or has values that are not supported; says which.
    case unsupported(String)
    /// The text is not that of a key or of keys; says what is amiss.
    case malformed(String)
    /// The key cannot be used for this algorithm.
    case wrongAlgorithm(SignatureAlgorithm)
    /// None of the algorithms that the key can be used for is allowed.
    case notAllowed([SignatureAlgorithm])
    /// The set has no keys.
    case noKeys
    /// Two keys of the set have this id and the same algorithm.
    case duplicateID(String)
    /// More keys of the set than are tried in turn have no id and the same algorithm.
    case tooManyKeysWithoutID(SignatureAlgorithm)

    /// What is wrong; holds no key material.
    public var description: String {
        switch self {
        case .secretTooShort(let bytes, let fewest):
            "the shared secret has \(bytes) bytes, at least \(fewest) are required"
        case .secretIsPEM:
            "the shared secret is a PEM document, that is a key or certificate of another algorithm"
        case .secretIsPublicKey:
            "the shared secret is a public key or a set of keys, which others may know"
        case .tooWeak(let bits, let fewest):
            "the key has \(bits) bits, at least \(fewest) are required"
        case .unsupported(let what):
            "\(what) is not supported"
        case .malformed(let what):
            what
        case .wrongAlgorithm(let algorithm):
            "the key is not one for \(algorithm.rawValue)"
        case .notAllowed(let algorithms):
            "the key is for \(algorithms.map(\.rawValue).joined(separator: ", ")), which is not allowed"
        case .noKeys:
            "there is no key to verify tokens with"
        case .duplicateID(let id):
            "two keys for the same algorithm have the id '\(id)'"
        case .tooManyKeysWithoutID(let algorithm):
            "more than \(KeySet.mostKeysWithoutID) keys for \(algorithm.rawValue) have no id to tell them apart"
        }
    }
}
