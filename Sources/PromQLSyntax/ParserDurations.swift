// Duration expressions: in brackets, and after `offset`.
// https://prometheus.io/docs/prometheus/latest/feature_flags/ calls them promql-duration-expr.

/// A duration that was read: a literal as long as possible, else a node.
struct DurationOperand {
    var node = Node.none
    var value = 0.0
    var isDuration = false
    var start: Int
    var end: Int
}

/// A construct that is open inside a duration expression.
struct DurationFrame {
    enum Kind: UInt8 { case binary, sign, parenthesis, firstArgument, secondArgument }

    var kind: Kind
    var operation: TokenKind = .end
    var precedence: UInt8 = 0
    var start = 0
}

extension Parser {
    /// A range or step, which must be positive if it is a literal.
    mutating func parsePositiveDuration() throws(PromQLError) -> DurationOperand {
        let duration = try parseDurationExpression()
        if duration.node == Node.none, duration.value <= 0 {
            throw lexer.failure("duration must be greater than 0", at: duration.start)
        }
        return duration
    }

    /// The operand of `offset`.
    ///
    /// A literal, a word with parentheses and a sign before one of these or before a parenthesis end it: what
    /// follows belongs to the query. What starts with a parenthesis or two signs goes on through arithmetic.
    mutating func parseOffsetDuration() throws(PromQLError) -> DurationOperand {
        switch try peek() {
        case .leftParenthesis:
            return try parseDurationExpression()
        case .add, .subtract:
            let sign = take()
            switch try peek() {
            case .number, .duration, .stepWord, .rangeWord, .minimumOf, .maximumOf, .leftParenthesis:
                let operand = try parseDurationPrimary()
                return try apply(sign.kind, operand, at: sign.start)
            case .add, .subtract:
                return try parseDurationExpression(after: sign)
            default:
                throw unexpected()
            }
        case .number, .duration, .stepWord, .rangeWord, .minimumOf, .maximumOf:
            return try parseDurationPrimary()
        default:
            throw unexpected()
        }
    }

    /// One operand with everything in its parentheses, and nothing after it.
    private mutating func parseDurationPrimary() throws(PromQLError) -> DurationOperand {
        try parseDuration(base: durationFrames.count, isPrimary: true)
    }

    /// Arithmetic as far as it goes.
    private mutating func parseDurationExpression(after sign: Token? = nil) throws(PromQLError) -> DurationOperand {
        let base = durationFrames.count
        if let sign { try openDuration(.sign, sign, precedence: TokenKind.signPrecedence) }
        return try parseDuration(base: base, isPrimary: false)
    }

    private mutating func parseDuration(base: Int, isPrimary: Bool) throws(PromQLError) -> DurationOperand {
        while true {
            guard try parseDurationOperand() else { continue }
            if isPrimary && durationFrames.count == base { break }
            if try parseAfterDuration(base: base, isPrimary: isPrimary) { break }
        }
        return durationOperands.removeLast()
    }

    private mutating func openDuration(
        _ kind: DurationFrame.Kind, _ token: Token, precedence: UInt8 = 0
    ) throws(PromQLError) {
        try countLevel(at: token.start)
        durationFrames.append(
            DurationFrame(kind: kind, operation: token.kind, precedence: precedence, start: token.start))
    }

    /// An operand, or what opens one. False if only something was opened.
    private mutating func parseDurationOperand() throws(PromQLError) -> Bool {
        switch try peek() {
        case .number, .duration:
            let token = take()
            try countOperand(at: token.start)
            let value = try literalValue(token)
            try checkDurationRange(value, at: token.start)
            durationOperands.append(
                DurationOperand(
                    value: value, isDuration: token.kind == .duration, start: token.start, end: token.end))
            return true
        case .stepWord, .rangeWord:
            let word = take()
            try countOperand(at: word.start)
            _ = try expect(.leftParenthesis)
            let end = try expect(.rightParenthesis).end
            let node = DurationNode(kind: word.kind == .stepWord ? .step : .range)
            pushDuration(node, start: word.start, end: end)
            return true
        case .minimumOf, .maximumOf:
            let word = take()
            try countOperand(at: word.start)
            _ = try expect(.leftParenthesis)
            try openDuration(.firstArgument, word)
            return false
        case .leftParenthesis:
            try openDuration(.parenthesis, take())
            return false
        case .add, .subtract:
            try openDuration(.sign, take(), precedence: TokenKind.signPrecedence)
            return false
        default:
            throw unexpected()
        }
    }

