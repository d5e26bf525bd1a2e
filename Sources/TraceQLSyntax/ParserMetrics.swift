// Metrics functions, second stages and hints.

extension Parser {
    /// `rate()`, `quantile_over_time(…)` and so on, with `by (…)`.
    mutating func parseMetricsFunction() throws(TraceQLError) -> Int32 {
        let word = take()
        try countOperand(at: word.start)
        var node = Node(.metricsFunction, at: word.start)
        node.operation = word.kind
        node.list = 0..<0
        _ = try expect(.leftParenthesis)
        switch word.kind {
        case .rate, .countOverTime:
            break
        case .compare:
            node.first = try parseFilterOfCompare()
            node.second = try parseArgumentsOfCompare(at: word.start)
        case .quantileOverTime:
            node.first = try parseAttribute(isChecked: false)
            node.second = try parseQuantiles()
        default:
            node.first = try parseAttribute(isChecked: false)
        }
        _ = try expect(.rightParenthesis)
        if word.kind != .compare, try peek() == .by {
            let by = take()
            _ = try expect(.leftParenthesis)
            node.list = try parseAttributes(areChecked: false)
            _ = try expect(.rightParenthesis)
            let isBucketed = word.kind == .quantileOverTime || word.kind == .histogramOverTime
            if node.list.count > (isBucketed ? 4 : 5) {
                refuse("metrics group by \(node.list.count) values not yet supported", at: by.start)
            }
        }
        return push(node)
    }

    private mutating func parseFilterOfCompare() throws(TraceQLError) -> Int32 {
        guard try peek() == .leftBrace else { throw unexpected(expecting: "{") }
        return try parseFilter()
    }

    /// How many values, and from when to when in nanoseconds since 1970.
    private mutating func parseArgumentsOfCompare(at offset: Int) throws(TraceQLError) -> Int32 {
        var values: [Int32] = []
        if try peek() == .comma {
            _ = take()
            values.append(try parseInteger())
            if try peek() == .comma {
                for _ in 0..<2 {
                    _ = try expect(.comma)
                    values.append(try parseInteger())
                }
            }
        }
        let numbers = values.map { tree.node($0).integer }
        if let top = numbers.first, !(1...1000).contains(top) {
            refuse("compare() top number of values must be an integer between 1 and 1000", at: offset)
        }
        if numbers.count == 3, numbers[1] != 0 || numbers[2] != 0 {
            if numbers[1] <= 0 || numbers[2] <= 0 {
                refuse("compare() timestamps must be positive integer unix nanoseconds", at: offset)
            } else if numbers[2] <= numbers[1] {
                refuse("compare() end timestamp must be greater than start timestamp", at: offset)
            }
        }
        return arguments(values, at: offset)
    }

    private mutating func parseInteger() throws(TraceQLError) -> Int32 {
        try literal(try expect(.integer))
    }

    private mutating func parseQuantiles() throws(TraceQLError) -> Int32 {
        let start = token.start
        var values: [Int32] = []
        _ = try expect(.comma)
        while true {
            guard try peek() == .integer || token.kind == .float else {
                throw unexpected(expecting: "INTEGER or FLOAT")
            }
            let token = take()
            let index = try literal(token)
            let literal = tree.node(index)
            var node = Node(.float, at: token.start)
            node.type = .float
            node.float = literal.kind == .float ? literal.float : Double(literal.integer)
            if node.float > 1 {
                var text: [UInt8] = []
                text.append(number: node.float)
                refuse("quantile must be between 0 and 1: \(String(decoding: text, as: UTF8.self))", at: token.start)
            }
            values.append(push(node))
            guard try peek() == .comma else { break }
            _ = take()
        }
        return arguments(values, at: start)
    }

    private mutating func arguments(_ values: [Int32], at offset: Int) -> Int32 {
        var node = Node(.arguments, at: offset)
        let start = tree.lists.count
        tree.lists.append(contentsOf: values)
        node.list = start..<tree.lists.count
        return push(node)
    }

    // MARK: Second stages

    /// `| topk(n)`, `> n` and so on, as many as there are.
    mutating func parseSecondStages() throws(TraceQLError) -> Range<Int> {
        var found: [Int32] = []
        while true {
            let kind = try peek()
            if kind.isComparison {
                let operation = take()
                try countOperand(at: operation.start)
                var node = Node(.threshold, at: operation.start)
                node.operation = kind
                node.float = try parseThreshold()
                found.append(push(node))
            } else if kind == .pipe {
                _ = take()
                guard try peek() == .topK || token.kind == .bottomK else {
                    throw unexpected(expecting: "topk or bottomk")
                }
                let word = take()
                _ = try expect(.leftParenthesis)
                var node = Node(.rank, at: word.start)
                node.operation = word.kind
                let count = try parseInteger()
                node.integer = tree.node(count).integer
                _ = try expect(.rightParenthesis)
                if node.integer <= 0 { refuse("limit must be greater than 0", at: word.start) }
                found.append(push(node))
            } else {
                break
            }
        }
        let start = tree.lists.count
        tree.lists.append(contentsOf: found)
        return start..<tree.lists.count
    }

    /// Second stages after metrics queries in parentheses. Those of a single query become its own.
    mutating func parseOuterSecondStages() throws(TraceQLError) {
        let operand = operands[operands.count - 1]
        let start = token.start
        let found = try parseSecondStages()
        tree.root = operand.node
        groups[0].mode = .stage
        let node = tree.node(operand.node)
        guard node.kind == .metricsQuery else {
            tree.secondStages = found
            return
        }
        if tree.node(node.second).operation == .compare { refuseCompareOperation(at: start) }
        let first = tree.lists.count
        tree.lists.append(contentsOf: tree.lists[node.list] + tree.lists[found])
        tree.nodes[Int(operand.node)].list = first..<tree.lists.count
    }

    // MARK: Hints

    /// `with (name = value, …)`. The last one replaces those before.
    mutating func parseHints() throws(TraceQLError) {
        _ = take()
        _ = try expect(.leftParenthesis)
        var hints: [Hint] = []
        while true {
            let name = try expect(.identifier)
            _ = try expect(.equal)
            guard let value = try parseStatic() else { throw unexpected() }
            let text = TextRange(
                offset: Int32(truncatingIfNeeded: name.start), count: Int32(truncatingIfNeeded: name.end - name.start))
            hints.append(Hint(name: text, value: value, start: Int32(truncatingIfNeeded: name.start)))
            guard try peek() == .comma else { break }
            _ = take()
        }
        _ = try expect(.rightParenthesis)
        tree.hints = hints
    }
}
