/// A query that reads one tenant's spans and no others.
public struct RestrictedQuery: Sendable, Equatable {
    /// The text to send. It was parsed again and checked.
    public let text: String
    /// How many filters carry the condition: all of them, those that were put before the pipelines included.
    public let filterCount: Int
    /// How many pipelines begin with the condition: all of them.
    public let pipelineCount: Int
    /// The condition that was added, `resource.tenant_id = "a"`.
    public let condition: String
    /// Whether the query asks for numbers over time instead of spans.
    public let isMetricsQuery: Bool
}

/// Why a query was not restricted.
public enum RestrictionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no valid query: the caller's mistake.
    case invalid(TraceQLError)
    /// It reads what belongs to spans that no condition confines: the caller has to write it differently.
    case unsafe(TraceQLError)
    /// It names another tenant, and the condition says to refuse that.
    case conflict(TraceQLError)
    /// The restricted text did not prove to be what it should be. A defect of this module: nothing may be sent, and
    /// somebody has to know.
    case unverified(String)

    /// The reason, with its position where it has one.
    public var description: String {
        switch self {
        case .invalid(let error), .unsafe(let error), .conflict(let error): error.description
        case .unverified(let reason): reason
        }
    }
}

/// Confines a query to a tenant: the condition is ANDed into every filter, and a filter with the condition alone is put
/// before every pipeline.
///
/// The first keeps other tenants' spans out of both sides of structural operators; the second keeps every later stage
/// from meeting them at all, so that neither a stage without braces nor the text of an error can tell of them. The
/// result is printed, parsed again and compared, and each filter and pipeline of the parsed text is checked.
///
/// - Throws: why there is no such query. See https://grafana.com/docs/tempo/latest/traceql/ for the language.
public func restrict(
    _ text: String, by condition: TenantCondition, limits: TraceQLLimits = .standard
) throws(RestrictionError) -> RestrictedQuery {
    var tree: Tree
    do {
        tree = try Tree.parse(Array(text.utf8), limits: limits)
    } catch {
        throw .invalid(error)
    }
    if let problem = tree.unsafePart() { throw .unsafe(problem) }
    if condition.conflict == .error, let place = tree.equalityWithAnother(condition) {
        throw .conflict(tree.error("condition on resource.\(condition.attribute) names another tenant", at: place))
    }
    tree.add(condition)
    let output = Printer.print(tree, style: .safe, reserve: tree.filterCount * (condition.description.utf8.count + 16))
    return try verify(output, is: tree, confinedBy: condition)
}

extension Tree {
    func error(_ message: String, at offset: Int32) -> TraceQLError {
        TraceQLError(message, at: Int(offset), in: source)
    }

    /// Where a field expression demands a value of the tenant attribute that the condition does not have.
    func equalityWithAnother(_ condition: TenantCondition) -> Int32? {
        for node in nodes where node.kind == .binary && node.operation == .equal {
            for (side, other) in [(node.first, node.second), (node.second, node.first)] {
                let (attribute, value) = (self.node(side), self.node(other))
                guard attribute.kind == .attribute, attribute.scope == .resource, value.kind == .string,
                    equals(attribute.text, condition.attributeBytes)
                else { continue }
                if !condition.valueBytes.contains(where: { equals(value.text, $0) }) { return attribute.start }
            }
        }
        return nil
    }

    /// Adds the condition to every filter and a filter with it to every pipeline.
    fileprivate mutating func add(_ condition: TenantCondition) {
        let count = nodes.count
        let confining = appendCondition(condition.attributeBytes, condition.valueBytes)
        var filter = Node(.filter, at: 0)
        filter.first = confining
        let leading = append(filter)
        for index in 0..<count {
            let node = nodes[index]
            switch node.kind {
            case .filter:
                let expression = self.node(node.first)
                // `{ }` is `{ true }`, and true && T would be T.
                let isAlways = expression.kind == .boolean && expression.bits == 1
                nodes[index].first = isAlways ? confining : appendBinary(.and, confining, node.first)
            case .pipeline:
                let start = lists.count
                lists.append(leading)
                lists.append(contentsOf: lists[node.list])
                nodes[index].list = start..<lists.count
            case .integer, .float, .string, .boolean, .duration, .status, .kind, .attribute, .intrinsic, .unary,
                .binary, .spansetOperation, .group, .select, .coalesce, .scalarFilter, .aggregate, .metricsQuery,
                .metricsFunction, .arguments, .rank, .threshold, .metricsScalar, .metricsOperation, .unsupported:
                continue
            }
        }
    }
}
