/// Which properties a schema has, with what it refers to and is composed of.
enum SchemaProperties {
    /// Whether a property is defined: in the schema, in one of its `allOf`, or in every alternative.
    static func has(_ name: Name, in schema: Node, references: References) -> Bool {
        var visited: Set<Location> = []
        return search(schema, references: references, visited: &visited) {
            $0["properties"]?.value.mapping?[name] != nil
        }
    }

    /// Whether a property is required, by the same parts.
    static func requires(_ name: Name, _ schema: Node, references: References) -> Bool {
        var visited: Set<Location> = []
        return search(schema, references: references, visited: &visited) { schema in
            schema["required"]?.value.sequence?.contains { $0.string.map { Name($0) == name } ?? false } ?? false
        }
    }

    private static func search(
        _ node: Node, references: References, visited: inout Set<Location>, _ holds: (Mapping) -> Bool
    ) -> Bool {
        // In a schema of more parts there may be anything.
        guard visited.count < 400 else { return true }
        guard let mapping = node.mapping, visited.insert(node.location).inserted else { return false }
        if holds(mapping) { return true }
        if let reference = mapping["$ref"]?.value, case .found(let target) = references.target(of: reference),
            search(target, references: references, visited: &visited, holds)
        {
            return true
        }
        for part in mapping["allOf"]?.value.sequence ?? []
        where search(part, references: references, visited: &visited, holds) { return true }
        for keyword in ["anyOf", "oneOf"] as [Name] {
            guard let parts = mapping[keyword]?.value.sequence, !parts.isEmpty else { continue }
            let before = visited
            let holdsForAll = parts.allSatisfy { part in
                var own = before
                return search(part, references: references, visited: &own, holds)
            }
            if holdsForAll { return true }
        }
        return false
    }
}

/// Which schemas a schema is a part of, for a part may require what the whole defines.
struct SchemaParents {
    private var parents: [Location: [Node]] = [:]

    init(_ document: LintDocument) {
        for schema in document.all(.schema) {
            for keyword in ["allOf", "anyOf", "oneOf"] as [Name] {
                for part in schema.mapping[keyword]?.value.sequence ?? [] where part.mapping != nil {
                    parents[part.location, default: []].append(schema.node)
                }
            }
            for keyword in ["not", "if", "then", "else"] as [Name] {
                if let part = schema.mapping[keyword]?.value, part.mapping != nil {
                    parents[part.location, default: []].append(schema.node)
                }
            }
            for entry in schema.mapping["dependentSchemas"]?.value.mapping?.entries ?? [] {
                parents[entry.value.location, default: []].append(schema.node)
            }
        }
    }

    /// All schemas around a part, from the inside out.
    func composing(_ node: Node) -> [Node] {
        var found: [Node] = []
        var visited: Set<Location> = [node.location]
        var pending = parents[node.location] ?? []
        while let next = pending.popLast() {
            guard visited.insert(next.location).inserted else { continue }
            found.append(next)
            pending += parents[next.location] ?? []
        }
        return found
    }
}
