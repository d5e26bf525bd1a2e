/// A JSON Schema of one parameter: how its text becomes a Swift value, and what that value has to satisfy.
public protocol ValueSchema<Value>: Sendable {
    /// The Swift type of the value.
    associatedtype Value

    /// The value, or `nil` after every broken rule was reported.
    func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> Value?
}

/// `type: string` ([JSON Schema §6.3](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3)).
///
/// Lengths are counted in Unicode code points, as JSON Schema has it.
public struct StringSchema: ValueSchema {
    private let minimumLength: Int
    private let maximumLength: Int

    /// A schema with the given keywords.
    public init(minLength: Int = 0, maxLength: Int = .max) {
        minimumLength = minLength
        maximumLength = maxLength
    }

    /// The text itself, if its length is right.
    public func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> String? {
        // A text has at least a quarter and at most as many code points as bytes; counting is rarely needed.
        let bytes = text.utf8.count
        if bytes > maximumLength, text.unicodeScalars.count > maximumLength {
            report("maxLength", "must have at most \(maximumLength) \(characters(maximumLength))")
            return nil
        }
        if bytes < minimumLength.multipliedReportingOverflow(by: 4).partialValue,
            text.unicodeScalars.count < minimumLength
        {
            report("minLength", "must have at least \(minimumLength) \(characters(minimumLength))")
            return nil
        }
        return text
    }

    private func characters(_ count: Int) -> String { count == 1 ? "character" : "characters" }
}

/// `type: integer`; `format: int32` and `int64` are the Swift types `Int32` and `Int64`, no format is `Int`.
public struct IntegerSchema<Value: FixedWidthInteger & SignedInteger & Sendable>: ValueSchema {
    private let minimum: Value
    private let maximum: Value
    private let divisor: Value?

    /// A schema with the given keywords; exclusive bounds are given as the nearest inclusive ones.
    public init(minimum: Value = .min, maximum: Value = .max, multipleOf divisor: Value? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.divisor = divisor
    }

    /// The integer in plain decimal, if it is within its bounds.
    public func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> Value? {
        // Int's own initializer also takes "+1".
        guard text.utf8.first != UInt8(ascii: "+"), let value = Value(text) else {
            report("type", "must be an integer of \(Value.bitWidth) bits")
            return nil
        }
        if value < minimum {
            report("minimum", "must be at least \(minimum)")
            return nil
        }
        if value > maximum {
            report("maximum", "must be at most \(maximum)")
            return nil
        }
        if let divisor, !value.isMultiple(of: divisor) {
            report("multipleOf", "must be a multiple of \(divisor)")
            return nil
        }
        return value
    }
}

/// `type: number`.
public struct NumberSchema: ValueSchema {
    private let minimum: Double?
    private let maximum: Double?
    private let exclusiveMinimum: Double?
    private let exclusiveMaximum: Double?

    /// A schema with the given keywords.
    public init(
        minimum: Double? = nil, maximum: Double? = nil, exclusiveMinimum: Double? = nil, exclusiveMaximum: Double? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.exclusiveMinimum = exclusiveMinimum
        self.exclusiveMaximum = exclusiveMaximum
    }

    /// The number in decimal, finite and within its bounds.
    public func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard isDecimal, text.utf8.first != UInt8(ascii: "+"), let value = Double(text), value.isFinite else {
            report("type", "must be a number")
            return nil
        }
        if let minimum, value < minimum {
            report("minimum", "must be at least \(minimum)")
            return nil
        }
        if let maximum, value > maximum {
            report("maximum", "must be at most \(maximum)")
            return nil
        }
        if let exclusiveMinimum, value <= exclusiveMinimum {
            report("exclusiveMinimum", "must be greater than \(exclusiveMinimum)")
            return nil
        }
        if let exclusiveMaximum, value >= exclusiveMaximum {
            report("exclusiveMaximum", "must be less than \(exclusiveMaximum)")
            return nil
        }
        return value
    }
}

/// `type: boolean`.
public struct BooleanSchema: ValueSchema {
    /// The only one there is.
    public init() {}

    /// `true` or `false`, nothing else.
    public func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> Bool? {
        switch text {
        case "true": return true
        case "false": return false
        default:
            report("type", "must be true or false")
            return nil
        }
    }
}

/// `enum` of strings.
public struct EnumerationSchema<Value: RawRepresentable & CaseIterable & Sendable>: ValueSchema
where Value.RawValue == String {
    /// The schema of that enumeration.
    public init(_ type: Value.Type) {}

    /// The case whose text is the same to the byte.
    public func decode(_ text: String, report: (_ rule: String, _ message: String) -> Void) -> Value? {
        if let value = Value.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) { return value }
        report("enum", "must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }
}
