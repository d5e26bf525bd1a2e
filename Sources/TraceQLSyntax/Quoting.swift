// Strings and names as the printer writes them: nothing in them can end them early, in Tempo's scanner or in another.

extension Array where Element == UInt8 {
    /// Appends `bytes` in double quotes with Go's escapes. Text beyond ASCII stays; what is not UTF-8, control
    /// characters and byte order marks are escaped.
    mutating func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var plain = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            let scalar = DecodedScalar(bytes, at: index)
            if byte >= 0x80, !scalar.isInvalid, scalar.value >= 0xA0, scalar.value != 0xFEFF {
                index += scalar.width
                continue
            }
            if plain < index { append(bytes, plain..<index) }
            if scalar.isInvalid {
                append("\\x")
                append(hexadecimal: UInt32(byte), digits: 2)
            } else {
                switch byte {
                case UInt8(ascii: "\""): append("\\\"")
                case UInt8(ascii: "\\"): append("\\\\")
                case 0x0A: append("\\n")
                case 0x0D: append("\\r")
                case 0x09: append("\\t")
                default:
                    append("\\u")
                    append(hexadecimal: scalar.value, digits: 4)
                }
            }
            index += scalar.width
            plain = index
        }
        if plain < index { append(bytes, plain..<index) }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(hexadecimal value: UInt32, digits: Int) {
        for index in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(4 * index) & 0xF)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// Appends an attribute's name, in quotes unless no character of it means anything anywhere.
    mutating func appendName(_ name: UnsafeBufferPointer<UInt8>, scope: TraceQLScope) {
        if isPlainName(name, scope: scope) {
            append(contentsOf: name)
            return
        }
        append(UInt8(ascii: "\""))
        for byte in name {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }
}

/// Letters, digits and `_ . - :`, and what is beyond ASCII and no space, beginning with a letter, `_` or the like. A
/// scope's name at the start counts as special, for after `parent.` it would be one, and a digit after a lone dot would
/// be a number.
private func isPlainName(_ name: UnsafeBufferPointer<UInt8>, scope: TraceQLScope) -> Bool {
    guard let first = name.first, isLetter(first) || first >= 0x80 || scope != .none && isDigit(first) else {
        return false
    }
    var index = 0
    while index < name.count {
        let byte = name[index]
        if byte >= 0x80 {
            let scalar = DecodedScalar(name, at: index)
            if scalar.isInvalid || scalar.value < 0xA0 || scalar.value == 0xFEFF || isSpace(scalar.value) {
                return false
            }
            index += scalar.width
        } else {
            guard
                isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ":")
            else { return false }
            index += 1
        }
    }
    return !begins(name, "span.") && !begins(name, "resource.")
}

private func begins(_ name: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    return name.count >= count && isWord(UnsafeBufferPointer(rebasing: name[..<count]), prefix)
}
