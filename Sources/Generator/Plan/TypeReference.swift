/// A type in the place where it is used.
indirect enum TypeReference: Sendable, Hashable {
    case string
    case boolean
    case integer(IntegerType)
    case double
    /// Text of a format that has a type of the runtime's.
    case format(FormatType)
    /// Any JSON value.
    case json
    case array(TypeReference)
    /// An object whose names are free.
    case dictionary(TypeReference)
    /// A model of the document's own, by the address of its schema.
    case model(JSONPointer, name: String)
    /// A type nested in the one that uses it.
    case nested(String)
    /// A text that is JSON, as what that is.
    case jsonText(TypeReference)
    /// The value or null, within arrays and dictionaries.
    case nullable(TypeReference)

    enum IntegerType: String, Sendable, Hashable {
        case int = "Int"
        case int32 = "Int32"
        case int64 = "Int64"
    }

    /// As Swift writes it.
    var text: String {
        switch self {
        case .string: "String"
        case .boolean: "Bool"
        case .integer(let type): type.rawValue
        case .double: "Double"
        case .format(let type): type.rawValue
        case .json: "JSONValue"
        case .array(let element): "[\(element.text)]"
        case .dictionary(let value): "[String: \(value.text)]"
        case .model(_, let name): name
        case .nested(let name): name
        case .jsonText(let type): "JSONText<\(type.text)>"
        case .nullable(let type): "\(type.text)?"
        }
    }

    /// Whether `JSONValue` stands in it.
    var usesJSON: Bool {
        switch self {
        case .json: true
        case .array(let type), .dictionary(let type), .jsonText(let type), .nullable(let type): type.usesJSON
        case .string, .boolean, .integer, .double, .format, .model, .nested: false
        }
    }

    /// Whether one of the runtime's types stands in it.
    var publishesRuntime: Bool {
        switch self {
        case .format, .jsonText: true
        case .array(let type), .dictionary(let type), .nullable(let type): type.publishesRuntime
        case .string, .boolean, .integer, .double, .json, .model, .nested: false
        }
    }
}
