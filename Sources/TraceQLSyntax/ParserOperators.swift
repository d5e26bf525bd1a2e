// Operators between spansets, pipelines, scalars and metrics queries.

extension Parser {
    /// Takes in an operand, if what stands to its left allows it.
    mutating func admit(_ new: Operand) throws(TraceQLError) {
        var operand = new
        let group = groups[groups.count - 1]
        while frames.count > group.firstFrame, frames[frames.count - 1].kind == .prefix {
            guard operand.category == .number else { throw misplaced(operand) }
            let sign = frames.removeLast()
            depth -= 1
            operand.node = negated(operand.node, at: sign.start)
            operand.start = sign.start
        }
        if operands.count == group.firstOperand {
            try admitFirst(operand, in: group)
        } else {
            switch group.mode {
            case .spanset:
                guard operand.category == .spanset else { throw misplaced(operand) }
            case .pipelines:
                if operand.category == .spanset, operand.isParenthesized {
                    stages.append(operand.node)
                    operand.node = makePipeline(from: stages.count - 1, at: operand.start)
                    operand.category = .pipelines
                }
                guard operand.category == .pipelines else { throw misplaced(operand) }
            case .number where operand.category == .metrics && !group.hasComparison:
                groups[groups.count - 1].mode = .metrics
            case .number, .aggregate, .scalar:
                switch operand.category {
                case .number: break
                case .aggregate, .scalar: groups[groups.count - 1].mode = .scalar
                case .spanset, .pipelines, .scalarPipeline, .metrics, .stage, .unsupportedFilter:
                    throw misplaced(operand)
                }
            case .scalarPipeline:
                guard operand.category == .scalarPipeline || operand.category == .number && group.hasComparison
                else { throw misplaced(operand) }
            case .metrics:
                guard operand.category == .metrics || operand.category == .number else { throw misplaced(operand) }
            case .stage, .unsupportedFilter:
                throw misplaced(operand)
            }
        }
        operands.append(operand)
    }

    private mutating func admitFirst(_ operand: Operand, in group: Group) throws(TraceQLError) {
        if stages.count > group.firstStage {
            switch operand.category {
            case .spanset, .aggregate, .scalar, .number, .stage: break
            case .pipelines, .scalarPipeline, .metrics, .unsupportedFilter: throw misplaced(operand)
            }
        }
        groups[groups.count - 1].mode = operand.category
    }

    private func misplaced(_ operand: Operand) -> TraceQLError {
        let name =
            switch operand.category {
            case .spanset: "spanset"
            case .pipelines: "pipeline in parentheses"
            case .aggregate, .scalar: "aggregate"
            case .number: "number"
            case .scalarPipeline: "scalar pipeline"
            case .metrics: "metrics query"
            case .stage, .unsupportedFilter: "pipeline stage"
            }
        return lexer.failure("syntax error: unexpected \(name)", at: operand.start)
    }

    // MARK: Reduction

    /// Completes the operators that bind tighter than the one that follows.
    mutating func reduce(before kind: TokenKind, _ precedence: UInt8) throws(TraceQLError) {
        let first = groups[groups.count - 1].firstFrame
        while frames.count > first {
            let waiting = frames[frames.count - 1].precedence
            guard waiting > precedence || waiting == precedence && kind != .power else { return }
            try reduceLast()
        }
    }

    mutating func reduceAll() throws(TraceQLError) {
        while frames.count > groups[groups.count - 1].firstFrame { try reduceLast() }
    }

    private mutating func reduceLast() throws(TraceQLError) {
        let frame = frames.removeLast()
        if frame.operation == .power { depth -= 1 }
        let right = operands.removeLast()
        let left = operands.removeLast()
        var result = Operand(node: Node.none, category: left.category, start: left.start)
        switch (left.category, right.category) {
        case (.spanset, .spanset), (.pipelines, .pipelines):
            result.node = operation(.spansetOperation, frame.operation, left, right)
        case (.number, .number):
            // Tempo's grammar has no filter, and no power or remainder, of two numbers.
            guard frame.operation.isArithmetic, frame.operation != .power, frame.operation != .modulo else {
                throw unexpected()
            }
            result.node = try foldedNumber(frame.operation, left.node, right.node, at: frame.start)
        case (.metrics, .metrics), (.metrics, .number), (.number, .metrics):
            let sides = (try metricsSide(left), try metricsSide(right))
            result.node = operation(.metricsOperation, frame.operation, sides.0, sides.1)
            result.category = .metrics
        case (.scalarPipeline, _):
            result.node = unsupported(at: left.start)
            if frame.operation.isComparison {
                refuseFilter("lhs", at: left.start)
                result.category = .unsupportedFilter
                groups[groups.count - 1].mode = .unsupportedFilter
            }
        default:
            if frame.operation.isComparison {
                result.node = scalarFilter(frame.operation, left, right)
                result.category = .stage
                groups[groups.count - 1].mode = .stage
            } else {
                result.node = unsupported(at: left.start)
                result.category = .scalar
            }
        }
        operands.append(result)
    }

