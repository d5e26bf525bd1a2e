/// A key and its value, `KeyValue` of
/// [common.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto).
public struct Attribute: Sendable, Equatable {
    /// The key. That it is unique is up to the sender.
    public let key: String
    /// The value.
    public let value: AttributeValue

    /// An attribute from its parts.
    public init(key: String, value: AttributeValue) {
        self.key = key
        self.value = value
    }

    /// Whether both have keys of the same bytes and equal values.
    public static func == (left: Attribute, right: Attribute) -> Bool {
        left.key.utf8.elementsEqual(right.key.utf8) && left.value == right.value
    }
}

/// An attribute's value, `AnyValue` of
/// [common.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto).
public enum AttributeValue: Sendable {
    /// No value.
    case empty
    /// Text.
    case string(String)
    /// A truth value.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A floating-point number, infinities and NaN included.
    case double(Double)
    /// Values in order.
    case array([AttributeValue])
    /// Values with keys.
    case keyValueList([Attribute])
    /// Bytes.
    case bytes([UInt8])
}

extension AttributeValue: Equatable {
    /// Whether both are the same value of the same type, strings and numbers by their bytes.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.empty, .empty): true
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.array(let left), .array(let right)): left == right
        case (.keyValueList(let left), .keyValueList(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        default: false
        }
    }
}
