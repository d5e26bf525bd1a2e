extension Parser {
    /// A call whose name was read and whose parenthesis is next. True if it has no arguments and so is complete.
    mutating func openCall(_ name: Token) throws(PromQLError) -> Bool {
        try countOperand(at: name.start)
        let parenthesis = take()
        var frame = Frame(kind: .call, start: name.start)
        frame.index = name.end
        frame.base = operands.count
        if try peek() == .rightParenthesis {
            try finishCall(frame, end: take().end)
            return true
        }
        try open(frame, at: parenthesis)
        return false
    }

    mutating func finishCall(_ frame: Frame, end: Int) throws(PromQLError) {
        let name = UnsafeBufferPointer(rebasing: lexer.source[frame.start..<frame.index])
        guard let index = Function.index(named: name) else {
            throw lexer.failure("unknown function with name " + quoted(name), at: frame.start)
        }
        var node = Node(.call, Function.all[index].result, start: frame.start, end: end)
        node.first = Int32(truncatingIfNeeded: index)
        let first = tree.arguments.count
        tree.arguments.append(contentsOf: operands[frame.base...])
        operands.removeLast(operands.count - frame.base)
        node.list = first..<tree.arguments.count
        if index == Function.info, node.list.count > 1 {
            let selector = Int(tree.arguments[first + 1])
            if tree.nodes[selector].kind == .vectorSelector { tree.nodes[selector].flags.insert(.mayBeEmpty) }
        }
        push(node)
    }

    /// An aggregation whose operator was read. True if it has no arguments, which is then refused.
    mutating func openAggregation(_ name: Token) throws(PromQLError) -> Bool {
        try countOperand(at: name.start)
        var frame = Frame(kind: .aggregation, operation: name.kind, start: name.start)
        frame.context = context
        frame.base = operands.count
        context = .aggregation
        if try peek() != .leftParenthesis {
            try parseAggregationModifier(&frame)
        }
        let parenthesis = try expect(.leftParenthesis)
        if try peek() == .rightParenthesis {
            try finishAggregation(frame, end: take().end)
            return true
        }
        try open(frame, at: parenthesis)
        return false
    }

    private mutating func parseAggregationModifier(_ frame: inout Frame) throws(PromQLError) {
        if take().kind == .without { frame.flags.insert(.without) }
        frame.hasModifier = true
        frame.labels = try parseGroupingLabels()
    }

    mutating func finishAggregation(_ frame: Frame, end: Int) throws(PromQLError) {
        var frame = frame
        var end = end
        if !frame.hasModifier {
            switch try peek() {
            case .by, .without:
                try parseAggregationModifier(&frame)
                end = token.end
            default: break
            }
        }
        context = frame.context
        let count = operands.count - frame.base
        guard count > 0 else {
            throw lexer.failure("no arguments for aggregate expression provided", at: frame.start)
        }
        let wanted = frame.operation.takesParameter ? 2 : 1
        guard count == wanted else {
            throw lexer.failure(
                "wrong number of arguments for aggregate expression provided, expected \(wanted), got \(count)",
                at: frame.start)
        }
        var node = Node(.aggregation, .vector, start: frame.start, end: end)
        node.operation = frame.operation
        node.flags = frame.flags
        node.list = frame.labels
        node.first = operands.removeLast()
        if wanted == 2 { node.second = operands.removeLast() }
        push(node)
    }

    /// Labels in parentheses after `by`, `without`, `on`, `ignoring`, `group_left` or `group_right`.
    mutating func parseGroupingLabels() throws(PromQLError) -> Range<Int> {
        let first = tree.labels.count
        _ = try expect(.leftParenthesis, .groupingStart)
        if try peek() == .rightParenthesis {
            _ = take()
            return first..<first
        }
        while true {
            let kind = try peek()
            if kind == .string {
                let token = take()
                let label = textOfString(token)
                try checkGroupingLabel(label, at: token)
                tree.labels.append(label)
            } else if kind.mayBeMetricName || kind.mayBeLabelOnly {
                let token = take()
                tree.labels.append(
                    TextRange(
                        offset: Int32(truncatingIfNeeded: token.start),
                        count: Int32(truncatingIfNeeded: token.end - token.start)))
            } else {
                throw unexpected(.groupingLabel)
            }
            switch try peek() {
            case .rightParenthesis:
                _ = take()
                return first..<tree.labels.count
            case .comma:
                _ = take()
                if try peek() == .rightParenthesis {
                    _ = take()
                    return first..<tree.labels.count
                }
            default:
                throw unexpected(.groupingNext)
            }
        }
    }

    private func checkGroupingLabel(_ label: TextRange, at token: Token) throws(PromQLError) {
        let message = tree.withBytes(label) { bytes -> String? in
            var index = 0
            var isValid = !bytes.isEmpty
            while index < bytes.count, isValid {
                let scalar = DecodedScalar(bytes, at: index)
                isValid = !scalar.isInvalid
                index += scalar.width
            }
            return isValid ? nil : "invalid label name for grouping: " + quoted(bytes)
        }
        if let message { throw lexer.failure(message, at: token.start) }
    }
}

extension TokenKind {
    /// Keywords that may be labels in grouping, but no metric names.
    fileprivate var mayBeLabelOnly: Bool {
        switch self {
        case .bool, .on, .ignoring, .groupLeft, .groupRight, .atan2: true
        default: false
        }
    }
}
