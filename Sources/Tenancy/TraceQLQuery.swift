public import TraceQLSyntax

/// A query of TraceQL; confined, each of its filters carries the principal's tenants and each of its pipelines begins
/// with them. Where the trace store itself keeps tenants apart (a policy without an attribute) it is parsed as strictly,
/// and sent as it was understood.
public enum TraceQLQuery: ConfinableLanguage {
    /// Parses, restricts, prints and verifies. An empty text counts as none, as it does for Tempo: all own spans.
    public static func restrict(
        _ source: String, for principal: Principal
    ) throws(TraceQLSyntax.RestrictionError) -> ConfinedTraceQL {
        let text = source.utf8.isEmpty ? "{ }" : source
        let query: TraceQLSyntax.RestrictedQuery
        if let condition = try principal.tracesCondition() {
            query = try TraceQLSyntax.restrict(text, by: condition)
        } else {
            query = try TraceQLSyntax.canonicalQuery(text)
        }
        return ConfinedTraceQL(query, sourceByteCount: source.utf8.count)
    }
}

/// A query for Tempo's tag endpoints, which ignore what they do not understand: only a narrow form is taken.
public enum TraceQLTagQuery: ConfinableLanguage {
    /// Parses, restricts, prints and verifies. An empty text counts as none: all own spans.
    public static func restrict(
        _ source: String, for principal: Principal
    ) throws(TraceQLSyntax.RestrictionError) -> ConfinedTraceQL {
        let text = source.utf8.isEmpty ? "{ }" : source
        let query: TraceQLSyntax.RestrictedQuery
        if let condition = try principal.tracesCondition() {
            query = try TraceQLSyntax.restrictTagQuery(text, by: condition)
        } else {
            query = try TraceQLSyntax.canonicalQuery(text)
        }
        return ConfinedTraceQL(query, sourceByteCount: source.utf8.count)
    }
}

/// A query as it may be sent to the trace store.
public struct ConfinedTraceQL: Sendable {
    /// The text to send.
    public let text: String
    /// How long the text was that it was made from, in bytes.
    public let sourceByteCount: Int
    /// What each filter carries; empty where the trace store itself keeps tenants apart.
    public let condition: String
    /// How many filters carry it: all of them.
    public let filterCount: Int
    /// How many pipelines begin with it: all of them.
    public let pipelineCount: Int
    /// Whether the query asks for numbers over time instead of spans.
    public let isMetricsQuery: Bool

    init(_ query: TraceQLSyntax.RestrictedQuery, sourceByteCount: Int) {
        text = query.text
        self.sourceByteCount = sourceByteCount
        condition = query.condition
        filterCount = query.filterCount
        pipelineCount = query.pipelineCount
        isMetricsQuery = query.isMetricsQuery
    }
}

extension Principal {
    /// What each span is to carry; `nil` where the trace store itself keeps tenants apart.
    func tracesCondition() throws(TraceQLSyntax.RestrictionError) -> TraceQLSyntax.TenantCondition? {
        switch ownTraces {
        case .success(let condition): return condition
        case .failure(let error): throw .unverified("the tenant condition is invalid: \(error)")
        }
    }
}
