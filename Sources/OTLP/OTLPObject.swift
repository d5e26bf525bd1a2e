import JSON

/// An object of a document in OTLP/JSON with its place, so that whatever is wrong in it can be said with its place.
struct OTLPObject {
    private let members: JSONObject
    private let pointer: String

    init(_ value: JSONValue, at pointer: String) throws(OTLPError) {
        guard case .object(let members) = value else { throw OTLPError("must be an object", at: pointer) }
        self.members = members
        self.pointer = pointer
    }

    /// Whether the field is there and not null.
    func has(_ name: String) -> Bool { member(name) != nil }

    func error(_ message: String) -> OTLPError {
        OTLPError(message, at: pointer)
    }

    private func error(_ name: String, _ message: String) -> OTLPError {
        OTLPError(message, at: "\(pointer)/\(name)")
    }

    private func member(_ name: String) -> JSONValue? {
        guard let value = members[name], !value.isNull else { return nil }
        return value
    }

    // MARK: Objects

    func object(_ name: String) throws(OTLPError) -> OTLPObject? {
        guard let value = member(name) else { return nil }
        return try OTLPObject(value, at: "\(pointer)/\(name)")
    }

    func list<Element>(
        _ name: String, _ read: (OTLPObject) throws(OTLPError) -> Element
    ) throws(OTLPError) -> [Element] {
        guard let value = member(name) else { return [] }
        guard case .array(let elements) = value else { throw error(name, "must be an array") }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            result.append(try read(try OTLPObject(element, at: "\(pointer)/\(name)/\(index)")))
        }
        return result
    }

    // MARK: Plain values; a field that is not there has its type's zero

    func string(_ name: String) throws(OTLPError) -> String {
        guard let value = member(name) else { return "" }
        guard case .string(let text) = value else { throw error(name, "must be a string") }
        return text
    }

    func bool(_ name: String) throws(OTLPError) -> Bool {
        guard let value = member(name) else { return false }
        guard case .bool(let bool) = value else { throw error(name, "must be true or false") }
        return bool
    }

    func unsigned64(_ name: String) throws(OTLPError) -> UInt64 {
        try integer(name, "must be a whole number from 0 to 2^64 - 1")
    }

    func signed64(_ name: String) throws(OTLPError) -> Int64 {
        try integer(name, "must be a whole number of 64 bits")
    }

    func unsigned32(_ name: String) throws(OTLPError) -> UInt32 {
        try integer(name, "must be a whole number from 0 to 2^32 - 1")
    }

    private func integer<Integer: FixedWidthInteger>(
        _ name: String, _ message: @autoclosure () -> String
    ) throws(OTLPError) -> Integer {
        let integer: Integer? =
            switch member(name) {
            case nil: 0
            case .string(let text): Integer(text)
            case .number(let number): Integer(number.text) ?? number.integer.flatMap { Integer(exactly: $0) }
            default: nil
            }
        guard let integer else { throw error(name, message()) }
        return integer
    }

    func double(_ name: String) throws(OTLPError) -> Double {
        let double: Double? =
            switch member(name) {
            case nil: 0
            case .number(let number): number.double
            case .string("NaN"): .nan
            case .string("Infinity"): .infinity
            case .string("-Infinity"): -.infinity
            case .string(let text): JSONNumber(text: text)?.double
            default: nil
            }
        guard let double else { throw error(name, "must be a number, NaN, Infinity or -Infinity") }
        return double
    }

    func bytes(_ name: String) throws(OTLPError) -> [UInt8] {
        guard let bytes = Base64.decode(try string(name).utf8) else { throw error(name, "must be base64") }
        return bytes
    }

    func enumeration(_ name: String, _ type: TraceEnumeration) throws(OTLPError) -> Int32 {
        guard case .string(let text)? = member(name) else {
            return try integer(name, "must be \(type.expectation)")
        }
        guard let number = type.number(of: text.utf8) else { throw error(name, "must be \(type.expectation)") }
        return number
    }

    // MARK: Identifiers

    /// The bytes of an identifier in either of its forms, none for one that is not there.
    func identifier(_ name: String, byteCount: Int, mayBeEmpty: Bool) throws(OTLPError) -> [UInt8] {
        let text = try string(name)
        if text.isEmpty, mayBeEmpty { return [] }
        guard let value = IdentifierText.decode(text.utf8, byteCount: byteCount) else {
            throw error(name, "must be an identifier of \(byteCount) bytes, hexadecimal or base64")
        }
        return IdentifierText.bytes(value, byteCount: byteCount)
    }

    func traceID(_ name: String) throws(OTLPError) -> TraceID {
        guard let identifier = TraceID(hexadecimal: try string(name)) else {
            throw error(name, "must be 32 hexadecimal digits")
        }
        return identifier
    }

    func spanID(_ name: String) throws(OTLPError) -> SpanID {
        guard let identifier = SpanID(hexadecimal: try string(name)) else {
            throw error(name, "must be 16 hexadecimal digits")
        }
        return identifier
    }

    /// Nil for an empty one too.
    func optionalSpanID(_ name: String) throws(OTLPError) -> SpanID? {
        try string(name).isEmpty ? nil : try spanID(name)
    }
}
