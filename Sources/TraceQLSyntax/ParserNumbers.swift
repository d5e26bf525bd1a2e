// Numbers outside braces, which Tempo computes while it parses.

extension Parser {
    /// A literal's node.
    mutating func literal(_ token: Token) throws(TraceQLError) -> Int32 {
        try countOperand(at: token.start)
        var node = Node(.integer, at: token.start)
        node.bits = token.bits
        switch token.kind {
        case .float: (node.kind, node.type) = (.float, .float)
        case .duration: (node.kind, node.type) = (.duration, .duration)
        default: node.type = .integer
        }
        return push(node)
    }

    mutating func negated(_ number: Int32, at offset: Int) -> Int32 {
        var node = tree.node(number)
        node.start = Int32(truncatingIfNeeded: offset)
        if node.kind == .float { node.float = -node.float } else { node.integer = 0 &- node.integer }
        return push(node)
    }

    mutating func foldedNumber(
        _ operation: TokenKind, _ left: Int32, _ right: Int32, at offset: Int
    ) throws(TraceQLError) -> Int32 {
        let (left, right) = (tree.node(left), tree.node(right))
        if left.kind == .duration || right.kind == .duration {
            throw lexer.failure("duration cannot be used in scalar arithmetic", at: Int(right.start))
        }
        var node = left
        if left.kind == .integer, right.kind == .integer {
            switch operation {
            case .add: node.integer = left.integer &+ right.integer
            case .subtract: node.integer = left.integer &- right.integer
            case .multiply: node.integer = left.integer &* right.integer
            default:
                if right.integer == 0 { throw lexer.failure("division by zero", at: offset) }
                node.integer = left.integer.dividedReportingOverflow(by: right.integer).partialValue
            }
            return push(node)
        }
        (node.kind, node.type) = (.float, .float)
        let values = (plainNumber(left), plainNumber(right))
        switch operation {
        case .add: node.float = values.0 + values.1
        case .subtract: node.float = values.0 - values.1
        case .multiply: node.float = values.0 * values.1
        default: node.float = values.0 / values.1
        }
        guard node.float.isFinite else { throw lexer.failure("number out of range", at: offset) }
        return push(node)
    }

    func plainNumber(_ index: Int32) -> Double { plainNumber(tree.node(index)) }

    /// A number's value, a duration's in nanoseconds; there is no negative zero.
    private func plainNumber(_ node: Node) -> Double {
        (node.kind == .float ? node.float : Double(node.integer)) + 0
    }

    /// A number as it stands after a comparison of metrics, durations in seconds.
    mutating func parseThreshold() throws(TraceQLError) -> Double {
        let index = try parseNumber(above: 0)
        let node = tree.node(index)
        return node.kind == .duration ? Double(node.integer) / 1e9 + 0 : plainNumber(node)
    }

    /// Recursion is bounded by the limit of nesting; what this module prints is not nested.
    private mutating func parseNumber(above precedence: UInt8) throws(TraceQLError) -> Int32 {
        var left: Int32
        switch try peek() {
        case .integer, .float, .duration:
            left = try literal(take())
        case .subtract:
            let start = take().start
            try countLevel(at: start)
            left = negated(try parseNumber(above: .max), at: start)
            depth -= 1
        case .leftParenthesis:
            try countLevel(at: take().start)
            left = try parseNumber(above: 0)
            _ = try expect(.rightParenthesis)
            depth -= 1
        default:
            throw unexpected()
        }
        while true {
            let kind = try peek()
            guard kind == .add || kind == .subtract || kind == .multiply || kind == .divide,
                kind.precedence > precedence
            else { return left }
            let operation = take()
            let right = try parseNumber(above: kind.precedence)
            left = try foldedNumber(kind, left, right, at: operation.start)
        }
    }
}
