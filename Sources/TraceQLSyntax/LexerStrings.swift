extension Lexer {
    /// A string in double quotes with Go's escapes.
    mutating func quotedString() throws(TraceQLError) -> Token {
        var token = Token(kind: .string, start: start)
        position += 1
        while true {
            guard position < source.count else { throw failure("literal not terminated") }
            switch source[position] {
            case UInt8(ascii: "\""):
                position += 1
                token.end = position
                return token
            case UInt8(ascii: "\n"):
                throw failure("literal not terminated")
            case UInt8(ascii: "\\"):
                token.needsDecoding = true
                try skipEscape()
            case 0:
                throw failure("invalid character NUL", at: position)
            default:
                position += 1
            }
        }
    }

    /// A string in backticks: no escapes, line ends are text, but Go leaves carriage returns out.
    mutating func rawString() throws(TraceQLError) -> Token {
        var token = Token(kind: .string, start: start)
        position += 1
        while true {
            guard position < source.count else { throw failure("literal not terminated") }
            switch source[position] {
            case UInt8(ascii: "`"):
                position += 1
                token.end = position
                return token
            case UInt8(ascii: "\r"):
                token.needsDecoding = true
                position += 1
            case 0:
                throw failure("invalid character NUL", at: position)
            default:
                position += 1
            }
        }
    }

    private mutating func skipEscape() throws(TraceQLError) {
        position += 1
        let digits: Int
        let base: UInt32
        let maximum: UInt32
        switch byte(position) {
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), UInt8(ascii: "v"), UInt8(ascii: "\\"), UInt8(ascii: "\""):
            position += 1
            return
        case UInt8(ascii: "0")...UInt8(ascii: "7"): (digits, base, maximum) = (3, 8, 255)
        case UInt8(ascii: "x"): (digits, base, maximum) = (2, 16, 255)
        case UInt8(ascii: "u"): (digits, base, maximum) = (4, 16, 0x10FFFF)
        case UInt8(ascii: "U"): (digits, base, maximum) = (8, 16, 0x10FFFF)
        default: throw failure("invalid char escape")
        }
        if base == 16 { position += 1 }
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = digitValue(byte(position)), digit < base else { throw failure("invalid char escape") }
            value = value &* base &+ digit
            position += 1
        }
        if value > maximum || maximum > 255 && value >= 0xD800 && value < 0xE000 { throw failure("invalid syntax") }
    }
}

extension Array where Element == UInt8 {
    /// Appends what the inside of a string stands for. The lexer has checked the escapes.
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
