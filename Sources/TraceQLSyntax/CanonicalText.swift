// Queries for a store that keeps tenants apart by itself: nothing is added, but only what was understood is sent.

/// The canonical text of a query, without a condition: for a store that holds one tenant's spans and no others.
///
/// It is parsed as strictly as ``restrict(_:by:limits:)`` does, and the same hints are refused. What reads other spans of
/// the trace may stay: there are only the tenant's own.
///
/// - Throws: why there is no such text.
public func canonicalQuery(
    _ text: String, limits: TraceQLLimits = .standard
) throws(RestrictionError) -> RestrictedQuery {
    let tree: Tree
    do {
        tree = try Tree.parse(Array(text.utf8), limits: limits)
    } catch {
        throw .invalid(error)
    }
    if let problem = tree.unsafeHint() { throw .unsafe(problem) }
    if let problem = tree.unsupportedPart() { throw .unsafe(problem) }
    let output = Printer.print(tree, style: .safe)
    let again: Tree
    do {
        again = try Tree.parse(output, limits: .verification)
    } catch {
        throw .unverified("the printed text does not parse: \(error) in \(String(decoding: output, as: UTF8.self))")
    }
    guard again.isSame(as: tree) else {
        throw .unverified("the printed text means another query: \(String(decoding: output, as: UTF8.self))")
    }
    let kind = tree.node(tree.root).kind
    return RestrictedQuery(
        text: String(decoding: output, as: UTF8.self), filterCount: 0, pipelineCount: 0, condition: "",
        isMetricsQuery: kind == .metricsQuery || kind == .metricsOperation)
}
