/// The keys that tokens are verified with.
public struct KeySet: Sendable {
    private let named: [(id: String, key: VerificationKey)]
    private let unnamed: [VerificationKey]

    /// The algorithms of the keys, each once.
    public let algorithms: [SignatureAlgorithm]

    /// How many keys there are.
    public var count: Int { named.count + unnamed.count }

    /// Makes a set in which each token finds at most one key.
    /// - Throws: ``KeyError`` for no keys, two of one id, or two without id for one algorithm.
    public init(_ keys: [VerificationKey]) throws(KeyError) {
        guard !keys.isEmpty else { throw .noKeys }
        var named: [(id: String, key: VerificationKey)] = []
        var unnamed: [VerificationKey] = []
        for key in keys {
            if let id = key.id {
                guard !named.contains(where: { $0.id.utf8.elementsEqual(id.utf8) }) else { throw .duplicateID(id) }
                named.append((id, key))
            } else {
                guard !unnamed.contains(where: { $0.algorithm == key.algorithm }) else {
                    throw .ambiguousKeys(key.algorithm)
                }
                unnamed.append(key)
            }
        }
        self.named = named
        self.unnamed = unnamed
        algorithms = SignatureAlgorithm.allCases.filter { algorithm in keys.contains { $0.algorithm == algorithm } }
    }

    /// The key for a token of this algorithm and `kid`. Where keys have ids, a token's `kid` has to be one of them;
    /// where none has, `kid` tells nothing. A token without `kid` is for the key without id.
    func key(for algorithm: SignatureAlgorithm, id: String?) throws(TokenError) -> VerificationKey {
        guard algorithms.contains(algorithm) else { throw .unsupportedAlgorithm }
        if let id, !named.isEmpty {
            guard let key = named.first(where: { $0.id.utf8.elementsEqual(id.utf8) })?.key else { throw .unknownKey }
            guard key.algorithm == algorithm else { throw .unsupportedAlgorithm }
            return key
        }
        guard let key = unnamed.first(where: { $0.algorithm == algorithm }) else { throw .unknownKey }
        return key
    }
}
