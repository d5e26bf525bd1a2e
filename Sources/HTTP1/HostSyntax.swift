/// The value of `Host`: a name or an address with an optional port
/// ([RFC 9110 §7.2](https://www.rfc-editor.org/rfc/rfc9110#section-7.2)).
///
/// Stricter than the URI grammar: names hold letters, digits and `-._~` only, an address in brackets is IPv6 without a
/// zone, and a colon is followed by a port of 0–65535.
enum HostSyntax {
    static func isValid(_ value: UnsafeRawBufferPointer) -> Bool {
        var end = 0
        if let first = value.first, first == UInt8(ascii: "[") {
            guard let bracket = value.firstIndex(of: UInt8(ascii: "]")),
                isAddress(value.slice(1..<bracket))
            else { return false }
            end = bracket + 1
        } else {
            while end < value.count, isNameByte(value[end]) { end += 1 }
            guard end > 0, end <= 255 else { return false }
        }
        guard end < value.count else { return true }
        return value[end] == UInt8(ascii: ":") && isPort(value.slice(end + 1..<value.count))
    }

    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || Byte.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
    }

    private static func isAddress(_ value: UnsafeRawBufferPointer) -> Bool {
        guard (2...45).contains(value.count) else { return false }
        var colons = 0
        for byte in value {
            if byte == UInt8(ascii: ":") {
                colons += 1
            } else if !Byte.isHexDigit(byte), byte != UInt8(ascii: ".") {
                return false
            }
        }
        return (2...7).contains(colons)
    }

    private static func isPort(_ digits: UnsafeRawBufferPointer) -> Bool {
        guard (1...5).contains(digits.count) else { return false }
        var port = 0
        for byte in digits {
            guard Byte.isDigit(byte) else { return false }
            port = port * 10 + Int(byte &- 0x30)
        }
        return port <= 65_535
    }
}