    /// What follows an operand. True at the end of the expression, with the result on the stack and the frames down
    /// to `base`; false where another operand must follow.
    private mutating func parseAfterDuration(base: Int, isPrimary: Bool) throws(PromQLError) -> Bool {
        while true {
            let kind = try peek()
            switch kind {
            case .add, .subtract, .multiply, .divide, .modulo, .power:
                let precedence = kind.precedence
                while durationFrames.count > base, let frame = durationFrames.last,
                    frame.precedence > precedence || frame.precedence == precedence && kind != .power
                {
                    try reduceDuration(frame)
                }
                let operation = take()
                if kind == .power { try countLevel(at: operation.start) }
                durationFrames.append(
                    DurationFrame(
                        kind: .binary, operation: kind, precedence: precedence, start: operation.start))
                return false
            default:
                while durationFrames.count > base, let frame = durationFrames.last, frame.precedence > 0 {
                    try reduceDuration(frame)
                }
                guard durationFrames.count > base, let frame = durationFrames.last else { return true }
                switch frame.kind {
                case .firstArgument:
                    _ = try expect(.comma)
                    durationFrames[durationFrames.count - 1].kind = .secondArgument
                    return false
                case .secondArgument:
                    let end = try expect(.rightParenthesis).end
                    closeDuration()
                    let second = node(of: durationOperands.removeLast())
                    let first = node(of: durationOperands.removeLast())
                    var node = DurationNode(kind: frame.operation == .minimumOf ? .minimum : .maximum)
                    node.first = first
                    node.second = second
                    pushDuration(node, start: frame.start, end: end)
                case .parenthesis:
                    let end = try expect(.rightParenthesis).end
                    closeDuration()
                    wrapDuration(start: frame.start, end: end)
                case .binary, .sign:
                    return true
                }
                if isPrimary && durationFrames.count == base { return true }
            }
        }
    }

    private mutating func closeDuration() {
        durationFrames.removeLast()
        depth -= 1
    }

    private mutating func pushDuration(_ node: DurationNode, start: Int, end: Int) {
        durationOperands.append(
            DurationOperand(node: Int32(truncatingIfNeeded: tree.durations.count), start: start, end: end))
        tree.durations.append(node)
    }

    private mutating func wrapDuration(start: Int, end: Int) {
        var operand = durationOperands.removeLast()
        if operand.node == Node.none {
            operand.node = node(of: operand)
            tree.durations[Int(operand.node)].kind = .wrappedLiteral
        }
        tree.durations[Int(operand.node)].isWrapped = true
        operand.start = start
        operand.end = end
        durationOperands.append(operand)
    }

    /// The node of an operand; a literal gets one.
    private mutating func node(of operand: DurationOperand) -> Int32 {
        if operand.node != Node.none { return operand.node }
        var node = DurationNode(kind: .literal)
        node.value = operand.value
        node.isDuration = operand.isDuration
        tree.durations.append(node)
        return Int32(truncatingIfNeeded: tree.durations.count - 1)
    }

    private mutating func reduceDuration(_ frame: DurationFrame) throws(PromQLError) {
        durationFrames.removeLast()
        let right = durationOperands.removeLast()
        if frame.kind == .sign {
            depth -= 1
            durationOperands.append(try apply(frame.operation, right, at: frame.start))
            return
        }
        if frame.operation == .power { depth -= 1 }
        let left = durationOperands.removeLast()
        if right.node == Node.none, right.value == 0 {
            if frame.operation == .divide { throw lexer.failure("division by zero", at: frame.start) }
            if frame.operation == .modulo { throw lexer.failure("modulo by zero", at: frame.start) }
        }
        let kind: DurationKind =
            switch frame.operation {
            case .add: .add
            case .subtract: .subtract
            case .multiply: .multiply
            case .divide: .divide
            case .modulo: .modulo
            default: .power
            }
        var node = DurationNode(kind: kind)
        node.first = self.node(of: left)
        node.second = self.node(of: right)
        pushDuration(node, start: left.start, end: right.end)
    }

    /// A sign before an operand: literals take it in, a plus disappears.
    private mutating func apply(
        _ sign: TokenKind, _ operand: DurationOperand, at start: Int
    ) throws(PromQLError) -> DurationOperand {
        var operand = operand
        operand.start = start
        if operand.node == Node.none {
            if sign == .subtract { operand.value = -operand.value }
            try checkDurationRange(operand.value, at: start)
        } else if sign == .subtract {
            var node = DurationNode(kind: .negation)
            node.first = operand.node
            operand.node = Int32(truncatingIfNeeded: tree.durations.count)
            tree.durations.append(node)
        }
        return operand
    }

    /// A time.Duration of Go has 63 bits of nanoseconds. NaN is none.
    private func checkDurationRange(_ seconds: Double, at start: Int) throws(PromQLError) {
        guard seconds.magnitude <= 0x1p63 / 1e9 else { throw lexer.failure("duration out of range", at: start) }
    }
}
