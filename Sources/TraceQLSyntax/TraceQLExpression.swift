/// A TraceQL query, parsed and checked as Tempo 3.1 does.
///
/// The language: https://grafana.com/docs/tempo/latest/traceql/
public struct TraceQLExpression: Sendable {
    let tree: Tree

    /// Parses and checks a query.
    ///
    /// - Throws: what is wrong first and where, in Tempo's words where they are known, or which limit was passed.
    public static func parse(
        _ text: String, limits: TraceQLLimits = .standard
    ) throws(TraceQLError) -> TraceQLExpression {
        TraceQLExpression(tree: try Tree.parse(Array(text.utf8), limits: limits))
    }

    /// Parses and checks a query from bytes; what is not UTF-8 is refused.
    ///
    /// - Throws: what is wrong first and where, in Tempo's words where they are known, or which limit was passed.
    public static func parse(
        utf8 bytes: [UInt8], limits: TraceQLLimits = .standard
    ) throws(TraceQLError) -> TraceQLExpression {
        let bad = bytes.withUnsafeBufferPointer { buffer -> Int? in
            var index = 0
            while index < buffer.count {
                let scalar = DecodedScalar(buffer, at: index)
                if scalar.isInvalid { return index }
                index += scalar.width
            }
            return nil
        }
        if let bad { throw TraceQLError("invalid UTF-8 encoding", at: bad, in: bytes) }
        return TraceQLExpression(tree: try Tree.parse(bytes, limits: limits))
    }

    /// The canonical text: parentheses around every part, constants folded, strings and names escaped so that nothing
    /// in them can end them. It parses to an equal tree.
    public func printed() -> String {
        String(decoding: Printer.print(tree, style: .safe), as: UTF8.self)
    }

    /// Whether the other one is the same query: the same tree, whatever stood in the text.
    public func isSame(as other: TraceQLExpression) -> Bool { tree.isSame(as: other.tree) }

    /// Whether it asks for numbers over time instead of spans.
    public var isMetricsQuery: Bool {
        let kind = tree.node(tree.root).kind
        return kind == .metricsQuery || kind == .metricsOperation
    }

    /// How many filters (`{…}`) it has.
    public var filterCount: Int { tree.filterCount }
}

extension Tree {
    /// Parses and checks.
    static func parse(_ bytes: [UInt8], limits: TraceQLLimits) throws(TraceQLError) -> Tree {
        let maximum = min(limits.maximumBytes, TraceQLLimits.addressableBytes)
        if bytes.count > maximum {
            throw TraceQLError("query is longer than \(maximum) bytes", at: maximum, in: bytes)
        }
        return try bytes.withUnsafeBufferPointer { buffer throws(TraceQLError) -> Tree in
            var parser = Parser(buffer, owned: bytes, limits: limits)
            try parser.parse()
            return parser.tree
        }
    }

    var filterCount: Int {
        var count = 0
        for node in nodes where node.kind == .filter { count += 1 }
        return count
    }
}
