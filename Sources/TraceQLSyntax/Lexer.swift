/// Bytes to tokens, one at a time, as Tempo's scanner cuts them. The source is valid UTF-8.
///
/// After an error the lexer is not to be used again.
struct Lexer {
    let source: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Where the token being read starts.
    var start = 0
    /// Whether the scope that was named last is `parent.`: then `span.` and `resource.` are scopes after a dot. As in
    /// Tempo, a lone dot does not end that.
    var isParentScope = false

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
    }

    /// The byte at `index`; 0 after the end.
    @inline(__always)
    func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }

    func failure(_ message: String, at offset: Int? = nil) -> TraceQLError {
        TraceQLError(message, at: offset ?? start, in: source)
    }

    @inline(__always)
    mutating func token(_ kind: TokenKind, length: Int) -> Token {
        position = start + length
        return Token(kind: kind, start: start, end: position)
    }

    /// Only these four are space between tokens; other white space is an error.
    private mutating func skipSpaceAndComments() throws(TraceQLError) {
        while position < source.count {
            switch source[position] {
            case 0x20, 0x09, 0x0A, 0x0D:
                position += 1
            case UInt8(ascii: "/"):
                switch byte(position + 1) {
                case UInt8(ascii: "/"):
                    while position < source.count, source[position] != UInt8(ascii: "\n") { position += 1 }
                case UInt8(ascii: "*"):
                    let opening = position
                    position += 2
                    while byte(position) != UInt8(ascii: "*") || byte(position + 1) != UInt8(ascii: "/") {
                        guard position < source.count else { throw failure("comment not terminated", at: opening) }
                        position += 1
                    }
                    position += 2
                default:
                    return
                }
            default:
                return
            }
        }
    }

    mutating func next() throws(TraceQLError) -> Token {
        try skipSpaceAndComments()
        start = position
        guard position < source.count else { return Token(kind: .end, start: start, end: start) }
        let first = source[position]
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return try word()
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case UInt8(ascii: "."):
            return isDigit(byte(position + 1)) ? try number() : try attribute(.none, length: 1)
        case UInt8(ascii: "\""):
            return try quotedString()
        case UInt8(ascii: "`"):
            return try rawString()
        case UInt8(ascii: "{"): return token(.leftBrace, length: 1)
        case UInt8(ascii: "}"): return token(.rightBrace, length: 1)
        case UInt8(ascii: "("): return token(.leftParenthesis, length: 1)
        case UInt8(ascii: ")"): return token(.rightParenthesis, length: 1)
        case UInt8(ascii: ","): return token(.comma, length: 1)
        case UInt8(ascii: "+"): return token(.add, length: 1)
        case UInt8(ascii: "-"): return token(.subtract, length: 1)
        case UInt8(ascii: "*"): return token(.multiply, length: 1)
        case UInt8(ascii: "/"): return token(.divide, length: 1)
        case UInt8(ascii: "%"): return token(.modulo, length: 1)
        case UInt8(ascii: "^"): return token(.power, length: 1)
        case UInt8(ascii: "~"): return token(.sibling, length: 1)
        case UInt8(ascii: "="):
            return byte(position + 1) == UInt8(ascii: "~") ? token(.matches, length: 2) : token(.equal, length: 1)
        case UInt8(ascii: "|"):
            return byte(position + 1) == UInt8(ascii: "|") ? token(.or, length: 2) : token(.pipe, length: 1)
        case UInt8(ascii: ">"):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.greaterOrEqual, length: 2)
            case UInt8(ascii: ">"): return token(.descendant, length: 2)
            default: return token(.greater, length: 1)
            }
        case UInt8(ascii: "<"):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.lessOrEqual, length: 2)
            case UInt8(ascii: "<"): return token(.ancestor, length: 2)
            default: return token(.less, length: 1)
            }
        case UInt8(ascii: "!"):
            switch byte(position + 1) {
            case UInt8(ascii: "="): return token(.notEqual, length: 2)
            case UInt8(ascii: "~"): return token(.matchesNot, length: 2)
            case UInt8(ascii: ">"):
                return byte(position + 2) == UInt8(ascii: ">")
                    ? token(.notDescendant, length: 3) : token(.notChild, length: 2)
            case UInt8(ascii: "<"):
                return byte(position + 2) == UInt8(ascii: "<")
                    ? token(.notAncestor, length: 3) : token(.notParent, length: 2)
            default: return token(.not, length: 1)
            }
        case UInt8(ascii: "&"):
            switch byte(position + 1) {
            case UInt8(ascii: "&"): return token(.and, length: 2)
            case UInt8(ascii: "~"): return token(.unionSibling, length: 2)
            case UInt8(ascii: ">"):
                return byte(position + 2) == UInt8(ascii: ">")
                    ? token(.unionDescendant, length: 3) : token(.unionChild, length: 2)
            case UInt8(ascii: "<"):
                return byte(position + 2) == UInt8(ascii: "<")
                    ? token(.unionAncestor, length: 3) : token(.unionParent, length: 2)
            default: return token(.identifier, length: 1)
            }
        case UInt8(ascii: "'"):
            return character()
        case 0:
            throw failure("invalid character NUL")
        case 0x80...0xFF:
            return isLetter(at: position) ? try word() : token(.identifier, length: scalar(position).width)
        default:
            return token(.identifier, length: 1)
        }
    }

    /// `'x'` is a token of Go's scanner, and none that means anything here.
    private mutating func character() -> Token {
        var end = position + 1
        while end < source.count, source[end] != UInt8(ascii: "'"), source[end] != UInt8(ascii: "\n") { end += 1 }
        if byte(end) == UInt8(ascii: "'") { end += 1 }
        return token(.identifier, length: end - start)
    }

    func scalar(_ index: Int) -> DecodedScalar { DecodedScalar(source, at: index) }

    private func isLetter(at index: Int) -> Bool {
        guard let letter = Unicode.Scalar(scalar(index).value) else { return false }
        switch letter.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    private func isDecimalDigit(at index: Int) -> Bool {
        Unicode.Scalar(scalar(index).value)?.properties.generalCategory == .decimalNumber
    }

    /// A keyword, a scope with its dot or colon, or an unknown identifier.
    private mutating func word() throws(TraceQLError) -> Token {
        var end = position
        while end < source.count {
            if isAlphanumeric(source[end]) {
                end += 1
            } else if source[end] >= 0x80, isLetter(at: end) || isDecimalDigit(at: end) {
                end += scalar(end).width
            } else {
                break
            }
        }
        let text = UnsafeBufferPointer(rebasing: source[start..<end])
        if byte(end) == UInt8(ascii: "."), let scope = TraceQLScope(dotted: text) {
            isParentScope = false
            return try attribute(scope, length: end + 1 - start)
        }
        if byte(end) == UInt8(ascii: "."), isWord(text, "parent") {
            isParentScope = true
            return try attribute(.none, length: end + 1 - start, isParent: true)
        }
        if byte(end) == UInt8(ascii: ":"), let kind = TokenKind(colonScope: text) {
            isParentScope = false
            return token(kind, length: end + 1 - start)
        }
        return token(TokenKind(keyword: text) ?? .identifier, length: end - start)
    }
}

