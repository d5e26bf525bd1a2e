/// Names in Swift that `generator.yaml` gives to what the document calls by another name.
struct NameOverrides: Sendable {
    struct Override: Sendable {
        /// As the document has it.
        var name: Located<Name>
        var swift: Located<String>
    }

    /// By the names of component schemas.
    var schemas: [Override] = []
    /// By ids, or by `GET /pets`.
    var operations: [Override] = []
    /// By the schema that they are properties of.
    var properties: [(schema: Located<Name>, overrides: [Override])] = []
    /// By the schema whose values they are.
    var enumCases: [(schema: Located<Name>, overrides: [Override])] = []
}

extension ConfigurationReader {
    private static let namesKind = ObjectKind(
        "`names`", read: ["schemas", "operations", "properties", "enum-cases"], allowsExtensions: false)

    func names(_ configuration: ObjectReader) -> NameOverrides {
        guard let node = configuration.node("names"),
            let object = ObjectReader(node, Self.namesKind, diagnostics: diagnostics)
        else { return NameOverrides() }
        func nested(_ key: Name) -> [(schema: Located<Name>, overrides: [NameOverrides.Override])] {
            (object.map(key)?.entries ?? []).map { entry in
                (Located(entry.key, at: entry.keyLocation), overrides(entry.value, "the names of `\(entry.key)`"))
            }
        }
        func flat(_ key: Name) -> [NameOverrides.Override] {
            object.node(key).map { overrides($0, "`\(key)`") } ?? []
        }
        return NameOverrides(
            schemas: flat("schemas"), operations: flat("operations"), properties: nested("properties"),
            enumCases: nested("enum-cases"))
    }

    private func overrides(_ node: Node, _ what: String) -> [NameOverrides.Override] {
        guard let mapping = node.mapping else {
            diagnostics.report(
                .unexpectedType, at: node.location, "\(what) have to be an object, not \(node.kindDescription)")
            return []
        }
        return mapping.entries.compactMap { entry in
            guard let text = entry.value.string else {
                diagnostics.report(
                    .unexpectedType, at: entry.value.location,
                    "a name has to be a string, not \(entry.value.kindDescription)")
                return nil
            }
            let swift = Located(text, at: entry.value.location)
            guard checked(swift, isIdentifier, "a name in Swift") else { return nil }
            return NameOverrides.Override(name: Located(entry.key, at: entry.keyLocation), swift: swift)
        }
    }
}
