/// The algorithms that keys may be used for.
public struct AllowedAlgorithms: Sendable, Equatable {
    private let list: [SignatureAlgorithm]?

    /// These algorithms, or, with nil, those that the keys are for by themselves.
    public init(_ list: [SignatureAlgorithm]? = nil) {
        self.list = list
    }

    /// What a key is to be used for.
    /// - Parameter possible: what it could be used for, the usual first.
    /// - Parameter declared: what it says it is for. If it says nothing it is for all that is listed, or, without a
    ///   list, for the usual.
    /// - Throws: ``KeyError`` if nothing is left.
    func choose(
        from possible: [SignatureAlgorithm], declared: SignatureAlgorithm? = nil
    ) throws(KeyError) -> [SignatureAlgorithm] {
        if let declared, !possible.contains(declared) { throw .wrongAlgorithm(declared) }
        let wanted = declared.map { [$0] } ?? (list == nil ? Array(possible.prefix(1)) : possible)
        guard let list else { return wanted }
        let chosen = wanted.filter(list.contains)
        guard !chosen.isEmpty else { throw .notAllowed(wanted) }
        return chosen
    }
}
