// Tokens to a tree. The parser is an automaton with stacks of its own, so that nesting costs no thread's stack; it
// decides by what was read, as Tempo's generated parser does.

struct Parser {
    var lexer: Lexer
    var tree: Tree
    var token = Token()
    var hasToken = false
    let limits: TraceQLLimits
    var depth = 0
    var operandCount = 0
    /// The first thing that Tempo's validation would refuse: reported only if the whole query parses.
    var invalid: TraceQLError?

    var groups: [Group] = []
    var operands: [Operand] = []
    var frames: [Frame] = []
    /// The stages of the open groups.
    var stages: [Int32] = []
    /// The operands and operators of the field expression being read.
    var fieldOperands: [Int32] = []
    var fieldFrames: [Frame] = []

    init(_ source: UnsafeBufferPointer<UInt8>, owned: [UInt8], limits: TraceQLLimits) {
        lexer = Lexer(source)
        tree = Tree(source: owned)
        tree.nodes.reserveCapacity(min(8 + source.count / 6, 256))
        fieldOperands.reserveCapacity(8)
        fieldFrames.reserveCapacity(8)
        self.limits = limits
    }

    @inline(__always)
    mutating func peek() throws(TraceQLError) -> TokenKind {
        if !hasToken {
            token = try lexer.next()
            hasToken = true
        }
        return token.kind
    }

    @inline(__always)
    mutating func take() -> Token {
        hasToken = false
        return token
    }

    mutating func expect(_ kind: TokenKind) throws(TraceQLError) -> Token {
        guard try peek() == kind else { throw unexpected(expecting: "\(kind.text)") }
        return take()
    }

    /// The error about the token that was read last.
    func unexpected(expecting: String? = nil) -> TraceQLError {
        var name = "\(token.kind.text)"
        if token.kind == .attribute {
            if token.isParent { name = "parent." } else if token.scope != .none { name = "\(token.scope.text)." }
        }
        return lexer.failure(
            "syntax error: unexpected \(name)" + (expecting.map { ", expecting \($0)" } ?? ""), at: token.start)
    }

    func unknownIdentifier() -> TraceQLError {
        let text = String(decoding: lexer.source[token.start..<token.end], as: UTF8.self)
        return lexer.failure("unknown identifier: \(text)", at: token.start)
    }

    /// Notes what validation refuses.
    mutating func refuse(_ message: String, at offset: Int) {
        if invalid == nil { invalid = lexer.failure(message, at: offset) }
    }

    mutating func countLevel(at offset: Int) throws(TraceQLError) {
        depth += 1
        if depth > limits.maximumDepth {
            throw lexer.failure("query is nested more than \(limits.maximumDepth) levels deep", at: offset)
        }
    }

    mutating func countOperand(at offset: Int) throws(TraceQLError) {
        operandCount += 1
        if operandCount > limits.maximumOperands {
            throw lexer.failure("query has more than \(limits.maximumOperands) operands", at: offset)
        }
    }

    mutating func push(_ node: Node) -> Int32 { tree.append(node) }

    // MARK: The query

    /// Reads a whole query.
    mutating func parse() throws(TraceQLError) {
        groups.append(Group())
        while true {
            guard try parseOperand() else { continue }
            if try parseAfterOperand() { break }
        }
        while try peek() == .with { try parseHints() }
        guard try peek() == .end else { throw unexpected(expecting: "with") }
        if let invalid { throw invalid }
    }

    /// An operand, or what opens one. False if only something was opened.
    private mutating func parseOperand() throws(TraceQLError) -> Bool {
        let kind = try peek()
        let group = groups[groups.count - 1]
        let isAtStageStart = operands.count == group.firstOperand && frames.count == group.firstFrame
        let isFirstStage = stages.count == group.firstStage
        switch kind {
        case .leftBrace:
            let start = token.start
            try admit(Operand(node: try parseFilter(), category: .spanset, start: start))
        case .leftParenthesis:
            let start = take().start
            try countLevel(at: start)
            groups.append(
                Group(
                    start: start, firstFrame: frames.count, firstOperand: operands.count, firstStage: stages.count))
            return false
        case .count, .average, .maximum, .minimum, .sum:
            let start = token.start
            try admit(Operand(node: try parseAggregate(), category: .aggregate, start: start))
        case .integer, .float, .duration:
            let token = take()
            try admit(Operand(node: try literal(token), category: .number, start: token.start))
        case .subtract where isAtStageStart || mayNegate(group):
            let start = take().start
            try countLevel(at: start)
            frames.append(Frame(kind: .prefix, operation: .subtract, precedence: .max, start: start))
            return false
        case .by where isAtStageStart:
            try admitStage(try parseGroup())
        case .select where isAtStageStart:
            try admitStage(try parseSelect())
        case .coalesce where isAtStageStart && !isFirstStage:
            let start = take().start
            _ = try expect(.leftParenthesis)
            _ = try expect(.rightParenthesis)
            try admitStage(push(Node(.coalesce, at: start)))
        case .rate, .countOverTime, .minimumOverTime, .maximumOverTime, .averageOverTime, .sumOverTime,
            .quantileOverTime, .histogramOverTime, .compare:
            guard isAtStageStart, !isFirstStage else { throw unexpected() }
            groups[groups.count - 1].metricsFunction = try parseMetricsFunction()
            groups[groups.count - 1].secondStages = try parseSecondStages()
            groups[groups.count - 1].mode = .stage
            if tree.node(groups[groups.count - 1].metricsFunction).operation == .compare,
                !groups[groups.count - 1].secondStages.isEmpty
            {
                refuseCompareOperation(at: token.start)
            }
        default:
            throw unexpected()
        }
        return true
    }

