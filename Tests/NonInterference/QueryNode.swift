/// What an expression evaluates to, and the parts of one that are no expressions.
enum ValueType: Sendable {
    case vector
    case matrix
    case scalar
    case string
    /// Of TraceQL: spans, what a filter's braces hold, a number or an attribute, and numbers over time.
    case spanset, condition, number, metrics
    /// What may be left out: a matcher, `offset`, `by (…)`.
    case modifier
}

/// A random query or part of one: its text, in pieces, and the constructs of the language that it is made of.
struct QueryNode: Sendable {
    let type: ValueType
    /// The names under which the report counts it.
    var constructs: [String]
    let parts: Parts

    init(_ type: ValueType, _ constructs: [String], _ parts: Parts) {
        self.type = type
        self.constructs = constructs
        self.parts = parts
    }

    init(_ type: ValueType, _ construct: String, _ parts: Parts) {
        self.init(type, [construct], parts)
    }

    /// Text with nodes in it, written as a string literal with interpolations.
    struct Parts: Sendable, ExpressibleByStringInterpolation, StringInterpolationProtocol {
        enum Part: Sendable {
            case text(String)
            case node(QueryNode)
        }

        var list: [Part] = []

        init(_ list: [Part]) { self.list = list }
        init(literalCapacity: Int, interpolationCount: Int) {}
        init(stringLiteral value: String) { list = [.text(value)] }
        init(stringInterpolation: Parts) { self = stringInterpolation }
        mutating func appendLiteral(_ literal: String) { list.append(.text(literal)) }
        mutating func appendInterpolation(_ text: String) { list.append(.text(text)) }
        mutating func appendInterpolation(_ node: QueryNode) { list.append(.node(node)) }
        mutating func appendInterpolation(_ nodes: [QueryNode]) { list += nodes.map { .node($0) } }
    }

    /// The query as it is sent.
    var text: String {
        parts.list.reduce(into: "") { text, part in
            switch part {
            case .text(let piece): text += piece
            case .node(let node): text += node.text
            }
        }
    }

    /// The constructs of the whole tree.
    var allConstructs: Set<String> {
        parts.list.reduce(into: Set(constructs)) { all, part in
            if case .node(let node) = part { all.formUnion(node.allConstructs) }
        }
    }

    /// Whether Prometheus gives its result in an order that is part of it.
    var isOrdered: Bool {
        if constructs.contains(where: { Self.ordering.contains($0) }) { return true }
        // In parentheses, or with a modifier: as ordered as what is in them.
        guard constructs == ["parentheses"] else { return false }
        return parts.list.contains { if case .node(let node) = $0 { node.isOrdered } else { false } }
    }

    private static let ordering: Set<String> = [
        "function sort", "function sort_desc", "function sort_by_label", "function sort_by_label_desc",
        "aggregation topk", "aggregation bottomk",
    ]
}

// MARK: - Smaller queries

extension QueryNode {
    /// Trees that are one step smaller, the smallest first: a part of the same type in its place, or without something
    /// that may be left out.
    var smaller: [QueryNode] {
        // The whole query may be of any type.
        let own = descendants.filter { $0.type != .modifier } + replacements
        return own.map { ($0, $0.text.utf8.count) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    private var descendants: [QueryNode] {
        parts.list.flatMap { part -> [QueryNode] in
            guard case .node(let node) = part else { return [] }
            return [node] + node.descendants
        }
    }

    /// This tree with one of its parts made smaller.
    private var replacements: [QueryNode] {
        parts.list.indices.flatMap { index -> [QueryNode] in
            guard case .node(let child) = parts.list[index] else { return [] }
            var candidates = child.descendants.filter { $0.type == child.type } + child.replacements
            if child.type == .modifier, !child.parts.list.isEmpty {
                candidates.append(QueryNode(.modifier, [], Parts([])))
            }
            return candidates.map { candidate in
                var list = parts.list
                list[index] = .node(candidate)
                return QueryNode(type, constructs, Parts(list))
            }
        }
    }
}
