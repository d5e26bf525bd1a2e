/// Classes of characters and escapes.
extension PatternParser {
    mutating func characterClass() throws(Pattern.Problem) -> ScalarSet {
        position += 1
        var set = ScalarSet([])
        let isNegated = skip("^")
        while let scalar = current, scalar != "]" {
            let first = try classAtom()
            guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]",
                let low = first.single
            else {
                set.formUnion(first.set)
                continue
            }
            position += 1
            let second = try classAtom()
            guard let high = second.single else {
                // As ECMA-262 has it outside of Unicode mode: the hyphen is one.
                set.formUnion(first.set)
                set.insert(0x2D...0x2D)
                set.formUnion(second.set)
                continue
            }
            guard low <= high else { throw problem("the range in a class is the wrong way round") }
            set.insert(low...high)
        }
        guard skip("]") else { throw problem("a `[` without `]`") }
        return isNegated ? set.negated : set
    }

    private mutating func classAtom() throws(Pattern.Problem) -> (set: ScalarSet, single: UInt32?) {
        let scalar = scalars[position]
        position += 1
        guard scalar == "\\" else { return (ScalarSet([scalar.value...scalar.value]), scalar.value) }
        let set = try escape(inClass: true)
        let single = set.isNegated || set.ranges.count != 1 || !set.categories.isEmpty ? nil : set.ranges[0]
        return (set, single.flatMap { $0.count == 1 ? $0.lowerBound : nil })
    }

    /// What stands behind a backslash.
    mutating func escape(inClass: Bool) throws(Pattern.Problem) -> ScalarSet {
        guard let scalar = current else { throw problem("a backslash at the end") }
        position += 1
        func single(_ value: UInt32) -> ScalarSet { ScalarSet([value...value]) }
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.negated
        case "w": return .word
        case "W": return ScalarSet.word.negated
        case "s": return .space
        case "S": return ScalarSet.space.negated
        case "t": return single(0x09)
        case "n": return single(0x0A)
        case "v": return single(0x0B)
        case "f": return single(0x0C)
        case "r": return single(0x0D)
        case "b" where inClass: return single(0x08)
        case "0" where !(current.map { ScalarSet.digit.contains($0) } ?? false): return single(0)
        case "x": return single(try hexadecimal(2))
        case "u":
            if skip("{") {
                var value: UInt32 = 0
                while let digit = current.flatMap(Self.digit), value < 0x11_0000 {
                    value = value * 16 + UInt32(digit)
                    position += 1
                }
                guard skip("}"), value < 0x11_0000 else { throw problem("`\\u{…}` is no code point") }
                return single(value)
            }
            let high = try hexadecimal(4)
            guard (0xD800..<0xDC00).contains(high), starts(with: "\\u") else { return single(high) }
            position += 2
            let low = try hexadecimal(4)
            guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
            return single(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        case "c":
            guard let letter = current, letter.isASCII, letter.properties.isAlphabetic else {
                throw problem("`\\c` needs a letter")
            }
            position += 1
            return single(letter.value & 0x1F)
        case "p", "P":
            guard skip("{") else { throw problem("`\\\(scalar)` needs `{…}`") }
            let start = position
            while let next = current, next != "}" { position += 1 }
            var name = String(String.UnicodeScalarView(scalars[start..<position]))
            guard skip("}") else { throw problem("`\\\(scalar){` does not end") }
            for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
                name = String(name.dropFirst(prefix.count))
            }
            guard let category = PatternCategory(name: name) else {
                throw problem("the Unicode property `\(name)` is not supported", isUnsupported: true)
            }
            return ScalarSet(category, isNegated: scalar == "P")
        case "1"..."9", "k":
            throw problem("there is no backreference here")
        default:
            guard !ScalarSet.word.contains(scalar) || scalar == "_" else {
                throw problem("there is no escape `\\\(scalar)`")
            }
            return single(scalar.value)
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value - 0x30)
        case "a"..."f": Int(scalar.value - 0x61 + 10)
        case "A"..."F": Int(scalar.value - 0x41 + 10)
        default: nil
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(Pattern.Problem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = current.flatMap(Self.digit) else {
                throw problem("an escape needs \(count) hexadecimal digits")
            }
            value = value * 16 + UInt32(digit)
            position += 1
        }
        return value
    }
}
