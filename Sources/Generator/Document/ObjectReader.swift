/// Reads the members of one object of the document and reports what does not belong there.
struct ObjectReader {
    let node: Node
    let mapping: Mapping
    let kind: ObjectKind
    let diagnostics: Diagnostics

    /// Nil, and a diagnostic, where the node is no object. Every keyword is checked against its kind's table.
    init?(_ node: Node, _ kind: ObjectKind, diagnostics: Diagnostics) {
        guard let mapping = node.mapping else {
            diagnostics.report(
                .unexpectedType, at: node.location, "\(kind.name) has to be an object, not \(node.kindDescription)")
            return nil
        }
        self.node = node
        self.kind = kind
        self.diagnostics = diagnostics
        var renamed: [(position: Int, key: Name)] = []
        for (position, entry) in mapping.entries.enumerated() {
            if kind.allowsExtensions && entry.key.hasPrefix("x-") { continue }
            if kind.read.contains(entry.key) || kind.documentation.contains(entry.key) { continue }
            if let meaningless = kind.meaningless[entry.key] {
                diagnostics.warn(
                    .meaninglessKeyword, at: entry.keyLocation, "`\(entry.key)` \(meaningless.message)",
                    advice: meaningless.advice)
            } else if let key = ObjectKind.camelCase(entry.key), kind.read.contains(key), mapping[key] == nil {
                renamed.append((position, key))
                diagnostics.warn(
                    .misspeltKeyword, at: entry.keyLocation,
                    "\(kind.name) has no keyword `\(entry.key)`; read as `\(key)`",
                    advice: "write `\(key)`")
            } else if kind.ignoresOthers {
                diagnostics.warn(
                    .ignoredSibling, at: entry.keyLocation, "`\(entry.key)` beside a `$ref` is ignored",
                    advice: "remove it, or write the object out")
            } else if kind.unsupported.contains(entry.key) {
                diagnostics.report(
                    .unsupportedKeyword, at: entry.keyLocation, "`\(entry.key)` of \(kind.name) is not supported yet",
                    advice: ObjectKind.adviceWithout[entry.key])
            } else {
                diagnostics.report(
                    .unknownKeyword, at: entry.keyLocation, "\(kind.name) has no keyword `\(entry.key)`",
                    advice: Self.suggestion(for: entry.key, of: kind))
            }
        }
        var read = mapping
        for (position, key) in renamed { read.entries[position].key = key }
        self.mapping = read
    }

    private static func suggestion(for key: Name, of kind: ObjectKind) -> String? {
        let known = kind.read.union(kind.documentation).sorted()
        let near = known.first { editDistance($0.text, key.text) <= 2 }
        return near.map { "did you mean `\($0)`?" }
    }

    /// Members whose names begin with `x-`.
    var extensions: [Mapping.Entry] {
        mapping.entries.filter { $0.key.hasPrefix("x-") }
    }

    func entry(_ key: Name) -> Mapping.Entry? { mapping[key] }

    func node(_ key: Name) -> Node? { mapping[key]?.value }

    /// A member that has to be there.
    func required(_ key: Name) -> Node? {
        if let node = node(key) { return node }
        diagnostics.report(.missingKeyword, at: node.location, "\(kind.name) needs `\(key)`")
        return nil
    }

    func string(_ key: Name) -> Located<String>? { node(key).flatMap { string($0, key) } }

    func requiredString(_ key: Name) -> Located<String>? { required(key).flatMap { string($0, key) } }

    func boolean(_ key: Name) -> Located<Bool>? {
        guard let node = node(key) else { return nil }
        if let value = node.boolean { return Located(value, at: node.location) }
        unexpected(node, key, "true or false")
        return nil
    }

    /// A count: an integer of at least 0.
    func count(_ key: Name) -> Located<Int>? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar, scalar.isNumber else {
            unexpected(node, key, "an integer of at least 0")
            return nil
        }
        // 3.0 is an integer in JSON Schema.
        if let value = Int(scalar.text) ?? Double(scalar.text).flatMap(Int.init(exactly:)), value >= 0 {
            return Located(value, at: node.location)
        }
        diagnostics.report(
            .invalidValue, at: node.location, "`\(key)` has to be an integer of at least 0, not \(scalar.text)")
        return nil
    }

    /// A number, as its text.
    func number(_ key: Name) -> Located<Scalar>? {
        guard let node = node(key) else { return nil }
        if let scalar = node.scalar {
            switch scalar.kind {
            case .integer, .float: return Located(scalar, at: node.location)
            default: break
            }
        }
        unexpected(node, key, "a number")
        return nil
    }

    func sequence(_ key: Name) -> [Node]? {
        guard let node = node(key) else { return nil }
        if let sequence = node.sequence { return sequence }
        unexpected(node, key, "an array")
        return nil
    }

    /// An array of strings.
    func strings(_ key: Name) -> [Located<String>] {
        (sequence(key) ?? []).compactMap { string($0, key) }
    }

    /// A map from free names.
    func map(_ key: Name) -> Mapping? {
        guard let node = node(key) else { return nil }
        if let mapping = node.mapping { return mapping }
        unexpected(node, key, "an object")
        return nil
    }

    private func string(_ node: Node, _ key: Name) -> Located<String>? {
        if let string = node.string { return Located(string, at: node.location) }
        unexpected(node, key, "a string")
        return nil
    }

    private func unexpected(_ node: Node, _ key: Name, _ expected: String) {
        diagnostics.report(
            .unexpectedType, at: node.location, "`\(key)` has to be \(expected), not \(node.kindDescription)",
            advice: expected == "a string" && node.scalar != nil ? "put the value in quotes" : nil)
    }
}

/// The number of bytes to insert, remove or replace to get from one text to the other.
func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    guard abs(left.count - right.count) <= 2 else { return Int.max }
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let replaced = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}
