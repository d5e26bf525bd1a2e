import TestSupport

/// Random PromQL queries that are well typed and, over ``Samples``, mostly have an answer.
///
/// One value makes one query. Each node says which constructs it is; nothing that the language has is left out, and what
/// only newer versions of Prometheus have is made only where `allowsNewer` is set.
struct QueryGrammar: Dice {
    var random: SeededGenerator
    /// Whether constructs newer than Prometheus 2.42 may occur.
    let allowsNewer: Bool
    /// Whether comments, line ends and tabs stand between the tokens.
    let isOddlySpaced: Bool

    init(seed: UInt64, allowsNewer: Bool) {
        random = SeededGenerator(seed: seed)
        self.allowsNewer = allowsNewer
        isOddlySpaced = Int.random(in: 0..<10, using: &random) == 0
    }

    /// A whole query.
    mutating func query(isOverRange: Bool = false) -> QueryNode {
        let others = isOverRange ? 0 : 1
        var query = oneOf([
            (88, { $0.vector($0.number(in: 1...4)) }), (5 * others, { $0.matrix(1) }), (5, { $0.scalar(3) }),
            (2 * others, { $0.string() }),
        ])
        if isOddlySpaced { query.constructs.append("comments and white space") }
        return query
    }

    // MARK: White space

    /// White space where none is needed.
    mutating func gap() -> String {
        guard isOddlySpaced else { return chance(15) ? " " : "" }
        return pick(["", " ", "\n", "\t", " \r\n ", "  ", " # } \" ( b\n", "#\r", " #{tenant_id=\"b\"}\n\t"])
    }

    /// White space where some is needed.
    mutating func space() -> String { " " + (isOddlySpaced ? gap() : "") }

    // MARK: Types

    /// An instant vector.
    mutating func vector(_ depth: Int) -> QueryNode {
        if depth <= 0 { return instantSelector() }
        if allowsNewer, chance(25) { return newerVector(depth - 1) }
        return oneOf([
            (14, { $0.instantSelector() }),
            (3, { QueryNode(.vector, "parentheses", "(\($0.gap())\($0.vector(depth - 1))\($0.gap()))") }),
            (3, { QueryNode(.vector, "unary", "\($0.pick(["-", "+", "- "]))\($0.operand(depth - 1))") }),
            (20, { $0.aggregation(depth - 1) }),
            (20, { $0.binary(depth - 1) }),
            (32, { $0.call(depth - 1) }),
            (8, { $0.vectorFunction(depth - 1) }),
        ])
    }

    /// A vector that may stand beside an operator: binary operations are put in parentheses, as their own operands bind
    /// as their precedence has it.
    mutating func operand(_ depth: Int) -> QueryNode {
        let inner = vector(depth)
        let isPlain = inner.constructs.contains { $0.hasPrefix("function") || $0.hasPrefix("selector") }
        if isPlain || chance(15) { return inner }
        return QueryNode(.vector, "parentheses", "(\(inner))")
    }

    /// A range vector.
    mutating func matrix(_ depth: Int) -> QueryNode {
        if depth <= 0 || chance(70) { return rangeSelector() }
        return subquery(of: vector(depth - 1))
    }

    /// A subquery over the vector, with modifiers at times.
    mutating func subquery(of vector: QueryNode) -> QueryNode {
        let range = duration(["5m", "10m", "90s", "15m"])
        let step = chance(60) ? duration(["1m", "30s", "2m", "100s"]) : QueryNode(.modifier, [], "")
        let open = vector.constructs.contains { $0.hasPrefix("function") || $0.hasPrefix("aggregation") } ? "" : "("
        return QueryNode(
            .matrix, "subquery",
            "\(open)\(vector)\(open.isEmpty ? "" : ")")\(gap())[\(gap())\(range)\(gap()):\(gap())\(step)]\(timing())")
    }

    /// A scalar.
    mutating func scalar(_ depth: Int) -> QueryNode {
        if depth <= 0 { return literal() }
        if allowsNewer, chance(25) { return newerScalar(depth - 1) }
        return oneOf([
            (30, { $0.literal() }), (8, { $0.arithmeticOfScalars(depth - 1) }),
            (4, { $0.comparisonOfScalars(depth - 1) }),
            (12, { QueryNode(.scalar, "function scalar", "scalar(\($0.single(depth - 1)))") }),
            (6, { QueryNode(.scalar, "function time", "time(\($0.gap()))") }),
            (3, { _ in QueryNode(.scalar, "function pi", "pi()") }),
            (3, { QueryNode(.scalar, "unary", "\($0.pick(["-", "+"]))\($0.scalar(0))") }),
        ])
    }

    private mutating func arithmeticOfScalars(_ depth: Int) -> QueryNode {
        let operation = pick(["+", "-", "*", "/", "%", "^", "atan2"])
        return QueryNode(
            .scalar, ["operator \(operation)", "binary of scalars"],
            "(\(scalar(depth))\(space())\(operation)\(space())\(scalar(depth)))")
    }

    private mutating func comparisonOfScalars(_ depth: Int) -> QueryNode {
        let operation = pick(["==", "!=", "<", "<=", ">", ">="])
        return QueryNode(
            .scalar, ["operator \(operation)", "bool", "binary of scalars"],
            "(\(scalar(depth)) \(operation)\(gap())bool \(scalar(depth)))")
    }

    /// A number's literal.
    mutating func literal() -> QueryNode {
        QueryNode(
            .scalar, "number",
            .init(
                stringLiteral: pick([
                    "1", "2", "0", "-2", "0.5", ".5", "5.", "1e3", "1E-2", "0x1F", "010", "08", "100", "Inf", "-inf",
                    "NaN",
                    "+3", "1000000",
                ])))
    }

    /// A string's literal; evaluates to itself.
    mutating func string() -> QueryNode {
        QueryNode(
            .string, "string",
            .init(
                stringLiteral: pick([
                    #""text""#, #"'it\'s'"#, "`raw \\n`", #""\u00e9\x41\101\n""#, "\"{tenant_id=\\\"b\\\"}\"",
                    "\"a\u{301}\"",
                    "'#'",
                ])))
    }

    /// A vector of one element at the most, as `scalar()` wants it.
    mutating func single(_ depth: Int) -> QueryNode {
        let aggregation = pick(["sum", "max", "count", "min"])
        return QueryNode(.vector, "aggregation \(aggregation)", "\(aggregation)(\(vector(depth)))")
    }
}
