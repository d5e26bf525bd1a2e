import JSONSchema

/// A way through a document, from its root.
typealias NodePath = [NodeStep]

enum NodeStep: Hashable, Sendable {
    case key(Name)
    case index(Int)
}

extension JSONPath {
    /// What the query selects, in its order, with the way to each.
    func select(from root: Node) -> [(path: NodePath, node: Node)] {
        JSONPathEvaluation(root: root).select(segments, from: [([], root)])
    }
}

/// Applies a query to a document. https://www.rfc-editor.org/rfc/rfc9535#section-2.3
struct JSONPathEvaluation {
    typealias Selected = (path: NodePath, node: Node)

    let root: Node

    func select(_ segments: [JSONPath.Segment], from start: [Selected]) -> [Selected] {
        segments.reduce(start) { nodes, segment in
            let all = segment.isDescendant ? nodes.flatMap(descendants) : nodes
            return all.flatMap { node in segment.selectors.flatMap { select($0, node) } }
        }
    }

    /// The value itself and everything below it.
    private func descendants(_ start: Selected) -> [Selected] {
        [start] + children(start).flatMap(descendants)
    }

    private func children(_ parent: Selected) -> [Selected] {
        switch parent.node.content {
        case .scalar: []
        case .sequence(let nodes): nodes.enumerated().map { (parent.path + [.index($0)], $1) }
        case .mapping(let mapping): mapping.entries.map { (parent.path + [.key($0.key)], $0.value) }
        }
    }

    private func select(_ selector: JSONPath.Selector, _ parent: Selected) -> [Selected] {
        switch selector {
        case .wildcard: return children(parent)
        case .name(let name):
            return parent.node.mapping?[name].map { [(parent.path + [.key(name)], $0.value)] } ?? []
        case .index(let index):
            guard let nodes = parent.node.sequence else { return [] }
            let index = index < 0 ? nodes.count + index : index
            return nodes.indices.contains(index) ? [(parent.path + [.index(index)], nodes[index])] : []
        case .slice(let start, let end, let step):
            guard let nodes = parent.node.sequence else { return [] }
            return Self.indices(start, end, step, count: nodes.count).map { (parent.path + [.index($0)], nodes[$0]) }
        case .filter(let logical): return children(parent).filter { holds(logical, $0.node) }
        }
    }

    /// https://www.rfc-editor.org/rfc/rfc9535#section-2.3.4.2
    private static func indices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
        guard step != 0 else { return [] }
        func normalized(_ index: Int) -> Int { index < 0 ? count + index : index }
        if step > 0 {
            let lower = min(max(normalized(start ?? 0), 0), count)
            let upper = min(max(normalized(end ?? count), 0), count)
            return Array(stride(from: lower, to: upper, by: step))
        }
        let upper = min(max(normalized(start ?? count - 1), -1), count - 1)
        let lower = end.map { min(max(normalized($0), -1), count - 1) } ?? -1
        return Array(stride(from: upper, to: lower, by: step))
    }

    private func nodes(_ query: JSONPath.Query, _ current: Node) -> [Node] {
        select(query.path.segments, from: [([], query.isRelative ? current : root)]).map(\.node)
    }

    private func holds(_ logical: JSONPath.Logical, _ current: Node) -> Bool {
        switch logical {
        case .or(let parts): parts.contains { holds($0, current) }
        case .and(let parts): parts.allSatisfy { holds($0, current) }
        case .not(let part): !holds(part, current)
        case .exists(let query): !nodes(query, current).isEmpty
        case .compare(let left, let operation, let right):
            compare(value(left, current), operation, value(right, current))
        case .matches(let text, let pattern, let isWhole):
            matches(value(text, current)?.string, value(pattern, current)?.string, isWhole: isWhole)
        }
    }

    /// A pattern that is none matches nothing. https://www.rfc-editor.org/rfc/rfc9535#section-2.4.6
    private func matches(_ text: String?, _ pattern: String?, isWhole: Bool) -> Bool {
        guard let text, let pattern, let compiled = try? Pattern(isWhole ? "^(?:\(pattern))$" : pattern) else {
            return false
        }
        return compiled.matches(text)
    }

    /// Nil for nothing, which is no value.
    private func value(_ comparable: JSONPath.Comparable, _ current: Node) -> Node? {
        switch comparable {
        case .literal(let scalar): return Node(content: .scalar(scalar), location: current.location)
        case .query(let query): return nodes(query, current).first
        case .value(let query):
            let nodes = nodes(query, current)
            return nodes.count == 1 ? nodes.first : nil
        case .count(let query): return number(nodes(query, current).count, current)
        case .length(let inner):
            guard let node = value(inner, current) else { return nil }
            switch node.content {
            case .sequence(let nodes): return number(nodes.count, current)
            case .mapping(let mapping): return number(mapping.entries.count, current)
            case .scalar: return node.string.map { number($0.unicodeScalars.count, current) }
            }
        }
    }

    private func number(_ value: Int, _ current: Node) -> Node {
        Node(content: .scalar(Scalar(kind: .integer, text: "\(value)")), location: current.location)
    }

    /// https://www.rfc-editor.org/rfc/rfc9535#section-2.3.5.2.2
    private func compare(_ left: Node?, _ operation: JSONPath.Operator, _ right: Node?) -> Bool {
        switch operation {
        case .equal: isEqual(left, right)
        case .notEqual: !isEqual(left, right)
        case .less: isLess(left, right)
        case .lessOrEqual: isLess(left, right) || isEqual(left, right)
        case .greater: isLess(right, left)
        case .greaterOrEqual: isLess(right, left) || isEqual(left, right)
        }
    }

    private func isEqual(_ left: Node?, _ right: Node?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return NodeValue.same(left, right)
    }

    private func isLess(_ left: Node?, _ right: Node?) -> Bool {
        guard let left = left?.scalar, let right = right?.scalar else { return false }
        if left.isNumber, right.isNumber, let left = Double(left.text), let right = Double(right.text) {
            return left < right
        }
        guard case .string = left.kind, case .string = right.kind else { return false }
        return left.text.unicodeScalars.lexicographicallyPrecedes(right.text.unicodeScalars)
    }
}
