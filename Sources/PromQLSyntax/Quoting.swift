// Text in quotes, as Go's strconv.Quote and fmt's %q and %#U write it. Prometheus prints label values and builds its
// messages with them.

/// How far the printer may leave Prometheus' text.
enum PrintStyle {
    /// Byte for byte what Prometheus prints, also where that text means something else or cannot be parsed.
    case canonical
    /// The same, except where Prometheus' text would not parse to the same tree.
    case exact
}

extension Array where Element == UInt8 {
    /// Appends `bytes` in double quotes.
    mutating func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>, style: PrintStyle = .canonical) {
        append(UInt8(ascii: "\""))
        var plain = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            if plain < index { append(bytes, plain..<index) }
            let scalar = DecodedScalar(bytes, at: index)
            if scalar.isInvalid {
                append("\\x")
                appendHexadecimal(UInt32(byte), digits: 2)
            } else if scalar.value == DecodedScalar.replacement && style == .exact {
                // A literal U+FFFD is an error in Prometheus' lexer, its escape is not.
                append("\\ufffd")
            } else {
                appendEscaped(scalar.value, quote: UInt8(ascii: "\""))
            }
            index += scalar.width
            plain = index
        }
        if plain < index { append(bytes, plain..<index) }
        append(UInt8(ascii: "\""))
    }

    /// Appends one scalar as it stands between `quote`s.
    mutating func appendEscaped(_ value: UInt32, quote: UInt8) {
        if value == UInt32(quote) || value == UInt32(UInt8(ascii: "\\")) {
            append(UInt8(ascii: "\\"))
            appendScalar(value)
        } else if isPrintable(value) {
            appendScalar(value)
        } else {
            switch value {
            case 0x07: append("\\a")
            case 0x08: append("\\b")
            case 0x0C: append("\\f")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0x0B: append("\\v")
            case 0..<0x20, 0x7F:
                append("\\x")
                appendHexadecimal(value, digits: 2)
            case 0..<0x10000:
                append("\\u")
                appendHexadecimal(value, digits: 4)
            default:
                append("\\U")
                appendHexadecimal(value, digits: 8)
            }
        }
    }

    private mutating func appendHexadecimal(_ value: UInt32, digits: Int) {
        for index in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(4 * index) & 0xF)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
func isPrintable(_ value: UInt32) -> Bool {
    if value < 0x7F { return value >= 0x20 }
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark,
        .decimalNumber, .letterNumber, .otherNumber,
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
        .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
        return true
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .privateUse,
        .unassigned:
        return false
    @unknown default:
        return false
    }
}

/// `bytes` as `%q` writes a string; with `limit`, only so many code points of it.
func quoted(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> String {
    var end = 0
    var count = 0
    while end < bytes.count, count < limit {
        end += DecodedScalar(bytes, at: end).width
        count += 1
    }
    var output: [UInt8] = []
    output.appendQuoted(UnsafeBufferPointer(rebasing: bytes[..<end]))
    return String(decoding: output, as: UTF8.self)
}

/// One code point as `%q` writes it: `'x'`.
func quotedCharacter(_ value: UInt32) -> String {
    var output: [UInt8] = [UInt8(ascii: "'")]
    output.appendEscaped(value, quote: UInt8(ascii: "'"))
    output.append(UInt8(ascii: "'"))
    return String(decoding: output, as: UTF8.self)
}

/// One code point as `%#U` writes it: `U+005A 'Z'`.
func describedCharacter(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    var text = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    if isPrintable(value) {
        var character: [UInt8] = []
        character.appendScalar(value)
        text += " '" + String(decoding: character, as: UTF8.self) + "'"
    }
    return text
}
