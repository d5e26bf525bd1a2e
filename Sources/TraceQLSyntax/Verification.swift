// The second look at a restricted text: it is parsed again, compared with the tree it was printed from, and each filter
// and each pipeline in it is checked. Nothing here relies on how the text was made.

/// Checks a restricted text.
func verify(
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
    guard let (filters, pipelines) = again.partsConfined(by: condition) else {
        throw .unverified(
            "a filter or a pipeline lacks the condition: \(String(decoding: text, as: UTF8.self))")
    }
    let root = again.node(again.root).kind
    return RestrictedQuery(
        text: String(decoding: text, as: UTF8.self), filterCount: filters, pipelineCount: pipelines,
        condition: condition.description, isMetricsQuery: root == .metricsQuery || root == .metricsOperation)
}

extension Tree {
    /// The number of filters and pipelines, if each of them demands the condition and nothing else finds spans.
    func partsConfined(by condition: TenantCondition) -> (filters: Int, pipelines: Int)? {
        var filters = 0
        var pipelines = 0
        for node in nodes {
            switch node.kind {
            case .filter:
                guard demands(node.first, condition) else { return nil }
                filters += 1
            case .pipeline:
                guard let first = lists[node.list].first, self.node(first).kind == .filter,
                    isCondition(self.node(first).first, condition)
                else { return nil }
                pipelines += 1
            case .spansetOperation:
                // Its sides are filters, which are checked, or operations of them, or pipelines.
                guard isSpanset(node.first), isSpanset(node.second) else { return nil }
            case .metricsQuery:
                guard self.node(node.first).kind == .pipeline else { return nil }
            case .attribute:
                if node.flags.contains(.isParent) { return nil }
            case .intrinsic:
                if TraceQLIntrinsic.table[Int(node.bits)].intrinsic.foreignReason != nil { return nil }
            case .metricsFunction:
                if node.operation == .compare { return nil }
            case .unsupported:
                return nil
            case .integer, .float, .string, .boolean, .duration, .status, .kind, .unary, .binary, .group, .select,
                .coalesce, .scalarFilter, .aggregate, .arguments, .rank, .threshold, .metricsScalar,
                .metricsOperation:
                continue
            }
        }
        switch node(root).kind {
        case .pipeline, .spansetOperation, .metricsQuery, .metricsOperation: break
        default: return nil
        }
        return pipelines > 0 ? (filters, pipelines) : nil
    }

    private func isSpanset(_ index: Int32) -> Bool {
        switch node(index).kind {
        case .filter, .spansetOperation, .pipeline: true
        default: false
        }
    }

    /// T, or T && anything.
    func demands(_ index: Int32, _ condition: TenantCondition) -> Bool {
        let node = node(index)
        if node.kind == .binary, node.operation == .and, isCondition(node.first, condition) { return true }
        return isCondition(index, condition)
    }

    /// T: comparisons with each of the values, joined by `||` from the left.
    private func isCondition(_ index: Int32, _ condition: TenantCondition) -> Bool {
        var index = index
        for place in condition.valueBytes.indices.reversed() {
            let node = node(index)
            guard node.kind == .binary else { return false }
            if place == 0 { return isComparison(node, condition, condition.valueBytes[0]) }
            guard node.operation == .or,
                isComparison(self.node(node.second), condition, condition.valueBytes[place])
            else { return false }
            index = node.first
        }
        return false
    }

    private func isComparison(_ node: Node, _ condition: TenantCondition, _ value: [UInt8]) -> Bool {
        guard node.kind == .binary, node.operation == .equal else { return false }
        let (left, right) = (self.node(node.first), self.node(node.second))
        return left.kind == .attribute && left.scope == .resource && !left.flags.contains(.isParent)
            && equals(left.text, condition.attributeBytes) && right.kind == .string && equals(right.text, value)
    }
}