extension TokenKind {
    /// `trace:`, `span:`, `event:`, `link:`, `instrumentation:` without the colon.
    fileprivate init?(colonScope word: UnsafeBufferPointer<UInt8>) {
        if isWord(word, "span") {
            self = .spanColon
        } else if isWord(word, "trace") {
            self = .traceColon
        } else if isWord(word, "event") {
            self = .eventColon
        } else if isWord(word, "link") {
            self = .linkColon
        } else if isWord(word, "instrumentation") {
            self = .instrumentationColon
        } else {
            return nil
        }
    }
}

extension TraceQLScope {
    fileprivate init?(dotted word: UnsafeBufferPointer<UInt8>) {
        switch word.count {
        case 4:
            if isWord(word, "span") { self = .span } else if isWord(word, "link") { self = .link } else { return nil }
        case 5: if isWord(word, "event") { self = .event } else { return nil }
        case 8: if isWord(word, "resource") { self = .resource } else { return nil }
        case 15: if isWord(word, "instrumentation") { self = .instrumentation } else { return nil }
        default: return nil
        }
    }
}

/// Whether the bytes are those of a literal.
func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    let letters = text.utf8Start
    for index in 0..<bytes.count where bytes[index] != letters[index] { return false }
    return true
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

/// The value of a hexadecimal digit.
func digitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
