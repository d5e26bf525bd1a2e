/// Why key material or a set of keys is refused.
public enum KeyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The secret has too few bytes for its algorithm.
    case secretTooShort(bytes: Int, fewest: Int)
    /// The shared secret is a PEM document, which holds a key of another sort.
    case secretIsPEM
    /// The set has no keys.
    case noKeys
    /// Two keys of the set have this id.
    case duplicateID(String)
    /// Two keys of the set have no id and the same algorithm.
    case ambiguousKeys(SignatureAlgorithm)

    /// What is wrong; holds no key material.
    public var description: String {
        switch self {
        case .secretTooShort(let bytes, let fewest):
            "the shared secret has \(bytes) bytes, at least \(fewest) are required"
        case .secretIsPEM:
            "the shared secret is a PEM document, that is a key or certificate of another algorithm"
        case .noKeys:
            "there is no key to verify tokens with"
        case .duplicateID(let id):
            "two keys have the id '\(id)'"
        case .ambiguousKeys(let algorithm):
            "two keys for \(algorithm.rawValue) have no id to tell them apart"
        }
    }
}
