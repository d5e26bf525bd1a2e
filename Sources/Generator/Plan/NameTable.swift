/// Which names of the configuration go to which places of the document.
struct NameTable {
    private var schemas: [JSONPointer: Located<String>] = [:]
    private var operations: [Location: Located<String>] = [:]
    /// Of properties where their names stand, and of values where they stand.
    private var places: [Location: Located<String>] = [:]

    /// Reports what names nothing in the document.
    init(_ overrides: NameOverrides, _ document: Document, diagnostics: Diagnostics) {
        let components = document.root.mapping?["components"]?.value.mapping?["schemas"]?.value.mapping
        func unmatched(_ name: Located<Name>, _ what: String, _ known: [Name]) {
            let near = known.first { editDistance($0.text, name.value.text) <= 2 }
            diagnostics.report(
                .unmatchedName, at: name.location, "there is no \(what) `\(name.value)`",
                advice: near.map { "did you mean `\($0)`?" })
        }
        for override in overrides.schemas {
            if components?[override.name.value] == nil {
                unmatched(override.name, "schema", components?.entries.map(\.key) ?? [])
            } else {
                let pointer = JSONPointer(tokens: ["components", "schemas", override.name.value])
                schemas[pointer] = override.swift
            }
        }
        for override in overrides.operations {
            let found = document.operations.filter {
                $0.id.map { Name($0.value) == override.name.value } ?? false || Name($0.title) == override.name.value
            }
            if found.isEmpty {
                unmatched(override.name, "operation", document.operations.compactMap { $0.id.map { Name($0.value) } })
            }
            for operation in found { operations[operation.location] = override.swift }
        }
        for (path, names) in overrides.properties {
            guard let schema = Self.schema(path.value, components) else {
                unmatched(path, "schema", components?.entries.map(\.key) ?? [])
                continue
            }
            for override in names {
                let properties = Self.parts(schema).flatMap { $0["properties"]?.value.mapping?.entries ?? [] }
                let found = properties.filter { $0.key == override.name.value }
                if found.isEmpty { unmatched(override.name, "property", properties.map(\.key)) }
                for entry in found { places[entry.keyLocation] = override.swift }
            }
        }
        for (path, names) in overrides.enumCases {
            guard let schema = Self.schema(path.value, components) else {
                unmatched(path, "schema", components?.entries.map(\.key) ?? [])
                continue
            }
            for override in names {
                let values = Self.parts(schema).flatMap { part in
                    (part["enum"]?.value.sequence ?? []) + [part["const"]?.value].compactMap { $0 }
                }
                let found = values.filter { $0.string.map { Name($0) == override.name.value } ?? false }
                if found.isEmpty { unmatched(override.name, "value", values.compactMap { $0.string.map { Name($0) } }) }
                for node in found { places[node.location] = override.swift }
            }
        }
    }

    func schema(_ pointer: JSONPointer) -> Located<String>? { schemas[pointer] }

    func operation(_ operation: Operation) -> Located<String>? { operations[operation.location] }

    /// The name of the property or value that stands there.
    func name(at location: Location) -> Located<String>? { places[location] }

    /// `Pet` is a component, `Pet/status` a property of it, or of its items.
    private static func schema(_ path: Name, _ components: Mapping?) -> Node? {
        if let whole = components?[path] { return whole.value }
        var pieces = path.text.split(separator: "/")[...]
        guard let first = pieces.popFirst(), var node = components?[Name(String(first))]?.value else { return nil }
        for piece in pieces {
            while let items = node.mapping?["items"]?.value { node = items }
            let next = parts(node).lazy.compactMap { $0["properties"]?.value.mapping?[Name(String(piece))] }.first
            guard let next else { return nil }
            node = next.value
        }
        while let items = node.mapping?["items"]?.value { node = items }
        return node
    }

    /// The schema and what is composed into it where it stands.
    private static func parts(_ node: Node) -> [Mapping] {
        guard let mapping = node.mapping else { return [] }
        return [mapping]
            + (["allOf", "oneOf", "anyOf"] as [Name]).flatMap { mapping[$0]?.value.sequence ?? [] }.flatMap(parts)
    }
}

extension Planner {
    /// The name that the configuration gives, if it is free; else it is reported.
    func claimed(_ override: Located<String>, in scope: NameScope) -> String {
        let name = scope.claim(override.value, suffix: "Value")
        if name != override.value {
            diagnostics.report(
                .invalidValue, at: override.location, "the name `\(override.value)` is taken",
                advice: "choose another")
        }
        return name
    }
}
