// RE2 syntax as Go's regexp/syntax reads it (https://github.com/google/re2/wiki/Syntax): enough to refuse what Go
// refuses. Names of Unicode classes, and how large and deep an expression is, are left to Tempo.

/// Whether no character of a regular expression means anything but itself.
func isPlainText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "$"):
            return false
        default: continue
        }
    }
    return true
}

/// Whether Go compiles the expression.
func isRegularExpression(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var check = RegularExpressionCheck(bytes: bytes)
    return check.isValid()
}

private struct RegularExpressionCheck {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var openGroups = 0
    /// Whether there is something that a repetition would apply to.
    var canRepeat = false
    /// Whether that something is a repetition itself.
    var isRepeated = false

    func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func isValid() -> Bool {
        while let next = byte(position) {
            switch next {
            case UInt8(ascii: "("):
                guard openGroup() else { return false }
            case UInt8(ascii: ")"):
                guard openGroups > 0 else { return false }
                openGroups -= 1
                position += 1
                atom()
            case UInt8(ascii: "|"):
                position += 1
                (canRepeat, isRepeated) = (false, false)
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                position += 1
                guard repetition() else { return false }
            case UInt8(ascii: "{"):
                guard counts() else { return false }
            case UInt8(ascii: "["):
                guard characterClass() else { return false }
                atom()
            case UInt8(ascii: "\\"):
                guard backslash() else { return false }
            default:
                guard scalar() != nil else { return false }
                atom()
            }
        }
        return openGroups == 0
    }

    private mutating func atom() { (canRepeat, isRepeated) = (true, false) }

    private mutating func scalar() -> UInt32? {
        let scalar = DecodedScalar(bytes, at: position)
        if scalar.isInvalid { return nil }
        position += scalar.width
        return scalar.value
    }

    private mutating func repetition() -> Bool {
        if byte(position) == UInt8(ascii: "?") { position += 1 }
        guard canRepeat, !isRepeated else { return false }
        isRepeated = true
        return true
    }

    /// `{n}`, `{n,}` or `{n,m}`; any other brace is a literal.
    private mutating func counts() -> Bool {
        let start = position
        position += 1
        guard let least = count() else { return literalBrace(start) }
        var most = least
        if byte(position) == UInt8(ascii: ",") {
            position += 1
            if byte(position) != UInt8(ascii: "}") {
                guard let bound = count() else { return literalBrace(start) }
                most = bound
            }
        }
        guard byte(position) == UInt8(ascii: "}") else { return literalBrace(start) }
        position += 1
        guard least <= 1000, most <= 1000, least <= most else { return false }
        return repetition()
    }

    private mutating func literalBrace(_ start: Int) -> Bool {
        position = start + 1
        atom()
        return true
    }

    private mutating func count() -> Int? {
        let start = position
        var value = 0
        while let digit = byte(position), isDigit(digit) {
            value = min(value * 10 + Int(digit - UInt8(ascii: "0")), 1_000_000)
            position += 1
        }
        guard position > start, position == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        return value
    }

