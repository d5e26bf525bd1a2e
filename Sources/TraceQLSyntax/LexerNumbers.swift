extension Lexer {
    /// An integer, a float or a duration, as Go's scanner and then Tempo read them.
    mutating func number() throws(TraceQLError) -> Token {
        let isFloat = try scanNumber()
        let numberEnd = position
        if let duration = scanDuration(numberEnd) {
            return Token(kind: .duration, start: start, end: position, bits: UInt64(bitPattern: duration))
        }
        let text = UnsafeBufferPointer(rebasing: source[start..<numberEnd])
        if isFloat {
            guard let value = Double(String(decoding: text, as: UTF8.self)) else {
                throw failure("strconv.ParseFloat: parsing \"\(described(text))\": invalid syntax")
            }
            if value.isInfinite {
                throw failure("strconv.ParseFloat: parsing \"\(described(text))\": value out of range")
            }
            return Token(kind: .float, start: start, end: numberEnd, bits: value.bitPattern)
        }
        var value: Int64 = 0
        for byte in text {
            guard isDigit(byte) else {
                throw failure("strconv.Atoi: parsing \"\(described(text))\": invalid syntax")
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            if overflow || carry {
                throw failure("strconv.Atoi: parsing \"\(described(text))\": value out of range")
            }
            value = sum
        }
        return Token(kind: .integer, start: start, end: numberEnd, bits: UInt64(bitPattern: value))
    }

    private func described(_ text: UnsafeBufferPointer<UInt8>) -> String { String(decoding: text, as: UTF8.self) }

    /// Moves behind the number; true for a float.
    private mutating func scanNumber() throws(TraceQLError) -> Bool {
        if byte(position) == UInt8(ascii: "0") {
            switch byte(position + 1) | 0x20 {
            case UInt8(ascii: "x"): return try scanHexadecimal()
            case UInt8(ascii: "b"), UInt8(ascii: "o"):
                position += 2
                while isAlphanumeric(byte(position)) { position += 1 }
                return false
            default: break
            }
        }
        let digitsStart = position
        skipDigits()
        var isFloat = false
        if byte(position) == UInt8(ascii: ".") {
            isFloat = true
            position += 1
            skipDigits()
        }
        if byte(position) | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            try scanExponent()
        }
        if !isFloat, source[digitsStart] == UInt8(ascii: "0") {
            for index in digitsStart..<position where source[index] == UInt8(ascii: "8") || source[index] == 0x39 {
                throw failure("invalid digit '\(Character(Unicode.Scalar(source[index])))' in octal literal")
            }
        }
        return isFloat
    }

    private mutating func skipDigits() {
        while isDigit(byte(position)) || byte(position) == UInt8(ascii: "_") { position += 1 }
    }

    private mutating func scanExponent() throws(TraceQLError) {
        position += 1
        if byte(position) == UInt8(ascii: "+") || byte(position) == UInt8(ascii: "-") { position += 1 }
        guard isDigit(byte(position)) else { throw failure("exponent has no digits") }
        skipDigits()
    }

    private mutating func scanHexadecimal() throws(TraceQLError) -> Bool {
        position += 2
        let digitsStart = position
        var hasDot = false
        while digitValue(byte(position)) != nil || byte(position) == UInt8(ascii: "_")
            || byte(position) == UInt8(ascii: ".") && !hasDot
        {
            if source[position] == UInt8(ascii: ".") { hasDot = true }
            position += 1
        }
        guard position > digitsStart else { throw failure("hexadecimal literal has no digits") }
        if byte(position) | 0x20 == UInt8(ascii: "p") {
            try scanExponent()
            return true
        }
        if hasDot { throw failure("hexadecimal mantissa requires a 'p' exponent") }
        return false
    }

    /// The duration that the number begins, if what follows makes it one: then it is read, else nothing is.
    private mutating func scanDuration(_ numberEnd: Int) -> Int64? {
        var end = numberEnd
        scan: while end < source.count {
            switch source[end] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "n"), UInt8(ascii: "s"),
                UInt8(ascii: "u"), UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "d"), UInt8(ascii: "w"),
                UInt8(ascii: "y"):
                end += 1
            case 0x80...0xFF:
                let scalar = scalar(end)
                if scalar.value == 0xB5 {
                    end += scalar.width
                } else if Unicode.Scalar(scalar.value)?.properties.numericType != nil {
                    // Tempo takes it in and then has no duration.
                    return nil
                } else {
                    break scan
                }
            default:
                break scan
            }
        }
        guard end > numberEnd else { return nil }
        let text = UnsafeBufferPointer(rebasing: source[start..<end])
        guard let duration = prometheusDuration(text) ?? goDuration(text) else { return nil }
        position = end
        return duration
    }
}
