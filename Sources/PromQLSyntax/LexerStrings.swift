extension Lexer {
    /// A string in `"` or `'`, its quotes and escapes included.
    mutating func string(quote: UInt8) throws(PromQLError) -> Token {
        var hasEscapes = false
        position += 1
        while true {
            guard position < source.count else { throw failure("unterminated quoted string") }
            let byte = source[position]
            if byte == quote { break }
            switch byte {
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape(quote: quote)
            case UInt8(ascii: "\n"):
                throw failure("unterminated quoted string")
            case 0..<0x80:
                position += 1
            default:
                try skipScalar()
            }
        }
        position += 1
        return Token(kind: .string, hasEscapes: hasEscapes, start: start, end: position)
    }

    /// A string in backticks: no escapes, line ends are text.
    mutating func rawString() throws(PromQLError) -> Token {
        position += 1
        while true {
            guard position < source.count else { throw failure("unterminated raw string") }
            let byte = source[position]
            if byte == UInt8(ascii: "`") { break }
            if byte < 0x80 { position += 1 } else { try skipScalar() }
        }
        position += 1
        return Token(kind: .string, start: start, end: position)
    }

    /// A literal U+FFFD is refused like bytes that are not UTF-8: Prometheus cannot tell them apart.
    private mutating func skipScalar() throws(PromQLError) {
        let scalar = DecodedScalar(source, at: position)
        if scalar.value == DecodedScalar.replacement { throw failure("invalid UTF-8 rune") }
        position += scalar.width
    }

    private mutating func skipEscape(quote: UInt8) throws(PromQLError) {
        position += 1
        guard position < source.count else { throw failure("escape sequence not terminated") }
        let digits: Int
        let base: UInt32
        let maximum: UInt32
        switch source[position] {
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), UInt8(ascii: "v"), UInt8(ascii: "\\"), quote:
            position += 1
            return
        case UInt8(ascii: "0")...UInt8(ascii: "7"): (digits, base, maximum) = (3, 8, 255)
        case UInt8(ascii: "x"): (digits, base, maximum) = (2, 16, 255)
        case UInt8(ascii: "u"): (digits, base, maximum) = (4, 16, 0x10FFFF)
        case UInt8(ascii: "U"): (digits, base, maximum) = (8, 16, 0x10FFFF)
        default:
            throw failure("unknown escape sequence " + describedCharacter(DecodedScalar(source, at: position).value))
        }
        if base == 16 { position += 1 }
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard position < source.count else { throw failure("escape sequence not terminated") }
            guard let digit = digitValue(source[position]), digit < base else {
                let character = DecodedScalar(source, at: position).value
                throw failure("illegal character \(describedCharacter(character)) in escape sequence")
            }
            value = value &* base &+ digit
            position += 1
        }
        if value > maximum || value >= 0xD800 && value < 0xE000 {
            throw failure("escape sequence is an invalid Unicode code point")
        }
    }
}

/// The value of a hexadecimal digit.
func digitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}

extension Array where Element == UInt8 {
    /// Appends what the inside of a string with escapes stands for. The lexer has checked the escapes.
    mutating func appendUnescaped(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        func number(_ count: Int, base: UInt32) -> UInt32 {
            var value: UInt32 = 0
            for position in index..<Swift.min(index + count, text.count) {
                value = value &* base &+ (digitValue(text[position]) ?? 0)
            }
            return value
        }
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                append(text[index])
                index += 1
                continue
            }
            let escape = text[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "a"): append(0x07)
            case UInt8(ascii: "b"): append(0x08)
            case UInt8(ascii: "f"): append(0x0C)
            case UInt8(ascii: "n"): append(0x0A)
            case UInt8(ascii: "r"): append(0x0D)
            case UInt8(ascii: "t"): append(0x09)
            case UInt8(ascii: "v"): append(0x0B)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                append(UInt8(truncatingIfNeeded: number(3, base: 8)))
                index += 3
            case UInt8(ascii: "x"):
                append(UInt8(truncatingIfNeeded: number(2, base: 16)))
                index += 2
            case UInt8(ascii: "u"):
                appendScalar(number(4, base: 16))
                index += 4
            case UInt8(ascii: "U"):
                appendScalar(number(8, base: 16))
                index += 8
            default:
                append(escape)
            }
        }
    }
}
