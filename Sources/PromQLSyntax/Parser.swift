// Tokens to a tree. The parser is an automaton with a stack of its own, so that nesting costs no thread's stack, and
// it looks no further ahead than Prometheus' generated parser does, so that of two mistakes the same one is reported.

/// A construct that is open around the operand being read.
struct Frame {
    enum Kind: UInt8 { case binary, sign, parenthesis, call, aggregation }

    var kind: Kind
    var operation: TokenKind = .end
    var flags: NodeFlags = []
    /// Aggregations: whether `by` or `without` came before the arguments.
    var hasModifier = false
    /// Binary and sign frames.
    var precedence: UInt8 = 0
    var context = ErrorContext.none
    var start = 0
    /// Calls: the function. Binary: the matching.
    var index = Int(Node.none)
    /// Aggregations: the labels.
    var labels = 0..<0
    /// Calls and aggregations: the number of operands before the first argument.
    var base = 0
}

struct Parser {
    var lexer: Lexer
    var tree: Tree
    var token = Token()
    var hasToken = false
    var frames: [Frame] = []
    var operands: [Int32] = []
    var durationFrames: [DurationFrame] = []
    var durationOperands: [DurationOperand] = []
    /// The innermost construct that has an error message of its own.
    var context = ErrorContext.none
    let limits: PromQLLimits
    var depth = 0
    var operandCount = 0

    init(_ source: UnsafeBufferPointer<UInt8>, owned: [UInt8], limits: PromQLLimits) {
        lexer = Lexer(source)
        tree = Tree(source: owned)
        tree.nodes.reserveCapacity(min(4 + source.count / 6, 256))
        self.limits = limits
    }

