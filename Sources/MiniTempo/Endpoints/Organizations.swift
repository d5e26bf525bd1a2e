/// Whose data a call is about, from its `X-Scope-OrgID`
/// ([Tempo: multi-tenancy](https://grafana.com/docs/tempo/latest/operations/manage-advanced-systems/multitenancy/)).
struct Organizations: Sendable, Equatable {
    /// Their names: sorted, each once, at least one.
    let names: [String]

    /// Whether organizations are told apart.
    enum Mode: Sendable {
        /// They are not: the header is ignored, and everybody's data is one organization's.
        case single
        /// They are: each call must name one or, to read, several.
        case separate
    }

    /// Why a call is about nobody's data.
    enum Refusal: Error, Equatable {
        /// It does not say whose.
        case missing
        /// What it says is no name.
        case invalid(String)
    }

    /// As Tempo calls the only organization where they are not told apart.
    static let single = "single-tenant"
    private static let mostBytes = 150

    /// - Parameter header: the first `X-Scope-OrgID` field, if there is one: names separated by `|`.
    init(_ header: String?, mode: Mode) throws(Refusal) {
        guard mode == .separate else {
            names = [Self.single]
            return
        }
        guard let header, !header.isEmpty else { throw .missing }
        var names: [String] = []
        for part in header.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
            let name = String(Substring(part))
            try Self.check(name)
            if !names.contains(name) { names.append(name) }
        }
        self.names = names.sorted()
    }

    private static func check(_ name: String) throws(Refusal) {
        guard !name.isEmpty else { throw .invalid("tenant ID is empty") }
        guard name.utf8.count <= mostBytes else {
            throw .invalid("tenant ID is too long: max \(mostBytes) characters")
        }
        guard name != ".", name != ".." else { throw .invalid("tenant ID is '.' or '..'") }
        for scalar in name.unicodeScalars where !isAllowed(scalar) {
            throw .invalid("tenant ID '\(name)' contains unsupported character '\(scalar)'")
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "!", "-", "_", ".", "*", "'", "(", ")": true
        default: false
        }
    }
}
