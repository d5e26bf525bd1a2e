extension Lexer {
    /// A number or, where that does not fit, a duration. Whether its text has a value is the parser's question.
    mutating func numberOrDuration() throws(PromQLError) -> Token {
        // Whole decimal numbers, by far the most common, need none of the rest.
        var end = position
        while isDigit(byte(end)) { end += 1 }
        let next = byte(end)
        if end > position, source[position] != UInt8(ascii: "0") || end == position + 1, !isAlphanumeric(next),
            next != UInt8(ascii: ".")
        {
            return token(.number, length: end - start)
        }
        if scanNumber() { return Token(kind: .number, start: start, end: position) }
        if scanRestOfDuration() { return Token(kind: .duration, start: start, end: position) }
        let text = UnsafeBufferPointer(rebasing: source[start..<position])
        throw failure("bad number or duration syntax: " + quoted(text))
    }

    private mutating func accept(_ condition: (UInt8) -> Bool) -> Bool {
        guard position < source.count, condition(source[position]) else { return false }
        position += 1
        return true
    }

    /// Leaves `position` after what was read, also where that is no number: messages show it.
    private mutating func scanNumber() -> Bool {
        let initial = position
        var isHexadecimal = false
        if accept({ $0 == UInt8(ascii: "0") }), accept({ $0 | 0x20 == UInt8(ascii: "x") }) {
            isHexadecimal = true
            _ = accept(isUnderscore)
        }
        func isNumberDigit(_ byte: UInt8) -> Bool {
            isDigit(byte) || isHexadecimal && byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f")
        }
        _ = accept(isDot)
        _ = accept(isNumberDigit)
        var hasDot = false
        var hasExponent = false
        while !isAtEnd {
            let next = source[position]
            guard isNumberDigit(next) || isDot(next) || isUnderscore(next) || isExponent(next) else { break }
            if isDot(next) {
                position += 1
                if hasDot { return false }
                hasDot = true
                if accept({ isUnderscore($0) || isDot($0) }) { return false }
                if isHexadecimal { return false }
            } else if isExponent(next) {
                position += 1
                if hasExponent { return false }
                hasExponent = true
                _ = accept { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
                if accept({ isDot($0) || isUnderscore($0) || isExponent($0) }) || isAtEnd { return false }
            } else if isUnderscore(next) {
                position += 1
                if accept({ isDot($0) || isUnderscore($0) || isExponent($0) }) || isAtEnd { return false }
            } else {
                while accept(isNumberDigit) {}
            }
        }
        return position > initial && !isAlphanumeric(byte(position))
    }

    /// From the first unit on. Order and names of the units are the parser's question.
    private mutating func scanRestOfDuration() -> Bool {
        guard accept({ isUnit($0) || $0 == UInt8(ascii: "y") }) else { return false }
        _ = accept { $0 == UInt8(ascii: "s") }
        while accept(isDigit) {
            while accept(isDigit) {}
            guard accept(isUnit) else { return false }
            _ = accept { $0 == UInt8(ascii: "s") }
        }
        return !accept(isAlphanumeric)
    }
}

private func isDot(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") }
private func isUnderscore(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") }
private func isExponent(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "e") }

private func isUnit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "d"), UInt8(ascii: "w"): true
    default: false
    }
}