    /// Only numbers have signs here.
    private func mayNegate(_ group: Group) -> Bool {
        if frames.count > group.firstFrame, frames[frames.count - 1].kind == .prefix { return true }
        switch group.mode {
        case .number, .aggregate, .scalar, .scalarPipeline, .metrics: return true
        case .spanset, .pipelines, .stage, .unsupportedFilter: return false
        }
    }

    private mutating func admitStage(_ node: Int32) throws(TraceQLError) {
        try admit(Operand(node: node, category: .stage, start: Int(tree.node(node).start)))
    }

    /// What follows an operand: operators, bars, the end of what is open. True at the end of the query, false where
    /// another operand must follow.
    private mutating func parseAfterOperand() throws(TraceQLError) -> Bool {
        while true {
            let kind = try peek()
            switch kind {
            case .end, .with:
                guard groups.count == 1 else { throw unexpected() }
                try finishQuery()
                return true
            case .rightParenthesis:
                guard groups.count > 1 else { throw unexpected(expecting: "with") }
                try admit(try closeGroup())
            case .pipe:
                let group = groups[groups.count - 1]
                if group.mode == .metrics, groups.count == 1 {
                    try reduceAll()
                    try parseOuterSecondStages()
                    continue
                }
                guard group.metricsFunction == Node.none else { throw unexpected(expecting: "with") }
                try finishStage()
                _ = take()
                return false
            default:
                if try parseOperator(kind) { return false }
            }
        }
    }

    /// An operator between operands; false if it began something that is complete.
    private mutating func parseOperator(_ kind: TokenKind) throws(TraceQLError) -> Bool {
        let group = groups[groups.count - 1]
        var precedence = kind.precedence
        switch group.mode {
        case .spanset, .pipelines:
            guard kind.isSpansetOperator else { throw unexpected(expecting: groups.count == 1 ? "with" : nil) }
        case .number, .aggregate, .scalar:
            if kind.isComparison {
                guard !group.hasComparison else { throw unexpected() }
                groups[groups.count - 1].hasComparison = true
                precedence = TokenKind.comparisonPrecedence
            } else if !kind.isArithmetic {
                throw unexpected()
            }
        case .scalarPipeline:
            if kind.isComparison {
                guard groups.count == 1, !group.hasComparison else { throw unexpected() }
                groups[0].hasComparison = true
            } else if !kind.isArithmetic {
                throw unexpected()
            }
        case .metrics:
            if kind.isComparison, groups.count == 1 {
                try reduceAll()
                try parseOuterSecondStages()
                return false
            }
            guard kind == .add || kind == .subtract || kind == .multiply || kind == .divide else {
                throw unexpected(expecting: groups.count == 1 ? "with" : nil)
            }
        case .stage, .unsupportedFilter:
            throw unexpected(expecting: groups.count == 1 ? "with" : nil)
        }
        let operation = take()
        try reduce(before: kind, precedence)
        if kind == .power { try countLevel(at: operation.start) }
        frames.append(Frame(kind: .binary, operation: kind, precedence: precedence, start: operation.start))
        return true
    }

    private mutating func finishQuery() throws(TraceQLError) {
        let group = groups[0]
        if group.metricsFunction != Node.none {
            tree.root = makeMetricsQuery(group)
            return
        }
        if tree.root != Node.none { return }
        try reduceAll()
        guard let operand = operands.last else { throw unexpected() }
        switch operand.category {
        case .spanset, .stage:
            stages.append(operand.node)
            tree.root = makePipeline(from: 0, at: 0)
        case .pipelines, .metrics, .unsupportedFilter:
            tree.root = operand.node
        case .aggregate, .scalar, .number, .scalarPipeline:
            throw unexpected()
        }
    }
}
