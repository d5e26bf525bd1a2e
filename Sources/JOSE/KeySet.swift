/// The keys that tokens are verified with.
public struct KeySet: Sendable {
    private let named: [(id: String, key: VerificationKey)]
    private let unnamed: [VerificationKey]

    /// The most keys without id for one algorithm: all of them are tried for each token.
    public static let mostKeysWithoutID = 8

    /// The algorithms of the keys, each once.
    public let algorithms: [SignatureAlgorithm]

    /// How many keys there are; one that is for several algorithms counts for each.
    public var count: Int { named.count + unnamed.count }

    /// Makes a set in which each token finds the key it names, or few keys without id.
    /// - Throws: ``KeyError`` for no keys, two of one id and algorithm, or too many without id for one algorithm.
    public init(_ keys: [VerificationKey]) throws(KeyError) {
        guard !keys.isEmpty else { throw .noKeys }
        var named: [(id: String, key: VerificationKey)] = []
        var unnamed: [VerificationKey] = []
        for key in keys {
            if let id = key.id {
                // Equal ids for different algorithms are alternatives, RFC 7517, section 4.5.
                guard !named.contains(where: { $0.key.algorithm == key.algorithm && $0.id.utf8.elementsEqual(id.utf8) })
                else { throw .duplicateID(id) }
                named.append((id, key))
            } else {
                unnamed.append(key)
                guard unnamed.count(where: { $0.algorithm == key.algorithm }) <= KeySet.mostKeysWithoutID else {
                    throw .tooManyKeysWithoutID(key.algorithm)
                }
            }
        }
        self.named = named
        self.unnamed = unnamed
        algorithms = SignatureAlgorithm.allCases.filter { algorithm in keys.contains { $0.algorithm == algorithm } }
    }

    /// Whether a signature is that of the key for a token of this algorithm and `kid`. Where keys have ids, a token's
    /// `kid` has to be one of them; where none has, `kid` tells nothing. A token without `kid` is for the keys without
    /// id.
    func isValid(
        _ signature: [UInt8], of signingInput: Span<UInt8>, algorithm: SignatureAlgorithm, id: String?
    ) throws(TokenError) -> Bool {
        if let id, !named.isEmpty {
            // Before the algorithm: that a key is not known may mean that it is new.
            var isKnown = false
            for entry in named where entry.id.utf8.elementsEqual(id.utf8) {
                isKnown = true
                if entry.key.algorithm == algorithm { return try entry.key.isValid(signature, of: signingInput) }
            }
            throw isKnown ? .unsupportedAlgorithm : .unknownKey
        }
        guard algorithms.contains(algorithm) else { throw .unsupportedAlgorithm }
        var isKnown = false
        for key in unnamed where key.algorithm == algorithm {
            isKnown = true
            if try key.isValid(signature, of: signingInput) { return true }
        }
        guard isKnown else { throw .unknownKey }
        return false
    }
}
