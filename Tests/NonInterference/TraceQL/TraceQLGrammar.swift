import TestSupport

/// Random TraceQL queries that are well typed and, over ``TraceData``, mostly find something.
///
/// One value makes one query. Each node says which constructs it is; nothing that the language has is left out. What the
/// gateway refuses because it cannot be confined is made only where `allowsRefused` is set.
struct TraceQLGrammar: Dice {
    var random: SeededGenerator
    /// Whether constructs may occur that are refused.
    let allowsRefused: Bool
    /// Whether comments, line ends and tabs stand between the tokens.
    let isOddlySpaced: Bool

    init(seed: UInt64, allowsRefused: Bool) {
        random = SeededGenerator(seed: seed)
        self.allowsRefused = allowsRefused
        isOddlySpaced = Int.random(in: 0..<10, using: &random) == 0
    }

    /// A whole query for spans.
    mutating func query() -> QueryNode {
        var query = chance(12) ? operationOfPipelines() : pipeline()
        if chance(8) { query = QueryNode(.spanset, [], "\(query)\(hints())") }
        return finished(query)
    }

    /// A whole query for numbers over time.
    mutating func metricsQuery() -> QueryNode {
        var query = chance(20) ? metricsArithmetic(1) : metricsPipeline()
        if chance(25) { query = QueryNode(.metrics, [], "\(query)\(secondStage())") }
        if chance(20) { query = QueryNode(.metrics, [], "\(query)\(hints())") }
        return finished(query)
    }

    private func finished(_ query: QueryNode) -> QueryNode {
        var query = query
        if isOddlySpaced { query.constructs.append("comments and white space") }
        return query
    }

    // MARK: White space

    /// White space behind which anything may follow; an attribute's name would go on without it.
    mutating func space() -> String {
        guard isOddlySpaced else { return " " }
        return " "
            + pick([
                "", "", "\n", "\t", " \r\n ", "/* } || { */", "// } | { .tenant_id = \"b\"\n", "/**/ ", "/* \" ` */\t",
            ])
    }

    /// White space where none is needed.
    mutating func gap() -> String { isOddlySpaced || chance(30) ? space() : "" }

    // MARK: Pipelines

    /// A pipeline: what stands first, and stages.
    mutating func pipeline() -> QueryNode {
        var stages: [QueryNode] = []
        var isGrouped = false
        for _ in 0..<pick([0, 0, 1, 1, 2, 3]) { stages.append(stage(&isGrouped)) }
        return QueryNode(.spanset, [], "\(first(&isGrouped))\(stages)")
    }

    /// What a pipeline begins with; it needs no braces.
    private mutating func first(_ isGrouped: inout Bool) -> QueryNode {
        if chance(82) { return spanset(pick([0, 0, 1, 1, 2])) }
        var node: QueryNode
        switch number(in: 0...3) {
        case 0:
            isGrouped = true
            node = group()
        case 1: node = select()
        default: node = scalarFilter()
        }
        node.constructs.append("pipeline without braces")
        return node
    }

    private mutating func stage(_ isGrouped: inout Bool) -> QueryNode {
        let inner: QueryNode
        switch number(in: 0...9) {
        case 0..<3: inner = scalarFilter()
        case 3..<5:
            isGrouped = true
            inner = group()
        case 5..<7: inner = select()
        case 7:
            inner = QueryNode(.modifier, "stage coalesce", "coalesce(\(gap()))")
            isGrouped = false
        // Of several sets Tempo evaluates no structural operators.
        default: inner = spanset(isGrouped && !chance(10) ? 0 : 1)
        }
        return QueryNode(.modifier, [], "\(gap())|\(gap())\(inner)")
    }

    private mutating func group() -> QueryNode {
        let field = chance(70) ? attribute().node : chance(50) ? condition(0) : arithmetic(1)
        return QueryNode(.spanset, "stage by", "by\(gap())(\(gap())\(field)\(space()))")
    }

    private mutating func select() -> QueryNode {
        var list = [attribute().node]
        while list.count < 4, chance(40) {
            list.append(QueryNode(.modifier, [], "\(space()),\(gap())\(attribute().node)"))
        }
        return QueryNode(.spanset, "stage select", "select(\(gap())\(list)\(space()))")
    }