    @inline(__always)
    mutating func peek() throws(PromQLError) -> TokenKind {
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

    /// Reads a whole expression.
    mutating func parseExpression() throws(PromQLError) {
        if try peek() == .end { throw lexer.failure("no expression found in input", at: 0) }
        while true {
            guard try parseOperand() else { continue }
            if try parseAfterOperand() { return }
        }
    }

    /// Reads one series selector as the API's `match[]` takes it.
    mutating func parseSelector() throws(PromQLError) {
        let first = try peek()
        if first == .leftBrace {
            try parseVectorSelector(name: nil)
        } else if first.mayBeMetricName {
            try parseVectorSelector(name: take())
        } else {
            throw unexpected()
        }
        guard try peek() == .end else { throw unexpected() }
        tree.root = operands[0]
    }

    /// What follows an operand: modifiers, operators, the end of what is open. True at the end of the query, false
    /// where another operand must follow.
    private mutating func parseAfterOperand() throws(PromQLError) -> Bool {
        while true {
            let kind = try peek()
            switch kind {
            case .offset: try parseOffset()
            case .at: try parseAt()
            case .leftBracket: try parseRange()
            case .anchored, .smoothed: try parseExtension()
            default:
                let precedence = kind.precedence
                if precedence > 0 {
                    reduce(before: kind, precedence)
                    try parseBinaryOperator()
                    return false
                }
                reduceAll()
                guard let frame = frames.last else {
                    guard kind == .end else { throw unexpected() }
                    tree.root = operands[0]
                    return true
                }
                if kind == .rightParenthesis {
                    let end = take().end
                    close()
                    switch frame.kind {
                    case .parenthesis: wrap(frame, end: end)
                    case .call: try finishCall(frame, end: end)
                    case .aggregation: try finishAggregation(frame, end: end)
                    case .binary, .sign: break
                    }
                } else if kind == .comma, frame.kind != .parenthesis {
                    let comma = take()
                    guard try peek().startsOperand else {
                        throw lexer.failure("trailing commas not allowed in function call args", at: comma.start)
                    }
                    return false
                } else {
                    throw unexpected()
                }
            }
        }
    }

    /// An operand, or what opens one. False if only something was opened.
    private mutating func parseOperand() throws(PromQLError) -> Bool {
        switch try peek() {
        case .add, .subtract:
            let token = take()
            var frame = Frame(kind: .sign, operation: token.kind, start: token.start)
            frame.precedence = TokenKind.signPrecedence
            try open(frame, at: token)
            return false
        case .leftParenthesis:
            let token = take()
            try open(Frame(kind: .parenthesis, start: token.start), at: token)
            return false
        case .number, .duration:
            let token = take()
            try countOperand(at: token.start)
            let value = try literalValue(token)
            var node = Node(.number, .scalar, start: token.start, end: token.end)
            node.number = value
            if token.kind == .duration { node.flags = .isDuration }
            push(node)
        case .string:
            let token = take()
            try countOperand(at: token.start)
            var node = Node(.string, .string, start: token.start, end: token.end)
            node.text = textOfString(token)
            push(node)
        case .leftBrace:
            try parseVectorSelector(name: nil)
        case .identifier, .startWord, .endWord, .stepWord, .rangeWord, .maximumOf, .minimumOf:
            let name = take()
            guard try peek() == .leftParenthesis else {
                try parseVectorSelector(name: name)
                return true
            }
            return try openCall(name)
        case .sum, .average, .count, .minimum, .maximum, .group, .standardDeviation, .standardVariance, .topK,
            .bottomK, .countValues, .quantile, .limitK, .limitRatio:
            let name = take()
            switch try peek() {
            case .leftParenthesis, .by, .without: return try openAggregation(name)
            default: try parseVectorSelector(name: name)
            }
        case .metricIdentifier, .and, .or, .unless, .offset, .by, .without, .anchored, .smoothed, .fill, .fillLeft,
            .fillRight:
            try parseVectorSelector(name: take())
        default:
            throw unexpected()
        }
        return true
    }

    // MARK: Stack

    mutating func push(_ node: Node) {
        operands.append(Int32(truncatingIfNeeded: tree.nodes.count))
        tree.nodes.append(node)
    }

    mutating func open(_ frame: Frame, at token: Token) throws(PromQLError) {
        try countLevel(at: token.start)
        frames.append(frame)
    }

    mutating func close() {
        frames.removeLast()
        depth -= 1
    }

    mutating func countLevel(at offset: Int) throws(PromQLError) {
        depth += 1
        if depth > limits.maximumDepth {
            throw lexer.failure("query is nested more than \(limits.maximumDepth) levels deep", at: offset)
        }
    }

    mutating func countOperand(at offset: Int) throws(PromQLError) {
        operandCount += 1
        if operandCount > limits.maximumOperands {
            throw lexer.failure("query has more than \(limits.maximumOperands) operands", at: offset)
        }
    }

    /// Completes the operators that bind tighter than the one that follows.
    private mutating func reduce(before kind: TokenKind, _ precedence: UInt8) {
        while let frame = frames.last, frame.precedence > precedence || frame.precedence == precedence && kind != .power
        {
            reduceLast(frame)
        }
    }

    private mutating func reduceAll() {
        while let frame = frames.last, frame.precedence > 0 { reduceLast(frame) }
    }

    private mutating func reduceLast(_ frame: Frame) {
        frames.removeLast()
        let right = operands.removeLast()
        let operand = tree.nodes[Int(right)]
        if frame.kind == .sign {
            depth -= 1
            if operand.kind == .number {
                if frame.operation == .subtract, !operand.number.isNaN {
                    tree.nodes[Int(right)].number = -operand.number
                }
                tree.nodes[Int(right)].start = Int32(truncatingIfNeeded: frame.start)
                operands.append(right)
                return
            }
            var node = Node(.sign, operand.type, start: frame.start, end: Int(operand.end))
            node.operation = frame.operation
            node.first = right
            push(node)
        } else {
            if frame.operation == .power { depth -= 1 }
            let left = operands.removeLast()
            let other = tree.nodes[Int(left)]
            let type: PromQLType = operand.type == .scalar && other.type == .scalar ? .scalar : .vector
            var node = Node(.binary, type, start: Int(other.start), end: Int(operand.end))
            node.operation = frame.operation
            node.flags = frame.flags
            node.first = left
            node.second = right
            node.third = Int32(truncatingIfNeeded: frame.index)
            push(node)
        }
    }

    private mutating func wrap(_ frame: Frame, end: Int) {
        let inner = operands.removeLast()
        var node = Node(.parenthesized, tree.nodes[Int(inner)].type, start: frame.start, end: end)
        node.first = inner
        push(node)
    }
}

extension TokenKind {
    /// Words that may stand as a metric's name outside braces.
    var mayBeMetricName: Bool {
        switch self {
        case .identifier, .metricIdentifier, .and, .or, .unless, .sum, .average, .count, .minimum, .maximum, .group,
            .standardDeviation, .standardVariance, .topK, .bottomK, .countValues, .quantile, .limitK, .limitRatio,
            .offset, .smoothed, .anchored, .by, .without, .fill, .fillLeft, .fillRight, .startWord, .endWord, .stepWord,
            .rangeWord, .maximumOf, .minimumOf:
            true
        default: false
        }
    }

    /// Tokens an expression can start with.
    var startsOperand: Bool {
        switch self {
        case .add, .subtract, .leftParenthesis, .leftBrace, .number, .duration, .string: true
        default: mayBeMetricName
        }
    }
}
