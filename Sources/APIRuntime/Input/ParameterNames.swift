/// Names of parameters, to be found by their bytes; for names that are looked for in every request.
public struct ParameterNames: Sendable, ExpressibleByArrayLiteral {
    /// Most names of a request have the length of none of these.
    private var byLength: [[String]] = []

    /// No names.
    public init() {}

    /// The given names.
    public init(_ names: some Sequence<String>) {
        for name in names {
            while byLength.count <= name.utf8.count { byLength.append([]) }
            byLength[name.utf8.count].append(name)
        }
    }

    /// The given names.
    public init(arrayLiteral names: String...) {
        self.init(names)
    }

    /// Whether the name is one of them.
    public func contains(_ name: String) -> Bool {
        let length = name.utf8.count
        guard length < byLength.count else { return false }
        for candidate in byLength[length] where bytesEqual(candidate, name) { return true }
        return false
    }
}
