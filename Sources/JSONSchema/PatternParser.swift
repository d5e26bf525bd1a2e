/// The tree of a regular expression.
indirect enum PatternNode: Sendable {
    case scalar(ScalarSet)
    case start, end
    case wordBoundary(Bool)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repetition(PatternNode, minimum: Int, maximum: Int?)
}

/// Reads a pattern. https://262.ecma-international.org/13.0/#sec-patterns
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parse() throws(Pattern.Problem) -> PatternNode {
        let node = try alternatives()
        guard position == scalars.count else { throw problem("a `)` without `(`") }
        return node
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    private func starts(with text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    private func problem(_ message: String, isUnsupported: Bool = false) -> Pattern.Problem {
        Pattern.Problem(isUnsupported: isUnsupported, message: message, offset: min(position, scalars.count))
    }

    private mutating func alternatives() throws(Pattern.Problem) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw problem("groups are nested too deep", isUnsupported: true) }
        var nodes = [try sequence()]
        while skip("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(Pattern.Problem) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            let (node, isRepeatable) = try atom()
            nodes.append(isRepeatable ? try repeated(node) : node)
        }
        return .sequence(nodes)
    }

    private mutating func atom() throws(Pattern.Problem) -> (PatternNode, isRepeatable: Bool) {
        let scalar = scalars[position]
        switch scalar {
        case "^":
            position += 1
            return (.start, false)
        case "$":
            position += 1
            return (.end, false)
        case "(": return (try group(), true)
        case "[": return (.scalar(try characterClass()), true)
        case ".":
            position += 1
            return (.scalar(ScalarSet.lineTerminators.negated), true)
        case "*", "+", "?": throw problem("nothing stands before `\(scalar)`")
        case "\\":
            position += 1
            if skip("b") { return (.wordBoundary(true), false) }
            if skip("B") { return (.wordBoundary(false), false) }
            return (.scalar(try escape(inClass: false)), true)
        case "{" where try bounds(peeking: true) != nil: throw problem("nothing stands before `{`")
        default:
            position += 1
            return (.scalar(ScalarSet([scalar.value...scalar.value])), true)
        }
    }

    private mutating func group() throws(Pattern.Problem) -> PatternNode {
        for (opening, name) in [
            ("(?=", "lookahead"), ("(?!", "lookahead"), ("(?<=", "lookbehind"), ("(?<!", "lookbehind"),
        ]
        where starts(with: opening) {
            throw problem("\(name) `\(opening)…)` is not supported", isUnsupported: true)
        }
        position += 1
        if skip("?") {
            if skip("<") {
                while let scalar = current, scalar != ">" {
                    guard ScalarSet.word.contains(scalar) else { throw problem("a group needs a name") }
                    position += 1
                }
                guard skip(">") else { throw problem("the name of a group does not end") }
            } else if !skip(":") {
                throw problem("this kind of group is not supported", isUnsupported: true)
            }
        }
        let node = try alternatives()
        guard skip(")") else { throw problem("a `(` without `)`") }
        return node
    }

    private mutating func repeated(_ node: PatternNode) throws(Pattern.Problem) -> PatternNode {
        let minimum: Int
        let maximum: Int?
        switch current {
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "?": (minimum, maximum) = (0, 1)
        case "{":
            guard let (low, high) = try bounds(peeking: false) else { return node }
            (minimum, maximum) = (low, high)
            position -= 1
        default: return node
        }
        position += 1
        // Whether as much or as little as possible is taken makes no difference to whether it matches.
        _ = skip("?")
        if current == "*" || current == "+" || current == "?" { throw problem("a repetition of a repetition") }
        return .repetition(node, minimum: minimum, maximum: maximum)
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else that begins with a brace is text.
    private mutating func bounds(peeking: Bool) throws(Pattern.Problem) -> (Int, Int?)? {
        let start = position
        position += 1
        var result: (Int, Int?)?
        if let low = number() {
            if skip("}") {
                result = (low, low)
            } else if skip(",") {
                if skip("}") {
                    result = (low, nil)
                } else if let high = number(), skip("}") {
                    result = (low, high)
                }
            }
        }
        if result == nil || peeking { position = start }
        if let result, let high = result.1, high < result.0 { throw problem("the bounds of a repetition are swapped") }
        if let result, max(result.0, result.1 ?? 0) > Pattern.maximumSteps {
            throw problem("the pattern repeats too much", isUnsupported: true)
        }
        return result
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = current, ("0"..."9").contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
            position += 1
        }
        return value
    }

    private mutating func characterClass() throws(Pattern.Problem) -> ScalarSet {
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
    private mutating func escape(inClass: Bool) throws(Pattern.Problem) -> ScalarSet {
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
            throw problem("backreferences are not supported", isUnsupported: true)
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
