extension Lexer {
    /// A word outside braces and brackets: a keyword, a name, or a name with colons.
    mutating func word() -> Token {
        var end = position
        var hasColon = false
        while true {
            let next = byte(end)
            if next == UInt8(ascii: ":") { hasColon = true } else if !isAlphanumeric(next) { break }
            end += 1
        }
        if hasColon { return token(.metricIdentifier, length: end - start) }
        let length = end - start
        guard length >= 2, length <= 12,
            let kind = TokenKind(keyword: UnsafeBufferPointer(rebasing: source[start..<end]))
        else { return token(.identifier, length: length) }
        switch kind {
        case .fill, .fillLeft, .fillRight:
            // These came late to the language and stay names where no parenthesis follows.
            var next = end
            while byte(next) == 0x20 || byte(next) == 0x09 || byte(next) == 0x0A || byte(next) == 0x0D { next += 1 }
            return token(byte(next) == UInt8(ascii: "(") ? kind : .identifier, length: length)
        default:
            return token(kind, length: length)
        }
    }

    /// A word or a colon after the first number inside brackets.
    mutating func wordInBrackets() throws(PromQLError) -> Token {
        let first = source[position]
        if first == UInt8(ascii: ":") {
            if sawColon { throw failure("unexpected colon ':'") }
            sawColon = true
            return token(.colon, length: 1)
        }
        if let word = durationWord() { return word }
        throw failure("unexpected character: \(character(start)), expected ':'")
    }

    /// `step`, `range`, `min_of` or `max_of`; nil for any other word.
    private mutating func durationWord() -> Token? {
        var end = position
        while isLetter(byte(end)) { end += 1 }
        guard let kind = TokenKind(keyword: UnsafeBufferPointer(rebasing: source[start..<end])) else { return nil }
        switch kind {
        case .stepWord, .rangeWord, .minimumOf, .maximumOf: return token(kind, length: end - start)
        default: return nil
        }
    }

    /// After `[` and until the first number or the closing bracket. Comments are not known here.
    mutating func nextInDuration() throws(PromQLError) -> Token {
        skipSpace()
        start = position
        guard position < source.count else { throw failure("unexpected end of input in duration expression") }
        let first = source[position]
        switch first {
        case UInt8(ascii: "]"):
            isBracketOpen = false
            sawColon = false
            mode = .query
            return token(.rightBracket, length: 1)
        case UInt8(ascii: ":"):
            let token = token(.colon, length: 1)
            if !sawDuration {
                throw failure("unexpected colon before duration in duration expression", at: position)
            }
            if sawColon { throw failure("unexpected repeated colon in duration expression", at: position) }
            sawColon = true
            return token
        case UInt8(ascii: "("):
            openParentheses += 1
            return token(.leftParenthesis, length: 1)
        case UInt8(ascii: ")"):
            return try rightParenthesis()
        case UInt8(ascii: "+"): return token(.add, length: 1)
        case UInt8(ascii: "-"): return token(.subtract, length: 1)
        case UInt8(ascii: "*"): return token(.multiply, length: 1)
        case UInt8(ascii: "/"): return token(.divide, length: 1)
        case UInt8(ascii: "%"): return token(.modulo, length: 1)
        case UInt8(ascii: "^"): return token(.power, length: 1)
        case UInt8(ascii: ","): return token(.comma, length: 1)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try firstNumberInBrackets()
        case UInt8(ascii: ".") where isDigit(byte(position + 1)):
            return try firstNumberInBrackets()
        default:
            if isLetter(first), let word = durationWord() { return word }
            throw failure("unexpected character in duration expression: " + character(position))
        }
    }

    private mutating func firstNumberInBrackets() throws(PromQLError) -> Token {
        sawDuration = true
        mode = .query
        return try numberOrDuration()
    }
}
