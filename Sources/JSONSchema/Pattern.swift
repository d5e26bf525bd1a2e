/// A regular expression of `pattern`: the part of ECMA-262 that needs no backtracking, which is what
/// [JSON Schema §6.4](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4) recommends and some more.
///
/// The caller supplies the text, so matching takes time in proportion to it and nothing else: all ways through the
/// expression are followed at once (Thompson's construction). Lookaround and backreferences have no such form; they are
/// refused when the pattern is read.
public struct Pattern: Sendable {
    /// As it was written.
    public let text: String
    let program: [Instruction]

    /// Why a text is no pattern that can be matched.
    public struct Problem: Error, Sendable, Equatable {
        /// Whether it is an expression of ECMA-262 that this matcher cannot follow.
        public let isUnsupported: Bool
        /// What is wrong, in a few words.
        public let message: String
        /// Where, in Unicode scalars from 0.
        public let offset: Int
    }

    /// One step of the matcher.
    enum Instruction: Sendable {
        case scalar(ScalarSet)
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        case start, end
        case wordBoundary(Bool)
        case match
    }

    /// The most steps that a pattern may become: `{n,m}` repeats what stands before it.
    static let maximumSteps = 4096

    /// A pattern from its text.
    public init(_ text: String) throws(Problem) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var compiler = PatternCompiler()
        try compiler.compile(tree)
        compiler.program.append(.match)
        self.text = text
        program = compiler.program
    }

    /// Whether the pattern is found somewhere in the text.
    public func matches(_ text: String) -> Bool {
        var matcher = PatternMatcher(program)
        return matcher.matches(text)
    }
}

/// Turns the tree of an expression into steps.
private struct PatternCompiler {
    var program: [Pattern.Instruction] = []

    mutating func compile(_ node: PatternNode) throws(Pattern.Problem) {
        guard program.count < Pattern.maximumSteps else {
            throw Pattern.Problem(isUnsupported: true, message: "the pattern repeats too much", offset: 0)
        }
        switch node {
        case .scalar(let set): program.append(.scalar(set))
        case .start: program.append(.start)
        case .end: program.append(.end)
        case .wordBoundary(let isWanted): program.append(.wordBoundary(isWanted))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .alternatives(let nodes): try alternatives(nodes[...])
        case .repetition(let node, let minimum, let maximum): try repetition(node, minimum, maximum)
        }
    }

    private mutating func alternatives(_ nodes: ArraySlice<PatternNode>) throws(Pattern.Problem) {
        var ends: [Int] = []
        for (index, node) in nodes.enumerated() {
            if index + 1 == nodes.count {
                try compile(node)
                break
            }
            let split = program.count
            program.append(.match)
            try compile(node)
            ends.append(program.count)
            program.append(.match)
            program[split] = .split(split + 1, program.count)
        }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func repetition(
        _ node: PatternNode, _ minimum: Int, _ maximum: Int?
    ) throws(Pattern.Problem) {
        for _ in 0..<minimum { try compile(node) }
        guard let maximum else {
            let split = program.count
            program.append(.match)
            try compile(node)
            program.append(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<max(minimum, maximum) {
            splits.append(program.count)
            program.append(.match)
            try compile(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }
}
