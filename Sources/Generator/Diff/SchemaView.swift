/// What a schema says of values, with its references followed and its `allOf` taken together.
struct SchemaView {
    struct Bound {
        var value: Double
        var text: String
        var location: Location
    }

    struct Property {
        var name: Name
        var location: Location
        /// Of each part that speaks of it.
        var schemas: [Node]
    }

    /// Alternatives, of which null is none.
    struct Alternatives {
        var keyword: Name
        var location: Location
        var schemas: [Node]
    }

    /// Where it is written, for messages.
    var location: Location
    /// Without null; nil where any will do.
    var types: Set<String>?
    var typeLocation: Location?
    var allowsNull = false
    var values: [Node]?
    var valuesLocation: Location?
    var format: Node?
    var bounds: [Name: Bound] = [:]
    var patterns: [Node] = []
    var isUnique: Location?
    var properties: [Property] = []
    var required: [Name: Location] = [:]
    /// `additionalProperties`; nil where nothing is said.
    var additional: Node?
    var items: Node?
    var prefixItems: [Node] = []
    var alternatives: [Alternatives] = []
    var discriminator: Mapping.Entry?
    var standard: Node?
    var readOnly: Location?
    var writeOnly: Location?
    var deprecated: Location?
    /// Keywords whose meaning is not looked into.
    var others: [Mapping.Entry] = []
    /// `false`: no value at all.
    var refusesEverything = false

    /// Nothing is said of values.
    var isFree: Bool {
        types == nil && values == nil && bounds.isEmpty && patterns.isEmpty && properties.isEmpty && required.isEmpty
            && additional == nil && items == nil && prefixItems.isEmpty && alternatives.isEmpty && others.isEmpty
            && format == nil && !refusesEverything
    }

    func property(_ name: Name) -> Property? { properties.first { $0.name == name } }

    init(_ node: Node, references: References) {
        location = node.location
        var visited: Set<Location> = []
        add(node, references, &visited)
        unwrapNull(references)
        if let values, values.contains(where: \.isNull) {
            // Where a type is given it decides; else the values do.
            if types == nil { allowsNull = true }
            self.values = values.filter { !$0.isNull }
        } else if values != nil {
            allowsNull = false
        } else if types == nil, alternatives.isEmpty {
            allowsNull = true
        }
    }

    /// Every bound, and whether less is tighter.
    static let boundKeywords: [(name: Name, isUpper: Bool)] = [
        ("minimum", false), ("maximum", true), ("exclusiveMinimum", false), ("exclusiveMaximum", true),
        ("minLength", false), ("maxLength", true), ("minItems", false), ("maxItems", true), ("minProperties", false),
        ("maxProperties", true), ("multipleOf", false),
    ]

    private static let documentation: Set<Name> = [
        "title", "description", "example", "examples", "externalDocs", "$comment", "summary", "$schema", "$id",
        "$anchor", "$dynamicAnchor", "$defs", "definitions", "contentEncoding", "contentMediaType", "contentSchema",
    ]

