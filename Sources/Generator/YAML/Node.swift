/// A value of a YAML or JSON document with the place where it starts.
struct Node: Sendable {
    var content: Content
    var location: Location

    enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping(Mapping)
    }
}

/// A scalar with its type by the core schema of YAML 1.2. Numbers keep their text.
struct Scalar: Sendable {
    enum Kind: Sendable {
        case null
        case boolean(Bool)
        case integer
        case float
        case string
    }

    var kind: Kind

    /// Whether it is an integer or another number.
    var isNumber: Bool {
        switch kind {
        case .integer, .float: true
        case .null, .boolean, .string: false
        }
    }
    var text: String
}

/// Keys and values in the order of the document.
struct Mapping: Sendable {
    struct Entry: Sendable {
        var key: Name
        var keyLocation: Location
        var value: Node
    }

    var entries: [Entry]

    subscript(_ key: Name) -> Entry? { entries.first { $0.key == key } }
}

extension Node {
    var mapping: Mapping? {
        if case .mapping(let mapping) = content { mapping } else { nil }
    }

    var sequence: [Node]? {
        if case .sequence(let sequence) = content { sequence } else { nil }
    }

    var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The text of a string; nil for numbers and everything else.
    var string: String? {
        if let scalar, case .string = scalar.kind { scalar.text } else { nil }
    }

    var boolean: Bool? {
        if let scalar, case .boolean(let value) = scalar.kind { value } else { nil }
    }

    var isNull: Bool {
        if let scalar, case .null = scalar.kind { true } else { false }
    }

    /// What the value is, in the words of an error message.
    var kindDescription: String {
        switch content {
        case .mapping: "an object"
        case .sequence: "an array"
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: "null"
            case .boolean: "a boolean"
            case .integer: "an integer"
            case .float: "a number"
            case .string: "a string"
            }
        }
    }
}
