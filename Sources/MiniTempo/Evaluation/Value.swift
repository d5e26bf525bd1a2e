import OTLP
import TraceQLSyntax

/// What an expression comes to for one span.
enum Value: Hashable, Sendable {
    /// The span has no such attribute.
    case nothing
    case integer(Int64)
    case float(Double)
    /// Bytes, for texts are compared as bytes.
    case string([UInt8])
    case boolean(Bool)
    /// Nanoseconds.
    case duration(Int64)
    case status(TraceQLStatus)
    case kind(TraceQLKind)
    /// At least one value, all of one type and none an array.
    case array([Value])

    /// A constant of a query.
    init(_ literal: TraceQLLiteral) {
        switch literal {
        case .integer(let integer): self = .integer(integer)
        case .float(let float): self = .float(float)
        case .string(let bytes): self = .string(bytes)
        case .boolean(let boolean): self = .boolean(boolean)
        case .duration(let nanoseconds): self = .duration(nanoseconds)
        case .status(let status): self = .status(status)
        case .kind(let kind): self = .kind(kind)
        }
    }

    /// An attribute's value. What Tempo cannot search (bytes, lists of keys and values, arrays of several types or of
    /// none) is nothing.
    init(_ value: AttributeValue) {
        switch value {
        case .string(let text): self = .string(Array(text.utf8))
        case .bool(let boolean): self = .boolean(boolean)
        case .integer(let integer): self = .integer(integer)
        case .double(let double): self = .float(double)
        case .array(let elements): self = .joined(elements.map { Value($0) })
        case .empty, .keyValueList, .bytes: self = .nothing
        }
    }

    /// A text.
    init(text: String) {
        self = .string(Array(text.utf8))
    }

    /// Several values as one: an array, or nothing if they are not all of one type.
    static func joined(_ values: [Value]) -> Value {
        guard let first = values.first, first.isScalar, values.allSatisfy({ $0.hasType(of: first) }) else {
            return .nothing
        }
        return .array(values)
    }

    /// What several events or links give: nothing, the one value, or an array.
    static func collected(_ values: [Value]) -> Value {
        let scalars = values.filter(\.isScalar)
        return scalars.count == 1 ? scalars[0] : joined(scalars)
    }

    private var isScalar: Bool {
        switch self {
        case .nothing, .array: false
        default: true
        }
    }

    /// Whether both are scalars of one type.
    func hasType(of other: Value) -> Bool {
        switch (self, other) {
        case (.integer, .integer), (.float, .float), (.string, .string), (.boolean, .boolean), (.duration, .duration),
            (.status, .status), (.kind, .kind):
            true
        default: false
        }
    }

    /// Whether it counts as a number.
    var isNumeric: Bool {
        switch self {
        case .integer, .float, .duration: true
        default: false
        }
    }

    /// The number, durations in nanoseconds; NaN for what is none.
    var number: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .float(let float): float
        case .duration(let nanoseconds): Double(nanoseconds)
        default: .nan
        }
    }

    /// The scalars that it stands for.
    var elements: [Value] {
        switch self {
        case .nothing: []
        case .array(let elements): elements
        default: [self]
        }
    }

    /// As Tempo's messages call the type.
    var typeName: String {
        switch self {
        case .nothing: "TypeNil"
        case .integer: "TypeInt"
        case .float: "TypeFloat"
        case .string: "TypeString"
        case .boolean: "TypeBoolean"
        case .duration: "TypeDuration"
        case .status: "TypeStatus"
        case .kind: "TypeKind"
        case .array(let elements): (elements.first?.typeName ?? "TypeNil") + "Array"
        }
    }

    /// As a text without quotation marks.
    var text: String {
        switch self {
        case .nothing: "nil"
        case .integer(let integer): String(integer)
        case .float(let float): NumberText.plain(float)
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .duration(let nanoseconds): DurationText.go(nanoseconds)
        case .status(let status): status.rawValue
        case .kind(let kind): kind.rawValue
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
        }
    }
}

/// Why a query ends with an error where it meets spans. Tempo answers with it, so it tells of the spans that it met.
struct EvaluationError: Error, Equatable {
    /// In Tempo's words.
    let message: String
}
