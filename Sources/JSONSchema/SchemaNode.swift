import JSON

/// One schema of a ``SchemaSet``. Schemas within it are positions in the set.
struct SchemaNode: Sendable {
    /// What people call it.
    var title: String?
    var types: SchemaTypes = .all
    var values: [JSONValue]?
    var defaultValue: JSONValue?
    var isReadOnly = false
    var isWriteOnly = false
    /// Whether null passes, whatever else is said.
    var isNullable = false
    /// The schema `false`.
    var isNever = false

    var minimumLength: Int?
    var maximumLength: Int?
    var pattern: Pattern?
    var format: Format?
    /// The schema of what a text is as JSON.
    var content: Int?

    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var exclusiveMinimum: JSONNumber?
    var exclusiveMaximum: JSONNumber?
    var multipleOf: JSONNumber?
    /// The range of a format such as `int32`.
    var range: ClosedRange<Int>?

    var prefixItems: [Int] = []
    var items: Int?
    var minimumItems: Int?
    var maximumItems: Int?
    var hasUniqueItems = false
    var contains: Int?
    var minimumContains: Int?
    var maximumContains: Int?
    var unevaluatedItems: Int?

    var properties: [(name: String, schema: Int)] = []
    var patternProperties: [(pattern: Pattern, schema: Int)] = []
    var additionalProperties: Int?
    var unevaluatedProperties: Int?
    var propertyNames: Int?
    var required: [String] = []
    var minimumProperties: Int?
    var maximumProperties: Int?
    var dependentRequired: [(name: String, names: [String])] = []
    var dependentSchemas: [(name: String, schema: Int)] = []
    /// The names of ``properties``, found by their bytes.
    var names = JSONObject()

    var allOf: [Int] = []
    var anyOf: [Int] = []
    var oneOf: [Int] = []
    var not: Int?
    var condition: Int?
    var then: Int?
    var otherwise: Int?
    var discriminator: Discriminator?

    /// https://spec.openapis.org/oas/v3.1.0#discriminator-object
    struct Discriminator: Sendable {
        var property: String
        /// Which value chooses which of the alternatives.
        var branches: [(value: String, index: Int)]
        /// The alternative where the property is missing or has another value.
        var fallback: Int?
    }

    /// Whether its alternatives exclude each other.
    var isExclusive: Bool { !oneOf.isEmpty }
    var alternatives: [Int] { oneOf.isEmpty ? anyOf : oneOf }
}

/// Types of JSON Schema.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: Int

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let integer = SchemaTypes(rawValue: 4)
    /// Numbers that are no integers; `number` means both.
    static let fraction = SchemaTypes(rawValue: 8)
    static let string = SchemaTypes(rawValue: 16)
    static let array = SchemaTypes(rawValue: 32)
    static let object = SchemaTypes(rawValue: 64)
    static let number: SchemaTypes = [.integer, .fraction]
    static let all = SchemaTypes(rawValue: 127)

    init(rawValue: Int) { self.rawValue = rawValue }

    init?(name: String) {
        switch name {
        case "null": self = .null
        case "boolean": self = .boolean
        case "integer": self = .integer
        case "number": self = .number
        case "string": self = .string
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    init(of value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .number(let number): self = number.isWhole ? .integer : .fraction
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// As a sentence names them.
    var description: String {
        var names: [String] = []
        if contains(.string) { names.append("a string") }
        if contains(.number) { names.append("a number") } else if contains(.integer) { names.append("an integer") }
        if contains(.boolean) { names.append("true or false") }
        if contains(.array) { names.append("an array") }
        if contains(.object) { names.append("an object") }
        if contains(.null) { names.append("null") }
        return names.joined(separator: " or ")
    }
}

extension JSONNumber {
    /// Whether it is an integer, however large and however written.
    var isWhole: Bool {
        if integer != nil { return true }
        // Beyond 64 bits: a number without a fraction, or one so large that a double has none.
        if text.utf8.allSatisfy({ $0 != 0x2E && $0 | 0x20 != 0x65 }) { return true }
        guard let value = double else { return true }
        return value.magnitude >= 0x1p53
    }

    /// Compares by value: exactly where both are integers of 64 bits.
    func isLess(than other: JSONNumber) -> Bool {
        if let left = integer, let right = other.integer { return left < right }
        return approximation < other.approximation
    }

    /// The nearest double; infinity beyond the range.
    var approximation: Double {
        double ?? (text.utf8.first == 0x2D ? -Double.infinity : Double.infinity)
    }

    func isMultiple(of divisor: JSONNumber) -> Bool {
        if let value = integer, let divisor = divisor.integer { return divisor != 0 && value % divisor == 0 }
        let quotient = approximation / divisor.approximation
        guard quotient.isFinite else { return false }
        guard quotient.magnitude < 0x1p52 else { return true }
        // 0.3 is a multiple of 0.1, though their quotient as doubles is no integer.
        let nearest = Double(Int64(quotient + (quotient < 0 ? -0.5 : 0.5)))
        return (quotient - nearest).magnitude <= 1e-9 * max(1, quotient.magnitude)
    }
}

extension JSONValue {
    /// How many values there are in it, itself included.
    var size: Int {
        switch self {
        case .array(let values): values.reduce(1) { $0 + $1.size }
        case .object(let object): object.members.reduce(1) { $0 + $1.value.size }
        case .null, .bool, .number, .string: 1
        }
    }

    /// How many bytes its texts have.
    var textSize: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .array(let values): values.reduce(0) { $0 + $1.textSize }
        case .object(let object): object.members.reduce(0) { $0 + $1.value.textSize }
        case .null, .bool, .number: 0
        }
    }

    /// Equal as JSON Schema has it: numbers by their value, 1 and 1.0 alike.
    func isEqual(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)):
            return left == right || !left.isLess(than: right) && !right.isLess(than: left)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.members.allSatisfy { member in right[member.name]?.isEqual(to: member.value) ?? false }
        default: return self == other
        }
    }

    /// Bytes that are the same for equal values, to find equals among many.
    func appendKey(to key: inout [UInt8]) {
        switch self {
        case .number(let number):
            key += (number.integer.map { "\($0)" } ?? "\(number.approximation)").utf8
        case .array(let values):
            key.append(0x5B)
            for value in values {
                value.appendKey(to: &key)
                key.append(0x2C)
            }
            key.append(0x5D)
        case .object(let object):
            key.append(0x7B)
            let members = object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            for member in members {
                JSONValue.string(member.name).appendKey(to: &key)
                member.value.appendKey(to: &key)
                key.append(0x2C)
            }
            key.append(0x7D)
        case .null, .bool, .string: key += serialized()
        }
    }
}
