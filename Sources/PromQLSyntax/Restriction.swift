/// A query that reads one tenant's series and no others.
public struct RestrictedQuery: Sendable, Equatable {
    /// The text to send. It was parsed again and checked.
    public let text: String
    /// How many selectors carry the condition: all of them.
    public let selectorCount: Int
    /// The matcher that was added to each selector, `tenant_id="a"`.
    public let condition: String
    /// How long the caller's own text was, in bytes; 0 where there was none and the condition alone selects.
    public let sourceByteCount: Int
}

/// Why a query was not restricted.
public enum RestrictionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no valid query: the caller's mistake.
    case invalid(PromQLError)
    /// It selects series in a way that no matcher confines: the caller has to write it differently.
    case unsafe(PromQLError)
    /// It names another tenant, and the condition says to refuse that.
    case conflict(PromQLError)
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

/// Confines a query to a tenant: the condition is added to every selector, whose own matchers stay.
///
/// The result is printed, parsed again and compared; every selector of the parsed text is checked for the condition.
///
/// - Throws: why there is no such query. See https://prometheus.io/docs/prometheus/latest/querying/basics/ for the
///   language.
public func restrict(
    _ text: String, by condition: TenantCondition, limits: PromQLLimits = .standard
) throws(RestrictionError) -> RestrictedQuery {
    try restrict(Array(text.utf8), as: .expression, by: condition, limits: limits)
}

/// Confines the selectors of the API's `match[]` parameters. No selector at all means all of the tenant's series.
///
/// Each text is one selector without modifiers. As in Prometheus' own parser of `match[]`, a selector may be empty:
/// the condition makes it a valid one.
///
/// - Throws: why the first of the selectors that cannot be confined cannot.
public func restrictSelectors(
    _ texts: [String], by condition: TenantCondition, limits: PromQLLimits = .standard
) throws(RestrictionError) -> [RestrictedQuery] {
    var restricted: [RestrictedQuery] = []
    if texts.isEmpty {
        return [
            try restrict(Array("{}".utf8), as: .selector, by: condition, limits: limits, sourceByteCount: 0)
        ]
    }
    for text in texts {
        restricted.append(try restrict(Array(text.utf8), as: .selector, by: condition, limits: limits))
    }
    return restricted
}

private func restrict(
    _ bytes: [UInt8], as entry: Tree.Entry, by condition: TenantCondition, limits: PromQLLimits,
    sourceByteCount: Int? = nil
) throws(RestrictionError) -> RestrictedQuery {
    var tree: Tree
    do {
        tree = try Tree.parse(bytes, limits: limits, entry: entry)
    } catch {
        throw .invalid(error)
    }
    if let call = tree.implicitSelection() {
        let message =
            "info() with one argument reads target_info series that no matcher confines; give it a second argument, "
            + "such as info(v, {\(condition.label)=~\".+\"})"
        throw .unsafe(PromQLError(message, at: call, in: tree.source))
    }
    if condition.conflict == .error, let place = tree.matcherForAnother(condition) {
        let message = "matcher on \(condition.label) names a tenant other than the caller's"
        throw .conflict(PromQLError(message, at: place, in: tree.source))
    }
    tree.closeOffsets()
    tree.add(condition)
    let text = Printer.print(
        tree, style: .exact, reserve: tree.selectorCount * (condition.labelBytes.count + condition.valueBytes.count + 8)
    )
    let selectorCount = try verify(text, is: tree, as: entry, confinedBy: condition)
    return RestrictedQuery(
        text: String(decoding: text, as: UTF8.self), selectorCount: selectorCount, condition: condition.description,
        sourceByteCount: sourceByteCount ?? bytes.count)
}

extension Tree {
    /// Where a call selects series that are no argument of it: `info(v)`.
    func implicitSelection() -> Int? {
        for node in nodes {
            switch node.kind {
            case .call:
                if Int(node.first) == Function.info, node.list.count < 2 { return Int(node.start) }
            case .number, .string, .vectorSelector, .matrixSelector, .subquery, .aggregation, .binary, .parenthesized,
                .sign:
                continue
            }
        }
        return nil
    }

    /// Where a selector demands a value of the tenant label that the condition does not have.
    fileprivate func matcherForAnother(_ condition: TenantCondition) -> Int? {
        for matcher in matchers where matcher.operation == .equal && bytes(matcher.label) == condition.labelBytes {
            let value = bytes(matcher.value)
            if !condition.values.contains(where: { $0.utf8.elementsEqual(value) }) { return Int(matcher.position) }
        }
        return nil
    }

    /// Adds the condition to every selector and puts the matchers in the order in which they are printed.
    fileprivate mutating func add(_ condition: TenantCondition) {
        let label = append(condition.labelBytes)
        let value = append(condition.valueBytes)
        let added = Matcher(
            label: label, value: value, operation: condition.operation, matchesEmpty: false, position: 0)
        var confined: [Matcher] = []
        confined.reserveCapacity(matchers.count + selectorCount)
        for index in nodes.indices {
            let node = nodes[index]
            switch node.kind {
            case .vectorSelector:
                let first = confined.count
                confined.append(contentsOf: matchers[node.list])
                confined.append(added)
                if confined.count - first == 2 {
                    if precedes(confined[first + 1], confined[first]) { confined.swapAt(first, first + 1) }
                } else if confined.count - first > 2 {
                    confined[first...].sort { precedes($0, $1) }
                }
                nodes[index].list = first..<confined.count
            case .number, .string, .matrixSelector, .subquery, .aggregation, .binary, .call, .parenthesized, .sign:
                continue
            }
        }
        matchers = confined
    }

    private mutating func append(_ bytes: [UInt8]) -> TextRange {
        let start = source.count + decoded.count
        decoded.append(contentsOf: bytes)
        return TextRange(offset: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: bytes.count))
    }
}
