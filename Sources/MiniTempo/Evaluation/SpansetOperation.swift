import TraceQLSyntax

/// Operations between two sets of one trace.
enum SpansetOperation {
    private enum Relation {
        case child, parent, descendant, ancestor, sibling
    }

    private enum Form {
        /// Spans of the right side that stand so to one of the left side.
        case right
        /// Spans of the right side that stand so to none of the left side.
        case negated
        /// Spans of both sides that stand so to each other.
        case union
    }

    /// The spans that come out, as places in the trace.
    ///
    /// - Throws: if a side of a structural operator has several sets.
    static func apply(
        _ operation: TraceQLSpansetOperator, _ left: [Spanset], _ right: [Spanset], in trace: SearchTrace
    ) throws(EvaluationError) -> [Int] {
        let all = Set(left.flatMap(\.spans)).union(right.flatMap(\.spans)).sorted()
        guard let (relation, form) = structure(operation) else {
            return operation == .and && (left.isEmpty || right.isEmpty) ? [] : all
        }
        guard left.count <= 1, right.count <= 1 else {
            throw EvaluationError(
                message: "spanset operators are not supported for multiple spansets per trace. "
                    + "consider using coalesce()")
        }
        guard let candidates = right.first?.spans else { return [] }
        let others = left.first?.spans ?? []
        switch form {
        case .right:
            return candidates.filter { candidate in others.contains { stands(candidate, relation, $0, trace) } }
        case .negated:
            return candidates.filter { candidate in !others.contains { stands(candidate, relation, $0, trace) } }
        case .union:
            let found = candidates.filter { candidate in others.contains { stands(candidate, relation, $0, trace) } }
            let counterparts = others.filter { other in candidates.contains { stands($0, relation, other, trace) } }
            return Set(found + counterparts).sorted()
        }
    }

    private static func structure(_ operation: TraceQLSpansetOperator) -> (Relation, Form)? {
        switch operation {
        case .and, .or: nil
        case .child: (.child, .right)
        case .parent: (.parent, .right)
        case .descendant: (.descendant, .right)
        case .ancestor: (.ancestor, .right)
        case .sibling: (.sibling, .right)
        case .notChild: (.child, .negated)
        case .notParent: (.parent, .negated)
        case .notDescendant: (.descendant, .negated)
        case .notAncestor: (.ancestor, .negated)
        case .notSibling: (.sibling, .negated)
        case .unionChild: (.child, .union)
        case .unionParent: (.parent, .union)
        case .unionDescendant: (.descendant, .union)
        case .unionAncestor: (.ancestor, .union)
        case .unionSibling: (.sibling, .union)
        }
    }

    /// Whether one span is the child, parent … of the other.
    private static func stands(_ one: Int, _ relation: Relation, _ other: Int, _ trace: SearchTrace) -> Bool {
        let (one, other) = (trace.nestedSet[one], trace.nestedSet[other])
        guard one.left > 0, other.left > 0 else { return false }
        return switch relation {
        case .child: one.parent == other.left
        case .parent: other.parent == one.left
        case .descendant: other.left < one.left && one.right < other.right
        case .ancestor: one.left < other.left && other.right < one.right
        case .sibling: one.left != other.left && one.parent > 0 && one.parent == other.parent
        }
    }
}
