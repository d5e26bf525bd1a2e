/// The tree of a regular expression.
indirect enum PatternNode: Sendable {
    case scalar(ScalarSet)
    case start, end
    case wordBoundary(Bool)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repetition(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)
    /// What stands in parentheses and can be referred to, counted from 0.
    case group(Int, PatternNode)
    /// What a group holds, again; several groups may have one name.
    case backreference([Int])
    /// What follows, or precedes, is that or, if it is not wanted, is not.
    case look(isAhead: Bool, isWanted: Bool, PatternNode)
}

/// Reads a pattern. https://262.ecma-international.org/13.0/#sec-patterns
struct PatternParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    private var depth = 0
    /// How many groups there are that can be referred to.
    private(set) var groups = 0
    var groupNames: [(name: String, number: Int)] = []
    /// References by number or name, with their places: groups may stand behind what refers to them.
    var references: [(offset: Int, reference: Reference)] = []

    enum Reference {
        case number(Int)
        case name(String)
    }

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parse() throws(Pattern.Problem) -> PatternNode {
        let node = try alternatives()
        guard position == scalars.count else { throw problem("a `)` without `(`") }
        return references.isEmpty ? node : try resolved(node)
    }

    var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    func starts(with text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    func problem(_ message: String, isUnsupported: Bool = false) -> Pattern.Problem {
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
            if let node = try backreference() { return (node, true) }
            return (.scalar(try escape(inClass: false)), true)
        case "{" where try bounds(peeking: true) != nil: throw problem("nothing stands before `{`")
        default:
            position += 1
            return (.scalar(ScalarSet([scalar.value...scalar.value])), true)
        }
    }

    private mutating func group() throws(Pattern.Problem) -> PatternNode {
        for (opening, isAhead, isWanted) in [
            ("(?=", true, true), ("(?!", true, false), ("(?<=", false, true), ("(?<!", false, false),
        ]
        where starts(with: opening) {
            position += opening.unicodeScalars.count
            return .look(isAhead: isAhead, isWanted: isWanted, try body())
        }
        position += 1
        if skip("?") {
            if skip(":") { return try body() }
            guard skip("<") else { throw problem("this kind of group is not supported", isUnsupported: true) }
            groupNames.append((try groupName(), groups))
        }
        groups += 1
        let number = groups - 1
        return .group(number, try body())
    }

    /// The rest of a group.
    private mutating func body() throws(Pattern.Problem) -> PatternNode {
        let node = try alternatives()
        guard skip(")") else { throw problem("a `(` without `)`") }
        return node
    }

    /// A name up to its `>`.
    private mutating func groupName() throws(Pattern.Problem) -> String {
        let start = position
        while let scalar = current, scalar != ">" {
            guard ScalarSet.word.contains(scalar) || scalar == "$" else { throw problem("a group needs a name") }
            position += 1
        }
        guard position > start else { throw problem("a group needs a name") }
        guard skip(">") else { throw problem("the name of a group does not end") }
        return String(String.UnicodeScalarView(scalars[start..<position - 1]))
    }

    /// `\1` or `\k<name>`, behind the backslash; it is resolved once all groups are known.
    private mutating func backreference() throws(Pattern.Problem) -> PatternNode? {
        let offset = position - 1
        if starts(with: "k<") {
            position += 2
            references.append((offset, .name(try groupName())))
        } else if let scalar = current, ("1"..."9").contains(scalar), let number = number() {
            references.append((offset, .number(number)))
        } else {
            return nil
        }
        return .backreference([references.count - 1])
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
        let isGreedy = !skip("?")
        if current == "*" || current == "+" || current == "?" { throw problem("a repetition of a repetition") }
        return .repetition(node, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
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
}
