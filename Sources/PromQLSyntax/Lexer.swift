/// Bytes to tokens, one at a time and only when asked: what is refused first depends on how far was read.
///
/// Works on bytes; a code point is decoded only inside strings and for messages. After an error the lexer is not to
/// be used again.
struct Lexer {
    /// Which tokens are possible at the moment.
    enum Mode {
        case query
        /// Between `{` and `}`: no keywords.
        case braces
        /// After `[`, until the first number or the closing bracket.
        case duration
    }

    let source: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Where the token being read starts.
    var start = 0
    var mode = Mode.query
    var openParentheses = 0
    var isBracketOpen = false
    var sawColon = false
    var sawDuration = false

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
    }

    mutating func next() throws(PromQLError) -> Token {
        switch mode {
        case .query: try nextInQuery()
        case .braces: try nextInBraces()
        case .duration: try nextInDuration()
        }
    }

    /// The byte at `index`; 0 after the end, where `isAtEnd` tells it from a NUL.
    @inline(__always)
    func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }

    var isAtEnd: Bool { position >= source.count }

    @inline(__always)
    mutating func token(_ kind: TokenKind, length: Int) -> Token {
        position = start + length
        return Token(kind: kind, start: start, end: position)
    }

    func failure(_ message: String, at offset: Int? = nil) -> PromQLError {
        PromQLError(message, at: offset ?? start, in: source)
    }

    /// The character at `index` for a message; what is beyond the end or not UTF-8 is U+FFFD, as in Go.
    func character(_ index: Int) -> String {
        quotedCharacter(index < source.count ? DecodedScalar(source, at: index).value : DecodedScalar.replacement)
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < source.count {
            switch source[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// A comment ends before LF, CR or the end.
    mutating func skipComment() {
        while position < source.count, source[position] != 0x0A, source[position] != 0x0D { position += 1 }
    }

    mutating func skipSpaceAndComments() {
        while true {
            skipSpace()
            guard byte(position) == UInt8(ascii: "#") else { return }
            skipComment()
        }
    }

    private mutating func nextInQuery() throws(PromQLError) -> Token {
        skipSpaceAndComments()
        start = position
        guard position < source.count else {
            if openParentheses != 0 { throw failure("unclosed left parenthesis") }
            if isBracketOpen { throw failure("unclosed left bracket") }
            return Token(kind: .end, start: start, end: start)
        }
        let first = source[position]
        switch first {
        case UInt8(ascii: ","): return token(.comma, length: 1)
        case UInt8(ascii: "*"): return token(.multiply, length: 1)
        case UInt8(ascii: "/"): return token(.divide, length: 1)
        case UInt8(ascii: "%"): return token(.modulo, length: 1)
        case UInt8(ascii: "+"): return token(.add, length: 1)
        case UInt8(ascii: "-"): return token(.subtract, length: 1)
        case UInt8(ascii: "^"): return token(.power, length: 1)
        case UInt8(ascii: "@"): return token(.at, length: 1)
        case UInt8(ascii: "="):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.equalTo, length: 2)
            case UInt8(ascii: "~"): throw failure("unexpected character after '=': '~'")
            default: return token(.equal, length: 1)
            }
        case UInt8(ascii: "!"):
            guard byte(position + 1) == UInt8(ascii: "=") else {
                throw failure("unexpected character after '!': " + character(position + 1))
            }
            return token(.notEqual, length: 2)
        case UInt8(ascii: "<"):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.lessOrEqual, length: 2)
            case UInt8(ascii: "/"): return token(.trimUpper, length: 2)
            default: return token(.less, length: 1)
            }
        case UInt8(ascii: ">"):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.greaterOrEqual, length: 2)
            case UInt8(ascii: "/"): return token(.trimLower, length: 2)
            default: return token(.greater, length: 1)
            }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try numberOrDuration()
        case UInt8(ascii: ".") where isDigit(byte(position + 1)):
            return try numberOrDuration()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return try string(quote: first)
        case UInt8(ascii: "`"):
            return try rawString()
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            return isBracketOpen ? try wordInBrackets() : word()
        case UInt8(ascii: "("):
            openParentheses += 1
            return token(.leftParenthesis, length: 1)
        case UInt8(ascii: ")"):
            return try rightParenthesis()
        case UInt8(ascii: "{"):
            mode = .braces
            return token(.leftBrace, length: 1)
        case UInt8(ascii: "["):
            if isBracketOpen { throw failure("unexpected left bracket '['") }
            isBracketOpen = true
            sawColon = false
            mode = .duration
            return token(.leftBracket, length: 1)
        case UInt8(ascii: "]"):
            guard isBracketOpen else { throw failure("unexpected right bracket ']'") }
            isBracketOpen = false
            return token(.rightBracket, length: 1)
        default:
            throw failure("unexpected character: " + character(position))
        }
    }

    /// Counts it; the message about one too many stands after it, as Prometheus' does.
    mutating func rightParenthesis() throws(PromQLError) -> Token {
        let token = token(.rightParenthesis, length: 1)
        openParentheses -= 1
        if openParentheses < 0 { throw failure("unexpected right parenthesis ')'", at: position) }
        return token
    }

    private mutating func nextInBraces() throws(PromQLError) -> Token {
        skipSpaceAndComments()
        start = position
        guard position < source.count else { throw failure("unexpected end of input inside braces") }
        let first = source[position]
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            var end = position + 1
            while isAlphanumeric(byte(end)) { end += 1 }
            return token(.identifier, length: end - start)
        case UInt8(ascii: ","):
            return token(.comma, length: 1)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return try string(quote: first)
        case UInt8(ascii: "`"):
            return try rawString()
        case UInt8(ascii: "="):
            return byte(position + 1) == UInt8(ascii: "~") ? token(.matches, length: 2) : token(.equal, length: 1)
        case UInt8(ascii: "!"):
            switch byte(position + 1) {
            case UInt8(ascii: "~"): return token(.matchesNot, length: 2)
            case UInt8(ascii: "="): return token(.notEqual, length: 2)
            default: throw failure("unexpected character after '!' inside braces: " + character(position + 1))
            }
        case UInt8(ascii: "{"):
            throw failure("unexpected left brace '{'")
        case UInt8(ascii: "}"):
            mode = .query
            return token(.rightBrace, length: 1)
        default:
            throw failure("unexpected character inside braces: " + character(position))
        }
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
}

@inline(__always)
func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
