extension Lexer {
    /// An attribute's scope and name: from here on, nearly every character is a part of the name.
    ///
    /// The name ends before white space or one of `{}()=~!<>&|^,`; parts of it may stand in double quotes, where only
    /// `\"` and `\\` are escapes.
    mutating func attribute(
        _ scope: TraceQLScope, length: Int, isParent: Bool = false
    ) throws(TraceQLError) -> Token {
        var token = Token(kind: .attribute, scope: scope, isParent: isParent, start: start)
        position += length
        if isParentScope {
            if let nested = nestedScope() {
                guard isParent else {
                    throw failure("syntax error: unexpected \(nested.text)., expecting IDENTIFIER")
                }
                position += nested.text.utf8CodeUnitCount + 1
                token.scope = nested
                isParentScope = false
            }
        }
        token.nameStart = position
        while position < source.count {
            let byte = source[position]
            if byte == UInt8(ascii: "\"") {
                token.needsDecoding = true
                try skipQuotedPart()
            } else if byte >= 0x80 {
                let scalar = scalar(position)
                if isSpace(scalar.value) { break }
                position += scalar.width
            } else if isAttributeByte(byte) {
                position += 1
            } else {
                break
            }
        }
        token.end = position
        guard token.end > token.nameStart else {
            throw failure("syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER")
        }
        return token
    }

    /// `span.` or `resource.` right here.
    private func nestedScope() -> TraceQLScope? {
        for scope in [TraceQLScope.span, .resource] {
            let text = scope.text
            let end = position + text.utf8CodeUnitCount
            if end < source.count, source[end] == UInt8(ascii: "."),
                isWord(UnsafeBufferPointer(rebasing: source[position..<end]), text)
            {
                return scope
            }
        }
        return nil
    }

    private mutating func skipQuotedPart() throws(TraceQLError) {
        position += 1
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                let escaped = byte(position + 1)
                guard escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
                    throw failure("invalid escape sequence")
                }
                position += 2
            case 0:
                throw failure("invalid character NUL", at: position)
            default:
                position += 1
            }
        }
        throw failure("unexpected EOF, expecting \"")
    }
}

/// Whether an ASCII character may stand in an attribute's name outside quotes.
@inline(__always)
func isAttributeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 0x09...0x0D, 0x20: false
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="),
        UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
        UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: ","):
        false
    default: true
    }
}

extension Array where Element == UInt8 {
    /// Appends an attribute's name without its quotes and their escapes. The lexer has checked it.
    mutating func appendUnquotedName(_ text: UnsafeBufferPointer<UInt8>) {
        var isQuoted = false
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted, byte == UInt8(ascii: "\\"), index + 1 < text.count {
                index += 1
                append(text[index])
            } else {
                append(byte)
            }
            index += 1
        }
    }
}
