import OTLP

/// Protobuf's encoding, written anew so that the tests do not rest on the code that they test.
enum Wire {
    static func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
    }

    /// The fields of a message with the content of those that have bytes; nil for what is no message.
    static func fields(_ message: [UInt8]) -> [(number: UInt64, content: [UInt8]?)]? {
        var fields: [(number: UInt64, content: [UInt8]?)] = []
        var place = 0
        func varint() -> UInt64? {
            var value: UInt128 = 0
            for digit in 0..<10 {
                guard place < message.count else { return nil }
                value |= UInt128(message[place] & 0x7F) << UInt128(7 * digit)
                place += 1
                if message[place - 1] < 0x80 { return UInt64(exactly: value) }
            }
            return nil
        }
        while place < message.count {
            guard let tag = varint(), (1..<1 << 29).contains(tag >> 3) else { return nil }
            var content: [UInt8]?
            switch tag & 7 {
            case 0: guard varint() != nil else { return nil }
            case 1: place += 8
            case 2:
                guard let length = varint(), length <= UInt64(message.count - place) else { return nil }
                content = Array(message[place..<place + Int(length)])
                place += Int(length)
            case 5: place += 4
            default: return nil
            }
            guard place <= message.count else { return nil }
            fields.append((tag >> 3, content))
        }
        return fields
    }

    /// A field of bytes.
    static func bytes(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(content.count)) + content
    }

    /// A field of text.
    static func text(_ number: UInt64, _ text: String) -> [UInt8] { bytes(number, Array(text.utf8)) }

    /// A field with a number.
    static func number(_ number: UInt64, _ value: UInt64) -> [UInt8] { varint(number << 3) + varint(value) }

    /// An attribute with a string.
    static func attribute(_ key: String, _ value: String) -> [UInt8] {
        bytes(1, text(1, key) + bytes(2, text(1, value)))
    }

    /// Resource spans whose resource has these fields, with one span of that name.
    static func element(_ resource: [UInt8], span: String = "GET /", resourceLast: Bool = false) -> [UInt8] {
        let own = bytes(1, resource)
        let identifiers = bytes(1, Array(1...16)) + bytes(2, Array(1...8))
        let spans = bytes(2, bytes(2, identifiers + text(5, span)))
        return resourceLast ? spans + own : own + spans
    }

    /// A trace of these resource spans.
    static func trace(_ elements: [UInt8]...) -> [UInt8] { elements.flatMap { bytes(1, $0) } }
}

/// What the filter keeps of a trace that arrives in these pieces.
func filteredProtobuf(
    _ chunks: [[UInt8]], in envelope: TraceEnvelope = .tracesData, maximumBytes: Int = 1 << 20
) throws(ResourceSpansFilterError) -> FilteredTrace {
    var filter = ProtobufResourceSpansFilter(
        attribute: "tenant_id", values: ["acme"], in: envelope, maximumBytes: maximumBytes)
    for chunk in chunks { try filter.append(chunk) }
    return try filter.finish()
}

/// Bytes from hexadecimal digits.
func bytes(hexadecimal text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
