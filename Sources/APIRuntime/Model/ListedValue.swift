/// An enumeration of listed values that are not all of one type of JSON.
public protocol ListedValue: Codable, CaseIterable, Hashable, Sendable, LosslessStringConvertible {
    /// The value as JSON has it.
    var rawValue: ListedScalar { get }
}

extension ListedValue {
    /// The case of a value; `nil` for one that is not listed.
    public init?(rawValue: ListedScalar) {
        guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = found
    }

    /// The first case that is written so in plain text, such as a header field.
    public init?(_ description: String) {
        guard let found = Self.allCases.first(where: { bytesEqual($0.description, description) }) else { return nil }
        self = found
    }

    /// The value as plain text.
    public var description: String { rawValue.description }

    /// Reads one of the listed values.
    ///
    /// - Throws: `DecodingError` for any other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(rawValue: try container.decode(ListedScalar.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "is none of the listed values")
        }
        self = value
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        try rawValue.encode(to: encoder)
    }
}

/// A string, number or boolean of JSON.
public enum ListedScalar: Codable, Hashable, Sendable, CustomStringConvertible {
    /// A string.
    case string(String)
    /// A whole number, however it is written.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// `true` or `false`.
    case boolean(Bool)

    /// Reads a scalar.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    /// Writes the scalar.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .boolean(let value): try container.encode(value)
        }
    }

    /// Whether the values are the same, strings to the byte.
    public static func == (left: ListedScalar, right: ListedScalar) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): bytesEqual(left, right)
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.string, _), (.integer, _), (.number, _), (.boolean, _): false
        }
    }

    /// As plain text.
    public var description: String {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .boolean(let value): "\(value)"
        }
    }
}
