/// Turns the tree of an expression into steps.
struct PatternCompiler {
    private(set) var program: [Pattern.Instruction] = []
    /// Registers of groups, two each, and of repetitions behind them.
    private(set) var registers: Int
    /// Whether groups and their order matter; without lookaround and backreferences they do not.
    private let isBacktracking: Bool

    init(groups: Int, isBacktracking: Bool) {
        registers = 2 * groups
        self.isBacktracking = isBacktracking
    }

    mutating func finish() { program.append(.match) }

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
        case .repetition(let node, let minimum, let maximum, let isGreedy):
            try repetition(node, minimum, maximum, isGreedy)
        case .group(let number, let node):
            guard isBacktracking else { return try compile(node) }
            program.append(.set(2 * number))
            try compile(node)
            program.append(.set(2 * number + 1))
        case .backreference(let groups): program.append(.backreference(groups))
        case .look(let isAhead, let isWanted, let node):
            let position = program.count
            program.append(.match)
            try compile(node)
            program.append(.match)
            program[position] = .look(isAhead: isAhead, isWanted: isWanted, next: program.count)
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
        _ node: PatternNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool
    ) throws(Pattern.Problem) {
        for _ in 0..<minimum { try round(node, mustProgress: false) }
        func split(_ position: Int) {
            program[position] =
                isGreedy ? .split(position + 1, program.count) : .split(program.count, position + 1)
        }
        guard let maximum else {
            let position = program.count
            program.append(.match)
            try round(node, mustProgress: true)
            program.append(.jump(position))
            split(position)
            return
        }
        var positions: [Int] = []
        for _ in minimum..<max(minimum, maximum) {
            positions.append(program.count)
            program.append(.match)
            try round(node, mustProgress: true)
        }
        for position in positions { split(position) }
    }

    /// Once what is repeated. Groups within forget what they held, and a round that read nothing is the last one.
    /// https://262.ecma-international.org/13.0/#sec-runtime-semantics-repeatmatcher-abstract-operation
    private mutating func round(_ node: PatternNode, mustProgress: Bool) throws(Pattern.Problem) {
        guard isBacktracking else { return try compile(node) }
        if let groups = node.groups { program.append(.clear(2 * groups.lowerBound..<2 * groups.upperBound + 2)) }
        guard mustProgress else { return try compile(node) }
        let register = registers
        registers += 1
        program.append(.set(register))
        try compile(node)
        program.append(.progress(register))
    }
}

extension PatternNode {
    /// The numbers of the groups within, which follow each other.
    var groups: ClosedRange<Int>? {
        switch self {
        case .scalar, .start, .end, .wordBoundary, .backreference: nil
        case .sequence(let nodes), .alternatives(let nodes):
            nodes.reduce(nil) { Self.union($0, $1.groups) }
        case .repetition(let node, _, _, _), .look(_, _, let node): node.groups
        case .group(let number, let node): Self.union(number...number, node.groups)
        }
    }

    private static func union(_ left: ClosedRange<Int>?, _ right: ClosedRange<Int>?) -> ClosedRange<Int>? {
        guard let left, let right else { return left ?? right }
        return min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
    }

    /// Whether it has lookaround or backreferences.
    var needsBacktracking: Bool {
        switch self {
        case .scalar, .start, .end, .wordBoundary: false
        case .backreference, .look: true
        case .sequence(let nodes), .alternatives(let nodes): nodes.contains(where: \.needsBacktracking)
        case .repetition(let node, _, _, _), .group(_, let node): node.needsBacktracking
        }
    }
}