    private mutating func add(_ node: Node, _ references: References, _ visited: inout Set<Location>) {
        if node.boolean == false { refusesEverything = true }
        guard let mapping = node.mapping, visited.insert(node.location).inserted else { return }
        // A schema of more parts is compared as it is written.
        guard visited.count < 400 else {
            others.append(Mapping.Entry(key: "allOf", keyLocation: node.location, value: node))
            return
        }
        if let reference = mapping["$ref"]?.value, case .found(let target) = references.target(of: reference) {
            add(target, references, &visited)
        }
        let isExclusive = (
            mapping["exclusiveMinimum"]?.value.boolean == true, mapping["exclusiveMaximum"]?.value.boolean == true
        )
        for entry in mapping.entries {
            switch entry.key {
            case "type": addTypes(entry)
            case "nullable": allowsNull = allowsNull || entry.value.boolean == true
            case "enum": addValues(entry.value.sequence ?? [], entry.keyLocation)
            case "const": addValues([entry.value], entry.keyLocation)
            case "format": format = entry.value
            case "pattern": patterns.append(entry.value)
            case "uniqueItems": if entry.value.boolean == true { isUnique = entry.keyLocation }
            case "properties": addProperties(entry.value.mapping?.entries ?? [])
            case "required":
                for name in entry.value.sequence ?? [] {
                    if let text = name.string { required[Name(text)] = name.location }
                }
            case "additionalProperties": additional = entry.value
            case "items": items = entry.value
            case "prefixItems": prefixItems = entry.value.sequence ?? []
            case "allOf": for part in entry.value.sequence ?? [] { add(part, references, &visited) }
            case "oneOf", "anyOf":
                alternatives.append(
                    Alternatives(
                        keyword: entry.key, location: entry.keyLocation, schemas: entry.value.sequence ?? []))
            case "discriminator": discriminator = entry
            case "default": standard = entry.value
            case "readOnly": if entry.value.boolean == true { readOnly = entry.keyLocation }
            case "writeOnly": if entry.value.boolean == true { writeOnly = entry.keyLocation }
            case "deprecated": if entry.value.boolean == true { deprecated = entry.keyLocation }
            case "minimum": addBound(entry, as: isExclusive.0 ? "exclusiveMinimum" : "minimum")
            case "maximum": addBound(entry, as: isExclusive.1 ? "exclusiveMaximum" : "maximum")
            case "$ref": break
            default:
                if Self.boundKeywords.contains(where: { $0.name == entry.key }) {
                    addBound(entry, as: entry.key)
                } else if !Self.documentation.contains(entry.key), !entry.key.hasPrefix("x-") {
                    others.append(entry)
                }
            }
        }
    }

    private mutating func addTypes(_ entry: Mapping.Entry) {
        var names = Set(entry.value.string.map { [$0] } ?? entry.value.sequence?.compactMap(\.string) ?? [])
        if names.remove("null") != nil { allowsNull = true }
        types = types.map { $0.intersection(names) } ?? names
        typeLocation = entry.keyLocation
    }

    private mutating func addValues(_ nodes: [Node], _ location: Location) {
        values = values.map { known in known.filter { old in nodes.contains { NodeValue.same($0, old) } } } ?? nodes
        valuesLocation = location
    }

    private mutating func addProperties(_ entries: [Mapping.Entry]) {
        for entry in entries {
            if let index = properties.firstIndex(where: { $0.name == entry.key }) {
                properties[index].schemas.append(entry.value)
            } else {
                properties.append(Property(name: entry.key, location: entry.keyLocation, schemas: [entry.value]))
            }
        }
    }

    private mutating func addBound(_ entry: Mapping.Entry, as name: Name) {
        guard let scalar = entry.value.scalar, scalar.isNumber, let value = Double(scalar.text) else { return }
        let isUpper = Self.boundKeywords.first { $0.name == name }?.isUpper ?? false
        if let known = bounds[name], isUpper ? known.value <= value : known.value >= value { return }
        bounds[name] = Bound(value: value, text: scalar.text, location: entry.keyLocation)
    }

    /// `oneOf: [A, {type: "null"}]` is A, or null.
    private mutating func unwrapNull(_ references: References) {
        for index in alternatives.indices {
            let count = alternatives[index].schemas.count
            alternatives[index].schemas.removeAll { node in
                guard let mapping = references.resolved(node)?.mapping else { return false }
                return mapping["type"]?.value.string == "null" && mapping.entries.count <= 2
            }
            if alternatives[index].schemas.count < count { allowsNull = true }
        }
        let single = alternatives.filter { $0.schemas.count == 1 }
        alternatives.removeAll { $0.schemas.count <= 1 }
        for alternative in single {
            var visited: Set<Location> = []
            for schema in alternative.schemas { add(schema, references, &visited) }
        }
        alternatives.removeAll { $0.schemas.isEmpty }
    }
}
