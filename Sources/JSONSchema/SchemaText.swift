public import JSON

/// Values that arrive as text, in parameters and forms, take the type that their schema has for them.
extension SchemaSet {
    /// What a text stands for: a number or boolean where the schema allows one and the text is one, else a string.
    public func value(of text: String, by schema: SchemaPosition) -> JSONValue {
        let types = schema.index.map { possibleTypes($0) } ?? .all
        // Where everything is allowed nothing says that digits are a number.
        guard types != .all else { return .string(text) }
        if !types.isDisjoint(with: .number), let number = JSONNumber(text: text) { return .number(number) }
        if types.contains(.boolean) {
            if text == "true" { return .bool(true) }
            if text == "false" { return .bool(false) }
        }
        if !types.contains(.string), types.contains(.null), text == "null" { return .null }
        return .string(text)
    }

    /// What a value is that was not given, where the schema says so.
    public func defaultValue(of schema: SchemaPosition) -> JSONValue? {
        schema.index.flatMap { nodes[$0].defaultValue ?? nodes[resolved($0)].defaultValue }
    }

    /// The place of a schema of the array.
    public func position(_ entry: Int) -> SchemaPosition {
        SchemaPosition(index: entries.indices.contains(entry) ? entry : nil)
    }

    /// The schema of an array's elements.
    public func items(of schema: SchemaPosition) -> SchemaPosition {
        SchemaPosition(index: schema.index.flatMap { search($0) { $0.items } })
    }

    /// The schema of an object's member: by its name, else of any other.
    public func member(_ name: String, of schema: SchemaPosition) -> SchemaPosition {
        let named = schema.index.flatMap {
            search($0) { node in
                node.properties.first { $0.name.utf8.elementsEqual(name.utf8) }?.schema
            }
        }
        return SchemaPosition(index: named ?? schema.index.flatMap { search($0) { $0.additionalProperties } })
    }

    /// The names of an object's declared members.
    public func memberNames(of schema: SchemaPosition) -> [String] {
        var names: [String] = []
        if let index = schema.index { collectNames(index, &names, 0) }
        return names
    }

    /// Whether the schema allows an array, and whether it allows an object.
    public func isArray(_ schema: SchemaPosition) -> Bool { only(.array, schema) }
    /// Whether the schema allows an object and no scalar.
    public func isObject(_ schema: SchemaPosition) -> Bool { only(.object, schema) }

    /// Whether the schema allows an array as well as something else, but not everything.
    public func isArrayOrOther(_ schema: SchemaPosition) -> Bool {
        guard let types = schema.index.map({ possibleTypes($0).subtracting(.null) }) else { return false }
        return types.contains(.array) && types != .array && types != .all.subtracting(.null)
    }

    /// Whether a value fits a schema, as a part of what a caller sends.
    public func fits(_ value: JSONValue, _ schema: SchemaPosition) -> Bool {
        guard let index = schema.index else { return false }
        var checker = SchemaChecker(self, .request)
        return checker.fits(value, index)
    }

    private func only(_ type: SchemaTypes, _ schema: SchemaPosition) -> Bool {
        guard let index = schema.index else { return false }
        return possibleTypes(index).subtracting(.null) == type
    }

    private func collectNames(_ index: Int, _ names: inout [String], _ depth: Int) {
        guard depth < 20 else { return }
        let node = nodes[index]
        for (name, _) in node.properties where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            names.append(name)
        }
        for part in node.allOf + node.alternatives { collectNames(part, &names, depth + 1) }
    }

    private func search(_ index: Int, depth: Int = 0, _ body: (SchemaNode) -> Int?) -> Int? {
        if let found = body(nodes[index]) { return found }
        guard depth < 20 else { return nil }
        for part in nodes[index].allOf + nodes[index].alternatives {
            if let found = search(part, depth: depth + 1, body) { return found }
        }
        return nil
    }

    func possibleTypes(_ index: Int, depth: Int = 0) -> SchemaTypes {
        let node = nodes[index]
        var types = node.types
        if let values = node.values {
            types.formIntersection(values.reduce(into: []) { $0.formUnion(SchemaTypes(of: $1)) })
        }
        guard depth < 20 else { return types }
        for part in node.allOf { types.formIntersection(possibleTypes(part, depth: depth + 1)) }
        for alternatives in [node.anyOf, node.oneOf] where !alternatives.isEmpty {
            types.formIntersection(
                alternatives.reduce(into: []) { $0.formUnion(possibleTypes($1, depth: depth + 1)) })
        }
        return types
    }

    /// The node behind a chain of references.
    func resolved(_ index: Int) -> Int {
        var index = index
        for _ in 0..<20 {
            let node = nodes[index]
            guard node.title == nil, node.types == .all, node.allOf.count == 1, node.properties.isEmpty,
                node.alternatives.isEmpty, !node.isReadOnly, !node.isWriteOnly, node.defaultValue == nil
            else { break }
            index = node.allOf[0]
        }
        return index
    }
}

/// A schema within a set.
public struct SchemaPosition: Sendable {
    let index: Int?
}
