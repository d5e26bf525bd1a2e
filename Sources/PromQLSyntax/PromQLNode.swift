/// A matcher of a selector.
public struct PromQLMatcher: Sendable, Equatable, CustomStringConvertible {
    /// How the label's value is compared.
    public enum Operation: String, Sendable {
        /// The value is this one.
        case equal = "="
        /// The value is another one.
        case notEqual = "!="
        /// The whole value matches a regular expression.
        case matches = "=~"
        /// The whole value does not match a regular expression.
        case matchesNot = "!~"
    }

    /// The label's name, as bytes: it need not be UTF-8.
    public let label: [UInt8]
    /// How it is compared.
    public let operation: Operation
    /// With what, as bytes: it need not be UTF-8.
    public let value: [UInt8]
    /// Whether series without the label pass.
    public let matchesEmpty: Bool
    /// Where it starts, in bytes from the start of the query.
    public let offset: Int

    /// The matcher as it is printed, `job="a"`.
    public var description: String {
        var text: [UInt8] = []
        label.withUnsafeBufferPointer { label in
            if isPlainLabel(label) { text.append(contentsOf: label) } else { text.appendQuoted(label) }
        }
        text.append(contentsOf: operation.rawValue.utf8)
        value.withUnsafeBufferPointer { text.appendQuoted($0) }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A node of a query's syntax tree.
public struct PromQLNode: Sendable {
    /// What a node is.
    public enum Kind: Sendable, Equatable {
        /// A number, or a duration in seconds.
        case number(Double)
        /// A string, as bytes: it need not be UTF-8.
        case string([UInt8])
        /// A selector of instant vectors, with the name outside its braces.
        case vectorSelector(name: String?)
        /// A range of a selector, which is its child.
        case matrixSelector
        /// A range of an expression.
        case subquery
        /// An aggregation such as `sum`; the aggregated expression and then the parameter are its children.
        case aggregation(String)
        /// An operation with two sides.
        case binary(String)
        /// A call of a function.
        case call(String)
        /// An expression in parentheses.
        case parenthesized
        /// An expression with `+` or `-` before it.
        case sign(String)
    }

    private let tree: Tree
    private let index: Int32

    init(_ tree: Tree, _ index: Int32) {
        self.tree = tree
        self.index = index
    }

    private var node: Node { tree.nodes[Int(index)] }

    /// What it evaluates to.
    public var type: PromQLType { node.type }

    /// Where it starts and ends, in bytes from the start of the query. The end may lack modifiers.
    public var sourceRange: Range<Int> { Int(node.start)..<max(Int(node.start), Int(node.end)) }

    /// The nodes right below it.
    public var children: [PromQLNode] {
        let node = node
        return (0..<tree.childCount(node)).map { PromQLNode(tree, tree.child(node, $0)) }
    }

    /// The matchers of a vector selector; the name outside the braces is none of them.
    public var matchers: [PromQLMatcher] {
        let node = node
        guard node.kind == .vectorSelector else { return [] }
        return tree.matchers[node.list].map { matcher in
            let operation: PromQLMatcher.Operation =
                switch matcher.operation {
                case .notEqual: .notEqual
                case .matches: .matches
                case .matchesNot: .matchesNot
                default: .equal
                }
            return PromQLMatcher(
                label: tree.bytes(matcher.label), operation: operation, value: tree.bytes(matcher.value),
                matchesEmpty: matcher.matchesEmpty, offset: Int(matcher.position))
        }
    }

    /// The length of a matrix selector's or subquery's range in nanoseconds; nil for other nodes, and where it is an
    /// expression that only the server can compute.
    public var selectedNanoseconds: Int64? {
        let node = node
        switch node.kind {
        case .matrixSelector, .subquery: return node.third == Node.none ? node.range : nil
        case .number, .string, .vectorSelector, .aggregation, .binary, .call, .parenthesized, .sign: return nil
        }
    }

    /// How far back a selector or subquery looks in nanoseconds, negative for the future; nil for other nodes, and
    /// where it is an expression that only the server can compute.
    public var offsetNanoseconds: Int64? {
        let node = node
        let place: Int32
        switch node.kind {
        case .vectorSelector: place = node.selectorModifiers
        case .subquery: place = node.second
        case .matrixSelector: place = tree.nodes[Int(node.first)].selectorModifiers
        case .number, .string, .aggregation, .binary, .call, .parenthesized, .sign: return nil
        }
        if place == Node.none { return 0 }
        let modifiers = tree.modifiers[Int(place)]
        return modifiers.offsetExpression == Node.none ? modifiers.offset : nil
    }

    /// What it is.
    public var kind: Kind {
        let node = node
        switch node.kind {
        case .number: return .number(node.number)
        case .string: return .string(tree.bytes(node.text))
        case .vectorSelector:
            let name = String(decoding: tree.bytes(node.text), as: UTF8.self)
            return .vectorSelector(name: node.text.count == 0 ? nil : name)
        case .matrixSelector: return .matrixSelector
        case .subquery: return .subquery
        case .aggregation: return .aggregation(node.operation.text.description)
        case .binary: return .binary(node.operation.text.description)
        case .call: return .call(Function.all[Int(node.first)].name.description)
        case .parenthesized: return .parenthesized
        case .sign: return .sign(node.operation.text.description)
        }
    }
}

extension PromQLExpression {
    /// The outermost node.
    public var root: PromQLNode { PromQLNode(tree, tree.root) }

    /// Every node, children before parents.
    public var nodes: [PromQLNode] {
        tree.nodes.indices.map { PromQLNode(tree, Int32(truncatingIfNeeded: $0)) }
    }

    /// Every selector, in the order of the text.
    public var selectors: [PromQLNode] {
        tree.nodes.indices.filter { tree.nodes[$0].kind == .vectorSelector }
            .map { PromQLNode(tree, Int32(truncatingIfNeeded: $0)) }
    }
}
