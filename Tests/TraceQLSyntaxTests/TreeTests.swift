import Testing

@testable import TraceQLSyntax

@Suite("The tree as evaluators see it")
struct TreeTests {
    private let a = TraceQLField.attribute(.named(scope: .none, name: [UInt8(ascii: "a")], isParent: false))
    private let b = TraceQLField.attribute(.named(scope: .span, name: [UInt8(ascii: "b")], isParent: false))

    private func stages(_ query: String) throws -> [TraceQLStage] {
        guard case .spans(.pipeline(let stages)) = try TraceQLExpression.parse(query).root else { return [] }
        return stages
    }

    private func field(_ text: String) throws -> TraceQLField? {
        guard case .spansets(.filter(let field))? = try stages("{ \(text) }").first else { return nil }
        return field
    }

    @Test("Literals have their types")
    func literals() throws {
        for (text, literal) in [
            ("1", TraceQLLiteral.integer(1)), ("-1", .integer(-1)), ("1.5", .float(1.5)),
            ("1h", .duration(3_600_000_000_000)),
            ("\"x\"", .string([120])), ("true", .boolean(true)), ("error", .status(.error)), ("ok", .status(.ok)),
            ("unset", .status(.unset)), ("server", .kind(.server)), ("client", .kind(.client)),
            ("producer", .kind(.producer)), ("consumer", .kind(.consumer)), ("internal", .kind(.internal)),
            ("unspecified", .kind(.unspecified)),
        ] {
            #expect(try field(".a = \(text)") == .operation(.equal, a, .literal(literal)), "\(text)")
        }
    }

    @Test(
        "Every operator of fields",
        arguments: [
            "&&", "||", "=", "!=", "=~", "!~", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^",
        ])
    func fieldOperators(text: String) throws {
        let isRegular = text.contains("~")
        let query = isRegular ? ".a \(text) \"x\"" : "(.a \(text) span.b ) = span.b"
        let right: TraceQLField = isRegular ? .literal(.string([120])) : b
        guard case .operation(let operation, let left, let other)? = try field(query) else {
            Issue.record("no operation")
            return
        }
        if isRegular {
            #expect(operation.rawValue == text && left == a && other == right)
        } else {
            guard case .operation(let inner, let first, let second) = left else {
                Issue.record("no inner operation")
                return
            }
            #expect(inner.rawValue == text && first == a && second == b && other == b)
        }
    }

    @Test("Signs, negations and nil")
    func prefixes() throws {
        #expect(try field("!.a") == .not(a))
        #expect(try field("-.a = span.b") == .operation(.equal, .negative(a), b))
        #expect(try field(".a != nil") == .exists(a))
        #expect(try field("nil = .a") == .isAbsent(a))
        #expect(
            try field("duration > 1s")
                == .operation(.greater, .attribute(.intrinsic(.duration)), .literal(.duration(1_000_000_000))))
    }

    @Test(
        "Every operator of spansets, leaning to the left",
        arguments: [
            "&&", "||", ">", "<", ">>", "<<", "~", "!>", "!<", "!~", "!>>", "!<<", "&>", "&<", "&>>", "&<<", "&~",
        ])
    func spansetOperators(text: String) throws {
        guard
            case .spansets(.operation(let outer, .operation(let inner, let first, _), let last))? =
                try stages("{ .a } \(text) { span.b } \(text) { .a }").first
        else {
            Issue.record("no operation")
            return
        }
        #expect(outer.rawValue == text && inner == outer)
        #expect(first == .filter(a) && last == .filter(a))
    }

    @Test("Stages of pipelines")
    func pipelineStages() throws {
        let query =
            "by(.a) | coalesce() | select(.a, name) | count() > 1 | max(.a) <= 1.5 | min(.a) = 1h | avg(.a) != 2 | sum(.a) < 3"
        #expect(
            try stages(query) == [
                .group(a), .coalesce,
                .select([.named(scope: .none, name: [97], isParent: false), .intrinsic(.name)]),
                .scalarFilter(.count, .greater, .integer(1)), .scalarFilter(.maximum(a), .lessOrEqual, .float(1.5)),
                .scalarFilter(.minimum(a), .equal, .duration(3_600_000_000_000)),
                .scalarFilter(.average(a), .notEqual, .integer(2)), .scalarFilter(.sum(a), .less, .integer(3)),
            ])
    }

    @Test("Operations between pipelines")
    func pipelines() throws {
        let root = try TraceQLExpression.parse("({ .a } | count() > 1) >> ({ span.b })").root
        #expect(
            root
                == .spans(
                    .operation(
                        .descendant,
                        .pipeline([.spansets(.filter(a)), .scalarFilter(.count, .greater, .integer(1))]),
                        .pipeline([.spansets(.filter(b))]))))
    }

    @Test("Metrics functions")
    func functions() throws {
        let attribute = TraceQLAttribute.named(scope: .none, name: [97], isParent: false)
        for (text, function) in [
            ("rate()", TraceQLMetricsFunction.rate), ("count_over_time()", .countOverTime),
            ("min_over_time(.a)", .minimumOverTime(attribute)), ("max_over_time(.a)", .maximumOverTime(attribute)),
            ("avg_over_time(.a)", .averageOverTime(attribute)), ("sum_over_time(.a)", .sumOverTime(attribute)),
            ("histogram_over_time(.a)", .histogramOverTime(attribute)),
            ("quantile_over_time(.a, 0.5, 1)", .quantileOverTime(attribute, [0.5, 1])),
            ("compare({ .a }, 5, 7, 9)", .compare(a, limit: 5, start: 7, end: 9)),
            ("compare({ .a })", .compare(a, limit: 10, start: 0, end: 0)),
        ] {
            let expression = try TraceQLExpression.parse("{ .a } | \(text)")
            #expect(expression.isMetricsQuery)
            let query = TraceQLMetricsQuery(
                pipeline: [.spansets(.filter(a))], function: function, grouping: [], secondStages: [])
            #expect(expression.root == .metrics(.query(query), secondStages: []), "\(text)")
        }
    }

    @Test("Metrics arithmetic and second stages")
    func metrics() throws {
        func query(_ stages: [TraceQLSecondStage], by grouping: [TraceQLAttribute] = []) -> TraceQLMetrics {
            .query(
                TraceQLMetricsQuery(
                    pipeline: [.spansets(.filter(.literal(.boolean(true))))], function: .rate, grouping: grouping,
                    secondStages: stages))
        }
        let text = "100 * ({ } | rate() by (name) | topk(2)) / ({ } | rate()) > 1s | bottomk(1) with (sample=0.5)"
        let expression = try TraceQLExpression.parse(text)
        #expect(
            expression.root
                == .metrics(
                    .operation(
                        .divide, .operation(.multiply, .scalar(100), query([.top(2)], by: [.intrinsic(.name)])),
                        query([])),
                    secondStages: [.threshold(.greater, 1), .bottom(1)]))
        #expect(expression.hints == [TraceQLHint(name: "sample", value: .float(0.5))])
        #expect(
            try TraceQLExpression.parse("({ } | rate() > 2) <= -1").root
                == .metrics(query([.threshold(.greater, 2), .threshold(.lessOrEqual, -1)]), secondStages: []))
        #expect(expression.filterCount == 2)
        #expect(try !TraceQLExpression.parse("{ }").isMetricsQuery)
    }
}