    private mutating func operation(
        _ kind: NodeKind, _ operation: TokenKind, _ left: Operand, _ right: Operand
    ) -> Int32 {
        var node = Node(kind, at: left.start)
        node.operation = operation
        node.first = left.node
        node.second = right.node
        return push(node)
    }

    private mutating func unsupported(at offset: Int) -> Int32 { push(Node(.unsupported, at: offset)) }

    /// Tempo's own words: its message has no value for the placeholder.
    private mutating func refuseFilter(_ side: String, at offset: Int) {
        refuse("scalar filter \(side) of type (%v) not yet supported", at: offset)
    }

    private mutating func scalarFilter(_ comparison: TokenKind, _ left: Operand, _ right: Operand) -> Int32 {
        if left.category != .aggregate {
            refuseFilter("lhs", at: left.start)
        } else if right.category != .number {
            refuseFilter("rhs", at: right.start)
        }
        return operation(.scalarFilter, comparison, left, right)
    }

    private mutating func metricsSide(_ operand: Operand) throws(TraceQLError) -> Operand {
        if operand.category == .metrics {
            // compare() has no single value to compute with.
            if tree.node(operand.node).kind == .metricsQuery,
                tree.node(tree.node(operand.node).second).operation == .compare
            {
                refuseCompareOperation(at: operand.start)
            }
            return operand
        }
        if tree.node(operand.node).kind == .duration {
            throw lexer.failure(
                "duration cannot be used as a scalar operand in metric arithmetic", at: operand.start)
        }
        var node = Node(.metricsScalar, at: operand.start)
        node.float = plainNumber(operand.node)
        var result = operand
        result.node = push(node)
        return result
    }

    mutating func refuseCompareOperation(at offset: Int) {
        refuse("`compare()` cannot be used with second stage functions", at: offset)
    }

    // MARK: Groups

    /// The part in parentheses that ends here, as an operand of what is around it.
    mutating func closeGroup() throws(TraceQLError) -> Operand {
        let group = groups[groups.count - 1]
        var result: Operand
        if group.metricsFunction != Node.none {
            result = Operand(node: makeMetricsQuery(group), category: .metrics, start: group.start)
        } else {
            try reduceAll()
            result = operands.removeLast()
            if stages.count == group.firstStage {
                switch result.category {
                case .stage:
                    stages.append(result.node)
                    result.node = makePipeline(from: group.firstStage, at: group.start)
                    result.category = .pipelines
                case .unsupportedFilter: throw unexpected()
                case .spanset, .pipelines, .aggregate, .scalar, .number, .scalarPipeline, .metrics: break
                }
            } else {
                switch result.category {
                case .spanset, .stage:
                    stages.append(result.node)
                    result.node = makePipeline(from: group.firstStage, at: group.start)
                    result.category = .pipelines
                case .aggregate:
                    stages.removeLast(stages.count - group.firstStage)
                    result.node = push(Node(.unsupported, at: group.start))
                    result.category = .scalarPipeline
                case .pipelines, .scalar, .number, .scalarPipeline, .metrics, .unsupportedFilter: throw unexpected()
                }
            }
        }
        _ = take()
        groups.removeLast()
        depth -= 1
        result.start = group.start
        result.isParenthesized = true
        return result
    }

    /// Ends a stage at a bar.
    mutating func finishStage() throws(TraceQLError) {
        try reduceAll()
        let operand = operands.removeLast()
        guard operand.category == .spanset || operand.category == .stage else {
            throw unexpected(expecting: groups.count == 1 ? "with" : nil)
        }
        stages.append(operand.node)
        groups[groups.count - 1].mode = .spanset
        groups[groups.count - 1].hasComparison = false
    }

    /// A pipeline of the stages from `first` on.
    mutating func makePipeline(from first: Int, at offset: Int) -> Int32 {
        var node = Node(.pipeline, at: offset)
        let start = tree.lists.count
        tree.lists.append(contentsOf: stages[first...])
        stages.removeLast(stages.count - first)
        node.list = start..<tree.lists.count
        return push(node)
    }

    mutating func makeMetricsQuery(_ group: Group) -> Int32 {
        let pipeline = makePipeline(from: group.firstStage, at: group.start)
        var node = Node(.metricsQuery, at: group.start)
        node.first = pipeline
        node.second = group.metricsFunction
        node.list = group.secondStages
        return push(node)
    }
}
