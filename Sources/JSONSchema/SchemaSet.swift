import JSON

/// Schemas that refer to each other, ready to check values with.
///
/// They are written as a JSON array of schemas in the form of
/// [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-validation) with six differences: a schema
/// within a schema may be the position of another one in the array; `$ref` is such a position; the `mapping` of a
/// `discriminator` has the position of the alternative among those of `oneOf` or `anyOf`; `format` may be one of a number's,
/// such as `int32`; `nullable` lets null pass whatever else
/// is said; `contentSchema` says that a text is JSON, and holds that to a schema.
public struct SchemaSet: Sendable {
    private(set) var nodes: [SchemaNode] = []
    /// The nodes of the array's schemas.
    private(set) var entries: [Int] = []
    /// Whether texts are held to the schema of their content.
    private(set) var holdsContents = false

    /// Why a text is no set of schemas.
    public struct Problem: Error, Sendable {
        /// What is wrong.
        public let message: String
    }

    /// A set from its text.
    public init(parsing text: [UInt8]) throws {
        let root = try JSONParser.parse(text, limits: JSONLimits(depth: 1024))
        guard let schemas = root.arrayValue else { throw Problem(message: "a set of schemas is an array") }
        entries = Array(schemas.indices)
        nodes = schemas.map { _ in SchemaNode() }
        for (index, schema) in schemas.enumerated() { nodes[index] = try node(schema) }
    }

    /// A set that a generator wrote. One that cannot be read refuses every value.
    public init(generated text: StaticString) {
        let bytes = text.withUTF8Buffer { Array($0) }
        if let set = try? SchemaSet(parsing: bytes) { self = set }
    }

    private mutating func position(_ value: JSONValue) throws -> Int {
        if let index = value.numberValue?.integer {
            guard entries.indices.contains(index) else { throw Problem(message: "there is no schema \(index)") }
            return index
        }
        let node = try node(value)
        nodes.append(node)
        return nodes.count - 1
    }

    private mutating func positions(_ value: JSONValue?) throws -> [Int] {
        var found: [Int] = []
        for value in value?.arrayValue ?? [] { found.append(try position(value)) }
        return found
    }

    private mutating func named(_ value: JSONValue?) throws -> [(name: String, schema: Int)] {
        var found: [(String, Int)] = []
        for member in value?.objectValue?.members ?? [] { found.append((member.name, try position(member.value))) }
        return found
    }

    private mutating func node(_ value: JSONValue) throws -> SchemaNode {
        var node = SchemaNode()
        if let isAnything = value.boolValue {
            node.isNever = !isAnything
            return node
        }
        guard let object = value.objectValue else { throw Problem(message: "a schema is an object") }
        func count(_ name: String) -> Int? { object[name]?.numberValue?.integer }
        func strings(_ value: JSONValue?) -> [String] { (value?.arrayValue ?? []).compactMap(\.stringValue) }
        node.title = object["title"]?.stringValue
        if let type = object["type"] {
            let names = type.stringValue.map { [$0] } ?? strings(type)
            node.types = names.reduce(into: []) { types, name in SchemaTypes(name: name).map { types.formUnion($0) } }
        }
        node.values = object["const"].map { [$0] } ?? object["enum"]?.arrayValue
        node.defaultValue = object["default"]
        node.isReadOnly = object["readOnly"]?.boolValue ?? false
        node.isWriteOnly = object["writeOnly"]?.boolValue ?? false
        node.isNullable = object["nullable"]?.boolValue ?? false
        node.minimumLength = count("minLength")
        node.maximumLength = count("maxLength")
        if let pattern = object["pattern"]?.stringValue { node.pattern = try Pattern(pattern) }
        if let format = object["format"]?.stringValue {
            node.format = Format(rawValue: format)
            node.range = Self.ranges.first { $0.format == format }?.range
        }
        node.content = try object["contentSchema"].map { try position($0) }
        if node.content != nil { holdsContents = true }
        node.minimum = object["minimum"]?.numberValue
        node.maximum = object["maximum"]?.numberValue
        node.exclusiveMinimum = object["exclusiveMinimum"]?.numberValue
        node.exclusiveMaximum = object["exclusiveMaximum"]?.numberValue
        node.multipleOf = object["multipleOf"]?.numberValue
        try readArray(object, &node)
        try readObject(object, &node)
        node.allOf = try positions(object["allOf"])
        if let reference = object["$ref"] { node.allOf.append(try position(reference)) }
        node.anyOf = try positions(object["anyOf"])
        node.oneOf = try positions(object["oneOf"])
        node.not = try object["not"].map { try position($0) }
        node.condition = try object["if"].map { try position($0) }
        node.then = try object["then"].map { try position($0) }
        node.otherwise = try object["else"].map { try position($0) }
        if let discriminator = object["discriminator"], let property = discriminator["propertyName"]?.stringValue {
            node.discriminator = SchemaNode.Discriminator(
                property: property,
                branches: (discriminator["mapping"]?.objectValue?.members ?? []).compactMap { member in
                    member.value.numberValue?.integer.map { (member.name, $0) }
                }, fallback: discriminator["defaultMapping"]?.numberValue?.integer)
        }
        return node
    }

    private mutating func readArray(_ object: JSONObject, _ node: inout SchemaNode) throws {
        func count(_ name: String) -> Int? { object[name]?.numberValue?.integer }
        node.prefixItems = try positions(object["prefixItems"])
        node.items = try object["items"].map { try position($0) }
        node.minimumItems = count("minItems")
        node.maximumItems = count("maxItems")
        node.hasUniqueItems = object["uniqueItems"]?.boolValue ?? false
        node.contains = try object["contains"].map { try position($0) }
        node.minimumContains = count("minContains")
        node.maximumContains = count("maxContains")
        node.unevaluatedItems = try object["unevaluatedItems"].map { try position($0) }
    }

    private mutating func readObject(_ object: JSONObject, _ node: inout SchemaNode) throws {
        func count(_ name: String) -> Int? { object[name]?.numberValue?.integer }
        node.properties = try named(object["properties"])
        for (name, _) in node.properties { node.names[name] = .null }
        for (pattern, schema) in try named(object["patternProperties"]) {
            node.patternProperties.append((try Pattern(pattern), schema))
        }
        node.additionalProperties = try object["additionalProperties"].map { try position($0) }
        node.unevaluatedProperties = try object["unevaluatedProperties"].map { try position($0) }
        node.propertyNames = try object["propertyNames"].map { try position($0) }
        node.required = (object["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        node.minimumProperties = count("minProperties")
        node.maximumProperties = count("maxProperties")
        for member in object["dependentRequired"]?.objectValue?.members ?? [] {
            node.dependentRequired.append(
                (member.name, (member.value.arrayValue ?? []).compactMap(\.stringValue)))
        }
        node.dependentSchemas = try named(object["dependentSchemas"])
    }

    /// The formats of numbers that are ranges.
    public static let ranges: [(format: String, range: ClosedRange<Int>)] = [
        ("int8", -0x80...0x7F), ("uint8", 0...0xFF), ("int16", -0x8000...0x7FFF), ("uint16", 0...0xFFFF),
        ("int32", Int(Int32.min)...Int(Int32.max)), ("uint32", 0...Int(UInt32.max)), ("int64", Int.min...Int.max),
        ("uint64", 0...Int.max),
    ]
}
