import TraceQLSyntax

/// A query as this store reads it.
enum Query {
    /// As long as Tempo allows.
    static let maximumBytes = 131_072
    /// Deep enough for what a gateway puts around a caller's query.
    private static let limits = TraceQLLimits(
        maximumBytes: maximumBytes, maximumDepth: 1_024, maximumOperands: 8_192)

    /// - Throws: what is wrong, as Tempo tells it.
    static func parse(_ text: String) throws(Refusal) -> TraceQLExpression {
        do throws(TraceQLError) {
            return try TraceQLExpression.parse(text, limits: limits)
        } catch {
            throw Refusal(
                status: 400,
                message: "invalid TraceQL query: parse error at line \(error.line), col \(error.column): "
                    + error.message)
        }
    }

    /// A query for spans.
    static func spans(_ text: String) throws(Refusal) -> TraceQLSpansets {
        guard case .spans(let query) = try parse(text).root else {
            throw Refusal(status: 400, message: "invalid TraceQL query: a metrics query finds no spans")
        }
        return query
    }

    /// A tag as it stands in a query; nil for anything else.
    static func attribute(_ text: String) -> TraceQLAttribute? {
        guard let query = try? spans("{ } | select(\(text))"), case .pipeline(let stages) = query, stages.count == 2,
            case .spansets(.filter(.literal(.boolean(true)))) = stages[0],
            case .select(let selected) = stages[1], selected.count == 1
        else { return nil }
        return selected[0]
    }
}
