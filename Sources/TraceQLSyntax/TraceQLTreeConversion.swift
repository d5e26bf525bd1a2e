extension TraceQLExpression {
    /// The query as a tree of values.
    public var root: TraceQLRoot {
        switch tree.node(tree.root).kind {
        case .metricsQuery, .metricsOperation:
            .metrics(tree.metrics(tree.root), secondStages: tree.secondStages(tree.secondStages))
        default: .spans(tree.spansets(tree.root))
        }
    }

    /// The hints of the last `with (…)`.
    public var hints: [TraceQLHint] {
        tree.hints.map { hint in
            TraceQLHint(
                name: String(decoding: tree.bytes(hint.name), as: UTF8.self), value: tree.literal(tree.node(hint.value))
            )
        }
    }
}

/// Conversions of the parts, which recur as deep as the query nests; chains that lean to the left are no nesting.
extension Tree {
    fileprivate func spansets(_ index: Int32) -> TraceQLSpansets {
        let chain = chain(index, of: .spansetOperation)
        let first = node(chain.first)
        var result: TraceQLSpansets =
            first.kind == .filter ? .filter(field(first.first)) : .pipeline(stages(first))
        for node in chain.operations {
            let operation = TraceQLSpansetOperator(node.operation)
            result = .operation(operation, result, spansets(node.second))
        }
        return result
    }

    /// The leftmost operand and the operations above it, from the inside out.
    private func chain(_ index: Int32, of kind: NodeKind) -> (first: Int32, operations: [Node]) {
        var operations: [Node] = []
        var index = index
        while node(index).kind == kind {
            operations.append(node(index))
            index = node(index).first
        }
        return (index, operations.reversed())
    }

    private func stages(_ pipeline: Node) -> [TraceQLStage] {
        lists[pipeline.list].map { index in
            let node = node(index)
            switch node.kind {
            case .scalarFilter:
                return .scalarFilter(
                    aggregate(self.node(node.first)), fieldOperator(node), literal(self.node(node.second)))
            case .group: return .group(field(node.first))
            case .coalesce: return .coalesce
            case .select: return .select(attributes(node.list))
            default: return .spansets(spansets(index))
            }
        }
    }

    private func aggregate(_ node: Node) -> TraceQLAggregate {
        switch node.operation {
        case .maximum: .maximum(field(node.first))
        case .minimum: .minimum(field(node.first))
        case .average: .average(field(node.first))
        case .sum: .sum(field(node.first))
        default: .count
        }
    }

    private func fieldOperator(_ node: Node) -> TraceQLFieldOperator {
        TraceQLFieldOperator(node.operation)
    }

    fileprivate func field(_ index: Int32) -> TraceQLField {
        let chain = chain(index, of: .binary)
        var result = operand(node(chain.first))
        for node in chain.operations { result = .operation(fieldOperator(node), result, field(node.second)) }
        return result
    }

    private func operand(_ node: Node) -> TraceQLField {
        switch node.kind {
        case .attribute, .intrinsic: return .attribute(attribute(node))
        case .unary:
            let operand = field(node.first)
            switch node.operation {
            case .subtract: return .negative(operand)
            case .not: return .not(operand)
            case .exists: return .exists(operand)
            default: return .isAbsent(operand)
            }
        default: return .literal(literal(node))
        }
    }

    private func attributes(_ list: Range<Int>) -> [TraceQLAttribute] {
        lists[list].map { attribute(node($0)) }
    }

    func attribute(_ node: Node) -> TraceQLAttribute {
        if node.kind == .intrinsic { return .intrinsic(TraceQLIntrinsic.table[Int(node.bits)].intrinsic) }
        return .named(scope: node.scope, name: bytes(node.text), isParent: node.flags.contains(.isParent))
    }

    fileprivate func literal(_ node: Node) -> TraceQLLiteral {
        switch node.kind {
        case .float: .float(node.float)
        case .string: .string(bytes(node.text))
        case .boolean: .boolean(node.bits == 1)
        case .duration: .duration(node.integer)
        case .status: .status(TraceQLStatus(rawValue: node.operation.text.description) ?? .unset)
        case .kind: .kind(TraceQLKind(rawValue: node.operation.text.description) ?? .unspecified)
        default: .integer(node.integer)
        }
    }

    // MARK: Metrics

    fileprivate func metrics(_ index: Int32) -> TraceQLMetrics {
        let chain = chain(index, of: .metricsOperation)
        let first = node(chain.first)
        var result: TraceQLMetrics = first.kind == .metricsScalar ? .scalar(first.float) : .query(metricsQuery(first))
        for node in chain.operations { result = .operation(fieldOperator(node), result, metrics(node.second)) }
        return result
    }

    private func metricsQuery(_ node: Node) -> TraceQLMetricsQuery {
        let function = self.node(node.second)
        return TraceQLMetricsQuery(
            pipeline: stages(self.node(node.first)), function: metricsFunction(function),
            grouping: attributes(function.list), secondStages: secondStages(node.list))
    }

    private func metricsFunction(_ node: Node) -> TraceQLMetricsFunction {
        func argument() -> TraceQLAttribute { attribute(self.node(node.first)) }
        let arguments = node.second == Node.none ? [] : lists[self.node(node.second).list].map { self.node($0) }
        switch node.operation {
        case .countOverTime: return .countOverTime
        case .minimumOverTime: return .minimumOverTime(argument())
        case .maximumOverTime: return .maximumOverTime(argument())
        case .averageOverTime: return .averageOverTime(argument())
        case .sumOverTime: return .sumOverTime(argument())
        case .histogramOverTime: return .histogramOverTime(argument())
        case .quantileOverTime: return .quantileOverTime(argument(), arguments.map(\.float))
        case .compare:
            let numbers = arguments.map(\.integer)
            return .compare(
                field(self.node(node.first).first), limit: numbers.first ?? 10,
                start: numbers.count > 2 ? numbers[1] : 0, end: numbers.count > 2 ? numbers[2] : 0)
        default: return .rate
        }
    }

    fileprivate func secondStages(_ list: Range<Int>) -> [TraceQLSecondStage] {
        lists[list].map { index in
            let node = node(index)
            if node.kind == .threshold { return .threshold(fieldOperator(node), node.float) }
            return node.operation == .topK ? .top(node.integer) : .bottom(node.integer)
        }
    }
}

extension TraceQLSpansetOperator {
    fileprivate init(_ kind: TokenKind) {
        switch kind {
        case .or: self = .or
        case .greater: self = .child
        case .less: self = .parent
        case .descendant: self = .descendant
        case .ancestor: self = .ancestor
        case .sibling: self = .sibling
        case .notChild: self = .notChild
        case .notParent: self = .notParent
        case .notDescendant: self = .notDescendant
        case .notAncestor: self = .notAncestor
        case .matchesNot: self = .notSibling
        case .unionChild: self = .unionChild
        case .unionParent: self = .unionParent
        case .unionDescendant: self = .unionDescendant
        case .unionAncestor: self = .unionAncestor
        case .unionSibling: self = .unionSibling
        default: self = .and
        }
    }
}

extension TraceQLFieldOperator {
    fileprivate init(_ kind: TokenKind) {
        switch kind {
        case .and: self = .and
        case .or: self = .or
        case .notEqual: self = .notEqual
        case .matches: self = .matches
        case .matchesNot: self = .matchesNot
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        case .add: self = .add
        case .subtract: self = .subtract
        case .multiply: self = .multiply
        case .divide: self = .divide
        case .modulo: self = .modulo
        case .power: self = .power
        default: self = .equal
        }
    }
}
