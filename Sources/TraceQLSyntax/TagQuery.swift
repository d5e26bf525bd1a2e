// The queries of Tempo's tag endpoints. Tempo ignores there what it does not understand, silently and for all tenants'
// data, so that only a narrow form of query is safe.

/// The greatest number of comparisons in a query for tags.
private let maximumComparisons = 50
/// Tempo refuses a query that comes to more alternatives.
private let maximumAlternatives = 100

/// Makes the query for a request of tag names or values: `{ T }`, or `{ T && (e) }` where the caller has a query `{ e }`.
///
/// `e` may be comparisons of attributes with a scope, or of intrinsics, with literals, joined by `&&` and `||`: at most
/// 50, and at most 100 alternatives once the whole is written as alternatives. One attribute without a scope, or one
/// part that Tempo does not take for a comparison, would switch the whole filter off there.
///
/// - Throws: why the query cannot be used; what cannot be used is never left out silently.
public func restrictTagQuery(
    _ text: String?, by condition: TenantCondition, limits: TraceQLLimits = .standard
) throws(RestrictionError) -> RestrictedQuery {
    let bytes = Array((text ?? "{ }").utf8)
    var tree: Tree
    do {
        tree = try Tree.parse(bytes, limits: limits)
    } catch {
        throw .invalid(error)
    }
    if let problem = tree.unsafePart() { throw .unsafe(problem) }
    let filter = try tree.singleFilter()
    let expression = tree.node(filter).first
    let confining = tree.appendCondition(condition.attributeBytes, condition.valueBytes)
    if tree.node(expression).kind == .boolean, tree.node(expression).bits == 1 {
        tree.nodes[Int(filter)].first = confining
    } else {
        let alternatives = try tree.alternatives(of: expression)
        if alternatives.multipliedReportingOverflow(by: condition.valueBytes.count).partialValue > maximumAlternatives {
            throw .unsafe(
                tree.error(
                    "a query for tags may have at most \(maximumAlternatives) alternatives",
                    at: tree.node(expression).start))
        }
        if condition.conflict == .error, let place = tree.equalityWithAnother(condition) {
            throw .conflict(tree.error("condition on resource.\(condition.attribute) names another tenant", at: place))
        }
        tree.nodes[Int(filter)].first = tree.appendBinary(.and, confining, expression)
    }
    let output = Printer.print(tree, style: .safe, reserve: condition.description.utf8.count + 16)
    return try verifyTagQuery(output, is: tree, confinedBy: condition)
}

extension Tree {
    /// The one filter that the query is.
    fileprivate func singleFilter() throws(RestrictionError) -> Int32 {
        let node = node(root)
        if node.kind == .pipeline, node.list.count == 1, hints.isEmpty {
            let stage = lists[node.list.lowerBound]
            if self.node(stage).kind == .filter { return stage }
        }
        throw .unsafe(error("a query for tags must be a single filter: { … }", at: 0))
    }

    /// How many alternatives an expression comes to, if it has only what is allowed.
    fileprivate func alternatives(of root: Int32) throws(RestrictionError) -> Int {
        var comparisons = 0
        // Operands before their operators, without recursion: first the order, then the counts.
        var order: [Int32] = []
        var stack = [root]
        while let index = stack.popLast() {
            order.append(index)
            let node = node(index)
            if node.kind == .binary, node.operation == .and || node.operation == .or {
                stack.append(node.first)
                stack.append(node.second)
                continue
            }
            comparisons += 1
            if comparisons > maximumComparisons {
                throw .unsafe(
                    error("a query for tags may have at most \(maximumComparisons) comparisons", at: node.start))
            }
            try checkComparison(node)
        }
        var counts: [Int] = []
        for index in order.reversed() {
            let node = node(index)
            if node.kind == .binary, node.operation == .and || node.operation == .or {
                let (left, right) = (counts.removeLast(), counts.removeLast())
                // Beyond the limit the exact number does not matter.
                counts.append(min(node.operation == .and ? left * right : left + right, 1_000_000))
            } else {
                counts.append(1)
            }
        }
        return counts.first ?? 1
    }

    private func checkComparison(_ node: Node) throws(RestrictionError) {
        let allowed =
            "a query for tags may have only comparisons of attributes that have a scope, or of intrinsics, with "
            + "literals, joined by && and ||"
        guard node.kind == .binary,
            node.operation.isComparison || node.operation == .matches || node.operation == .matchesNot
        else { throw .unsafe(error(allowed, at: node.start)) }
        let (left, right) = (self.node(node.first), self.node(node.second))
        guard left.isLiteral != right.isLiteral else { throw .unsafe(error(allowed, at: node.start)) }
        let field = left.isLiteral ? right : left
        switch field.kind {
        case .intrinsic: return
        case .attribute:
            if field.scope == .none {
                throw .unsafe(error("an attribute needs a scope here, such as span. or resource.", at: field.start))
            }
        default: throw .unsafe(error(allowed, at: field.start))
        }
    }
}

/// Checks the text of a query for tags: it must be one filter with the condition.
func verifyTagQuery(
    _ text: [UInt8], is tree: Tree, confinedBy condition: TenantCondition
) throws(RestrictionError) -> RestrictedQuery {
    let again: Tree
    do {
        again = try Tree.parse(text, limits: .verification)
    } catch {
        throw .unverified("the restricted text does not parse: \(error) in \(String(decoding: text, as: UTF8.self))")
    }
    guard again.isSame(as: tree) else {
        throw .unverified("the restricted text means another query: \(String(decoding: text, as: UTF8.self))")
    }
    guard (try? again.singleFilter()) != nil, again.filterCount == 1,
        again.nodes.allSatisfy({ $0.kind != .filter || again.demands($0.first, condition) })
    else {
        throw .unverified("the filter lacks the condition: \(String(decoding: text, as: UTF8.self))")
    }
    return RestrictedQuery(
        text: String(decoding: text, as: UTF8.self), filterCount: 1, pipelineCount: 1,
        condition: condition.description, isMetricsQuery: false)
}