    private mutating func scalarFilter() -> QueryNode {
        let comparison = pick(["=", "!=", "<", "<=", ">", ">=", ">", ">"])
        if chance(40) {
            let literal = comparison.hasPrefix("<") ? pick(["2", "4", "10"]) : pick(["0", "1", "1", "2", "1.5", "-1"])
            return QueryNode(
                .spanset, ["stage count", "scalar filter \(comparison)"],
                "count(\(gap()))\(space())\(comparison)\(space())\(literal)")
        }
        let name = pick(["max", "min", "avg", "sum"])
        let (field, literal): (QueryNode, String)
        if chance(40) {
            (field, literal) = (
                QueryNode(.number, "intrinsic duration", "duration"),
                comparison.hasPrefix("<") ? pick(["50ms", "2s", "1h"]) : pick(["1ms", "20ms", "0s"])
            )
        } else {
            (field, literal) = (
                arithmetic(chance(60) ? 0 : 1, isAboutSpan: true),
                comparison.hasPrefix("<") ? pick(["2.5", "100", "1e9"]) : pick(["0", "1", "-5", "-1e9"])
            )
        }
        return QueryNode(
            .spanset, ["stage \(name)", "scalar filter \(comparison)"],
            "\(name)(\(gap())\(field)\(space()))\(space())\(comparison)\(space())\(literal)")
    }

    /// Pipelines in parentheses with an operator between them.
    private mutating func operationOfPipelines() -> QueryNode {
        let operation = spansetOperator()
        return QueryNode(
            .spanset, ["pipelines in parentheses", "spanset \(operation)"],
            "(\(gap())\(pipeline())\(gap()))\(space())\(operation)\(space())(\(pipeline())\(space()))")
    }

    // MARK: Spansets

    /// Filters and operators between them.
    mutating func spanset(_ depth: Int) -> QueryNode {
        guard depth > 0 else { return filter() }
        if chance(10) {
            return QueryNode(.spanset, "spanset in parentheses", "(\(gap())\(spanset(depth - 1))\(gap()))")
        }
        let operation = spansetOperator()
        var node = QueryNode(
            .spanset, "spanset \(operation)",
            "\(spanset(depth - 1))\(space())\(operation)\(space())\(chance(70) ? filter() : spanset(depth - 1))")
        // A hostile side: others' spans, to be found through their relation to own ones.
        if chance(10) {
            node = QueryNode(
                .spanset, ["spanset \(operation)", "hostile side"],
                "\(hostileFilter())\(space())\(operation)\(space())\(chance(50) ? filter() : hostileFilter())")
        }
        return node
    }

    private mutating func spansetOperator() -> String {
        if chance(40) { return pick(["&&", "||", "||"]) }
        return pick([
            ">", "<", ">>", "<<", "~", "!>", "!<", "!>>", "!<<", "!~", "&>", "&<", "&>>", "&<<", "&~",
        ])
    }

    private mutating func filter() -> QueryNode {
        if chance(12) { return QueryNode(.spanset, "filter {}", "{\(gap())}") }
        return QueryNode(.spanset, "filter", "{\(gap())\(condition(pick([0, 0, 0, 1, 1, 2])))\(space())}")
    }

    private mutating func hostileFilter() -> QueryNode {
        QueryNode(.spanset, "filter", "{ \(chance(50) ? hostileCondition() : QueryNode(.condition, [], "true")) }")
    }

    // MARK: Hints

    /// `with (…)`.
    mutating func hints() -> QueryNode {
        let choices =
            allowsRefused && chance(50)
            ? [
                "debug_return_in=1s", "extrapolate=true", "unknown=1", "exemplars=\"x\"",
                "skip_ast_transformations=true",
            ]
            : [
                "most_recent=true", "exemplars=true", "exemplars=5", "sample=true", "span_sample=0.5",
                "trace_sample=false",
            ]
        let hint = pick(choices)
        let name = hint.prefix { $0 != "=" }
        var more = QueryNode(.modifier, [], "")
        if chance(20) { more = QueryNode(.modifier, [], ",\(gap())\(pick(choices))") }
        return QueryNode(.modifier, "hint \(name)", "\(space())with\(gap())(\(gap())\(hint)\(more)\(gap()))")
    }
}
