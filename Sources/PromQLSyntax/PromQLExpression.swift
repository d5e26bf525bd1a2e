/// A PromQL expression, parsed and checked as Prometheus 3.14 does with every feature flag on.
///
/// The language: https://prometheus.io/docs/prometheus/latest/querying/basics/
public struct PromQLExpression: Sendable {
    let tree: Tree

    /// Parses and checks a query.
    ///
    /// - Throws: what is wrong first and where, in Prometheus' words, or which limit was passed.
    public static func parse(
        _ text: String, limits: PromQLLimits = .standard
    ) throws(PromQLError) -> PromQLExpression {
        try parse(utf8: Array(text.utf8), limits: limits)
    }

    /// Parses and checks a query from bytes, which need not be valid UTF-8: where they are not, it is refused.
    ///
    /// - Throws: what is wrong first and where, in Prometheus' words, or which limit was passed.
    public static func parse(
        utf8 bytes: [UInt8], limits: PromQLLimits = .standard
    ) throws(PromQLError) -> PromQLExpression {
        PromQLExpression(tree: try Tree.parse(bytes, limits: limits, entry: .expression))
    }

    /// Parses and checks a query from a buffer, whose bytes are copied.
    ///
    /// - Throws: what is wrong first and where, in Prometheus' words, or which limit was passed.
    public static func parse(
        utf8 bytes: UnsafeBufferPointer<UInt8>, limits: PromQLLimits = .standard
    ) throws(PromQLError) -> PromQLExpression {
        try parse(utf8: Array(bytes), limits: limits)
    }

    /// What the expression evaluates to.
    public var type: PromQLType { tree.nodes[Int(tree.root)].type }

    /// The expression as Prometheus prints it, byte for byte.
    ///
    /// A few of Prometheus' texts cannot be parsed again or mean something else (`info(x, {})`, durations below a
    /// millisecond); `restrict` avoids them.
    public func printed() -> String {
        String(decoding: Printer.print(tree, style: .canonical), as: UTF8.self)
    }

    /// The number of selectors, ranges included.
    public var selectorCount: Int { tree.selectorCount }
}

extension Tree {
    /// What a text is to be.
    enum Entry { case expression, selector }

    /// Parses and, if it is an expression, checks.
    static func parse(
        _ bytes: [UInt8], limits: PromQLLimits, entry: Entry
    ) throws(PromQLError) -> Tree {
        let maximum = min(limits.maximumBytes, PromQLLimits.addressableBytes)
        if bytes.count > maximum {
            throw PromQLError("query is longer than \(maximum) bytes", at: maximum, in: bytes)
        }
        var tree = try bytes.withUnsafeBufferPointer { buffer throws(PromQLError) -> Tree in
            var parser = Parser(buffer, owned: bytes, limits: limits)
            switch entry {
            case .expression: try parser.parseExpression()
            case .selector: try parser.parseSelector()
            }
            return parser.tree
        }
        if entry == .expression { try tree.check() }
        return tree
    }

    var selectorCount: Int {
        var count = 0
        for node in nodes where node.kind == .vectorSelector { count += 1 }
        return count
    }
}
