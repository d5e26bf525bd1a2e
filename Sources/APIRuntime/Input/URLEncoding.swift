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
    try withContiguousBytes(of: text) { bytes throws(URLEncodingError) in
        var fields: FormFields = []
        var start = 0
        while start < bytes.count {
            let end = bytes.firstPosition(of: UInt8(ascii: "&"), from: start, to: bytes.count)
            if start < end {
                let equals = bytes.firstPosition(of: UInt8(ascii: "="), from: start, to: end)
                let name = try decode(bytes, from: start, to: equals, plusIsSpace: true)
                let value = try decode(bytes, from: min(equals + 1, end), to: end, plusIsSpace: true)
                fields.append((name, value))
            }
            start = end + 1
        }
        return fields
    }
}

/// The text with each `%XX` replaced by its byte, once; in forms `+` is a space.
public func percentDecode(
    _ text: some Collection<UInt8>, plusIsSpace: Bool
) throws(URLEncodingError) -> String {
    try withContiguousBytes(of: text) { bytes throws(URLEncodingError) in
        try decode(bytes, from: 0, to: bytes.count, plusIsSpace: plusIsSpace)
    }
}

/// Decodes into a string of the right size at once: every request's parameters come through here.
private func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, plusIsSpace: Bool
) throws(URLEncodingError) -> String {
    // The string's initializer would repair what is no UTF-8, and only rethrows errors of any kind.
    var failure: URLEncodingError?
    var isASCII = true
    let decoded = String(unsafeUninitializedCapacity: end - start) { buffer in
        var count = 0
        var index = start
        while index < end {
            var byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "%"):
                guard index + 1 < end, let high = hexadecimalDigit(bytes[index]),
                    let low = hexadecimalDigit(bytes[index + 1])
                else {
                    failure = .badEscape
                    return 0
                }
                byte = high << 4 | low
                index += 2
            case UInt8(ascii: "+") where plusIsSpace: byte = UInt8(ascii: " ")
            case UInt8(ascii: ";") where plusIsSpace:
                failure = .semicolon
                return 0
            default: break
            }
            if byte >= 0x80 { isASCII = false }
            buffer[count] = byte
            count += 1
        }
        if !isASCII, String(validating: UnsafeBufferPointer(rebasing: buffer[..<count]), as: UTF8.self) == nil {
            failure = .notUTF8
            return 0
        }
        return count
    }
    if let failure { throw failure }
    return decoded
}

private func withContiguousBytes<Value>(
    of text: some Collection<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(URLEncodingError) -> Value
) throws(URLEncodingError) -> Value {
    let result = text.withContiguousStorageIfAvailable { bytes in
        Result { () throws(URLEncodingError) in try body(bytes) }
    }
    if let result { return try result.get() }
    return try Array(text).withUnsafeBufferPointer { bytes in
        Result { () throws(URLEncodingError) in try body(bytes) }
    }.get()
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the byte stands first within the positions; `end` if nowhere.
    fileprivate func firstPosition(of byte: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, self[index] != byte { index += 1 }
        return index
    }
}

/// Appends the text with every byte but the unreserved ones
/// ([RFC 3986 §2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)) as `%XX`.
public func percentEncode(_ text: String, into encoded: inout [UInt8]) {
    var text = text
    text.withUTF8 { bytes in
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, isUnreserved(bytes[index]) { index += 1 }
            encoded.append(contentsOf: bytes[start..<index])
            while index < bytes.count, !isUnreserved(bytes[index]) {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(uppercaseDigit(bytes[index] >> 4))
                encoded.append(uppercaseDigit(bytes[index] & 15))
                index += 1
            }
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

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}

@inline(__always)
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
