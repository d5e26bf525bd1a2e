/// Why URL-encoded text could not be decoded.
public enum URLEncodingError: Error, Sendable, Equatable {
    /// A `%` that is not followed by two hexadecimal digits.
    case badEscape
    /// The decoded bytes are no UTF-8.
    case notUTF8
    /// A `;`, which some servers take for a separator and others for data.
    case semicolon
}

/// Names and values in the order in which they stood.
public typealias FormFields = [(name: String, value: String)]

/// The fields of a query string or of an `application/x-www-form-urlencoded` body
/// ([URL Standard §5.1](https://url.spec.whatwg.org/#urlencoded-parsing)), more strictly than the standard has it: a bad
/// escape, a raw `;` and bytes that are no UTF-8 are errors, for what two parsers read differently is a hole.
public func decodeForm(_ text: some Collection<UInt8>) throws(URLEncodingError) -> FormFields {
    var fields: FormFields = []
    for pair in text.split(separator: UInt8(ascii: "&")) {
        if let equals = pair.firstIndex(of: UInt8(ascii: "=")) {
            fields.append(
                (
                    try percentDecode(pair[..<equals], plusIsSpace: true),
                    try percentDecode(pair[pair.index(after: equals)...], plusIsSpace: true)
                ))
        } else {
            fields.append((try percentDecode(pair, plusIsSpace: true), ""))
        }
    }
    return fields
}

/// The text with each `%XX` replaced by its byte, once; in forms `+` is a space.
public func percentDecode(
    _ text: some Collection<UInt8>, plusIsSpace: Bool
) throws(URLEncodingError) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = iterator.next().flatMap(hexadecimalDigit),
                let low = iterator.next().flatMap(hexadecimalDigit)
            else { throw .badEscape }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where plusIsSpace:
            bytes.append(UInt8(ascii: " "))
        case UInt8(ascii: ";") where plusIsSpace:
            throw .semicolon
        default:
            bytes.append(byte)
        }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    return decoded
}

/// Appends the text with every byte but the unreserved ones
/// ([RFC 3986 §2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)) as `%XX`.
public func percentEncode(_ text: String, into encoded: inout [UInt8]) {
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            encoded.append(byte)
        default:
            encoded.append(UInt8(ascii: "%"))
            encoded.append(uppercaseDigit(byte >> 4))
            encoded.append(uppercaseDigit(byte & 15))
        }
    }
}

/// The fields as a query string or form body, in ASCII: everything but unreserved characters is escaped, a space as `%20`.
public func encodeForm(_ fields: FormFields) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(fields.reduce(0) { $0 + $1.name.utf8.count + 2 * $1.value.utf8.count + 2 })
    for (name, value) in fields {
        if !encoded.isEmpty { encoded.append(UInt8(ascii: "&")) }
        percentEncode(name, into: &encoded)
        encoded.append(UInt8(ascii: "="))
        percentEncode(value, into: &encoded)
    }
    return encoded
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

private func uppercaseDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
