extension RegularExpressionParser {
    mutating func parseBackslash() throws(RegularExpressionFailure) {
        switch byte(position + 1) {
        case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "z"):
            try push(RegularExpressionPart())
            position += 2
        case UInt8(ascii: "b"):
            // No boundary of a word is in the empty string.
            try push(RegularExpressionPart(matchesEmpty: false))
            position += 2
        case UInt8(ascii: "C"):
            throw RegularExpressionFailure("invalid escape sequence", part(position..<position + 2))
        case UInt8(ascii: "Q"):
            position += 2
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: "\\"), byte(position + 1) == UInt8(ascii: "E") {
                    position += 2
                    return
                }
                _ = try nextScalar()
                try push(RegularExpressionPart(matchesEmpty: false))
            }
        default:
            if try !skipNamedClass() { _ = try parseEscape() }
            try push(RegularExpressionPart(matchesEmpty: false))
        }
    }

    /// `\pL`, `\P{Greek}`, `\d` and their kin. False, and nothing read, if there is none.
    mutating func skipNamedClass() throws(RegularExpressionFailure) -> Bool {
        switch byte(position + 1) {
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "w"),
            UInt8(ascii: "W"):
            position += 2
            return true
        case UInt8(ascii: "p"), UInt8(ascii: "P"):
            break
        default:
            return false
        }
        let start = position
        guard start + 2 < bytes.count else {
            throw RegularExpressionFailure("invalid character class range", part(start..<bytes.count))
        }
        var name: Range<Int>
        if bytes[start + 2] == UInt8(ascii: "{") {
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
                try checkUTF8(start..<bytes.count)
                throw RegularExpressionFailure("invalid character class range", part(start..<bytes.count))
            }
            name = start + 3..<end
            try checkUTF8(name)
            position = end + 1
        } else {
            position = start + 2
            _ = try nextScalar()
            name = start + 2..<position
        }
        if let first = byte(name.lowerBound), first == UInt8(ascii: "^"), !name.isEmpty {
            name = name.lowerBound + 1..<name.upperBound
        }
        guard isUnicodeClass(part(name)) else {
            throw RegularExpressionFailure("invalid character class range", part(start..<position))
        }
        return true
    }

    mutating func parseEscape() throws(RegularExpressionFailure) -> UInt32 {
        let start = position
        position += 1
        guard position < bytes.count else {
            throw RegularExpressionFailure("trailing backslash at end of expression", part(position..<position))
        }
        let character = try nextScalar()
        guard let letter = UInt8(exactly: character), letter < 0x80 else {
            throw RegularExpressionFailure("invalid escape sequence", part(start..<position))
        }
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            // One digit other than 0 would refer back.
            if letter != UInt8(ascii: "0"), byte(position).map(isOctal) != true { break }
            var value = UInt32(letter - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard let digit = byte(position), isOctal(digit) else { break }
                value = value * 8 + UInt32(digit - UInt8(ascii: "0"))
                position += 1
            }
            return value
        case UInt8(ascii: "x"):
            if let value = try parseHexadecimal() { return value }
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0B
        default:
            if !isAlphanumeric(letter) || letter == UInt8(ascii: "_") { return character }
        }
        throw RegularExpressionFailure("invalid escape sequence", part(start..<position))
    }

    mutating func parseHexadecimal() throws(RegularExpressionFailure) -> UInt32? {
        guard position < bytes.count else { return nil }
        let first = try nextScalar()
        if first == UInt32(UInt8(ascii: "{")) {
            var value: UInt32 = 0
            var digits = 0
            while position < bytes.count {
                let character = try nextScalar()
                if character == UInt32(UInt8(ascii: "}")) { return digits > 0 ? value : nil }
                guard let digit = UInt8(exactly: character).flatMap(digitValue) else { return nil }
                value = value * 16 + digit
                if value > 0x10FFFF { return nil }
                digits += 1
            }
            return nil
        }
        guard position < bytes.count else { return nil }
        let second = try nextScalar()
        guard let high = UInt8(exactly: first).flatMap(digitValue),
            let low = UInt8(exactly: second).flatMap(digitValue)
        else { return nil }
        return high * 16 + low
    }
}

private func isOctal(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "7") }