    /// `(`, `(?:`, `(?i)`, `(?i:`, `(?P<name>`, `(?<name>`.
    private mutating func openGroup() -> Bool {
        position += 1
        guard byte(position) == UInt8(ascii: "?") else {
            openGroups += 1
            (canRepeat, isRepeated) = (false, false)
            return true
        }
        position += 1
        if byte(position) == UInt8(ascii: "P"), byte(position + 1) == UInt8(ascii: "<") { position += 1 }
        if byte(position) == UInt8(ascii: "<") {
            position += 1
            let start = position
            while let next = byte(position), isAlphanumeric(next) { position += 1 }
            guard position > start, byte(position) == UInt8(ascii: ">") else { return false }
            position += 1
            openGroups += 1
            (canRepeat, isRepeated) = (false, false)
            return true
        }
        var isNegated = false
        var sawFlag = false
        while let flag = byte(position) {
            position += 1
            switch flag {
            case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "U"): sawFlag = true
            case UInt8(ascii: "-"):
                if isNegated { return false }
                (isNegated, sawFlag) = (true, false)
            case UInt8(ascii: ":"), UInt8(ascii: ")"):
                if isNegated, !sawFlag { return false }
                if flag == UInt8(ascii: ":") {
                    openGroups += 1
                    (canRepeat, isRepeated) = (false, false)
                }
                return true
            default: return false
            }
        }
        return false
    }

    private mutating func backslash() -> Bool {
        switch byte(position + 1) {
        case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "z"), UInt8(ascii: "b"):
            position += 2
        case UInt8(ascii: "C"):
            return false
        case UInt8(ascii: "Q"):
            position += 2
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: "\\"), byte(position + 1) == UInt8(ascii: "E") {
                    position += 2
                    return true
                }
                guard scalar() != nil else { return false }
                atom()
            }
            return true
        default:
            guard namedClass() ?? (escape() != nil) else { return false }
        }
        atom()
        return true
    }

    /// `\d` and its kin, `\pL`, `\P{Greek}`; nil if there is none.
    private mutating func namedClass() -> Bool? {
        switch byte(position + 1) {
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "w"),
            UInt8(ascii: "W"):
            position += 2
            return true
        case UInt8(ascii: "p"), UInt8(ascii: "P"):
            position += 2
            guard byte(position) == UInt8(ascii: "{") else { return byte(position) != nil && scalar() != nil }
            while let next = byte(position), next != UInt8(ascii: "}") { position += 1 }
            position += 1
            return position <= bytes.count
        default:
            return nil
        }
    }

    private mutating func escape() -> UInt32? {
        position += 1
        guard position < bytes.count, let character = scalar(), let letter = UInt8(exactly: character), letter < 0x80
        else { return nil }
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            // One digit other than 0 would refer back.
            if letter != UInt8(ascii: "0"), !(byte(position).map { $0 & 0xF8 == 0x30 } ?? false) { return nil }
            var value = UInt32(letter - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard let digit = byte(position), digit & 0xF8 == 0x30 else { break }
                value = value * 8 + UInt32(digit & 7)
                position += 1
            }
            return value
        case UInt8(ascii: "x"): return hexadecimal()
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0B
        default: return isAlphanumeric(letter) && letter != UInt8(ascii: "_") ? nil : character
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        if byte(position) == UInt8(ascii: "{") {
            position += 1
            var value: UInt32 = 0
            let start = position
            while let digit = byte(position).flatMap(digitValue) {
                value = value * 16 + digit
                if value > 0x10FFFF { return nil }
                position += 1
            }
            guard position > start, byte(position) == UInt8(ascii: "}") else { return nil }
            position += 1
            return value
        }
        guard let high = byte(position).flatMap(digitValue), let low = byte(position + 1).flatMap(digitValue) else {
            return nil
        }
        position += 2
        return high * 16 + low
    }

    private mutating func characterClass() -> Bool {
        position += 1
        if byte(position) == UInt8(ascii: "^") { position += 1 }
        var isFirst = true
        while byte(position) != UInt8(ascii: "]") || isFirst {
            isFirst = false
            if byte(position) == UInt8(ascii: "["), byte(position + 1) == UInt8(ascii: ":"),
                let isKnown = posixClass()
            {
                guard isKnown else { return false }
                continue
            }
            if byte(position) == UInt8(ascii: "\\"), let isClass = namedClass() {
                guard isClass else { return false }
                continue
            }
            guard let low = classCharacter() else { return false }
            if byte(position) == UInt8(ascii: "-"), let next = byte(position + 1), next != UInt8(ascii: "]") {
                position += 1
                guard let high = classCharacter(), high >= low else { return false }
            }
        }
        position += 1
        return true
    }

    private mutating func classCharacter() -> UInt32? {
        guard position < bytes.count else { return nil }
        return bytes[position] == UInt8(ascii: "\\") ? escape() : scalar()
    }

    /// `[:alpha:]` inside a class: whether it is known; nil if it is none.
    private mutating func posixClass() -> Bool? {
        let start = position + (byte(position + 2) == UInt8(ascii: "^") ? 3 : 2)
        var end = start
        while let next = byte(end), isLetter(next) { end += 1 }
        guard byte(end) == UInt8(ascii: ":"), byte(end + 1) == UInt8(ascii: "]") else { return nil }
        position = end + 2
        let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let known: [StaticString] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
            "word", "xdigit",
        ]
        return known.contains { isWord(name, $0) }
    }
}
