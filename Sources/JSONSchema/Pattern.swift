/// A regular expression of `pattern`, as ECMA-262 has it
/// ([JSON Schema §6.4](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4)).
///
/// The caller supplies the text. Where the expression has neither lookaround nor backreferences, matching takes time in
/// proportion to the text and nothing else: all ways through the expression are followed at once (Thompson's
/// construction). Those two have no such form: one way is tried after another, and a text that takes more than
/// ``maximumTrials`` steps is refused.
public struct Pattern: Sendable {
    /// As it was written.
    public let text: String
    private let program: [Instruction]
    /// How many registers backtracking needs; nil where there is no need for it.
    private let registers: Int?

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
        /// Goes on at both places; the first is tried first.
        case split(Int, Int)
        case jump(Int)
        case start, end
        case wordBoundary(Bool)
        case match

        // With backtracking alone:

        /// Remembers the position.
        case set(Int)
        /// Forgets positions.
        case clear(Range<Int>)
        /// Goes on only if something was read since the position was remembered.
        case progress(Int)
        /// What the group held stands here again; of several groups of one name, the one that took part.
        case backreference([Int])
        /// Goes on at the next place if what follows, up to its `match`, is found here or not.
        case look(isAhead: Bool, isWanted: Bool, next: Int)
    }

    /// The most steps that a pattern may become: `{n,m}` repeats what stands before it.
    static let maximumSteps = 4096
    /// The most steps that are taken over one text where one way is tried after another.
    public static let maximumTrials = 200_000

    /// A pattern from its text.
    public init(_ text: String) throws(Problem) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        let isBacktracking = tree.needsBacktracking
        var compiler = PatternCompiler(groups: parser.groups, isBacktracking: isBacktracking)
        try compiler.compile(tree)
        compiler.finish()
        self.text = text
        program = compiler.program
        registers = isBacktracking ? compiler.registers : nil
    }

    /// Whether it has lookaround or backreferences, so that a text may use up the steps that are taken.
    public var isBacktracking: Bool { registers != nil }

    /// Whether the pattern is found somewhere in the text. A text that takes too many steps does not match.
    public func matches(_ text: String) -> Bool { attempt(text).outcome == .match }

    /// What matching came to, and how many steps one way after another took.
    func attempt(_ text: String) -> (outcome: BacktrackingMatcher.Outcome, steps: Int) {
        guard let registers else {
            var matcher = PatternMatcher(program)
            return (matcher.matches(text) ? .match : .noMatch, 0)
        }
        // Each place of the text is a step at least.
        guard text.utf8.count <= Self.maximumTrials else { return (.exhausted, Self.maximumTrials) }
        var matcher = BacktrackingMatcher(
            program, registers: registers, text: text, maximumSteps: Self.maximumTrials)
        return (matcher.matches(), matcher.steps)
    }
}
