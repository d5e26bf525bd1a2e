/// A tag whose values may be asked for: an attribute, or an intrinsic of the span itself.
public struct TagName: Sendable, Equatable {
    /// Which one it is.
    public let attribute: TraceQLAttribute
    /// How it is written in the path, before percent-encoding.
    public let text: String

    /// Reads a tag as it stands in a query: `span.http.method`, `resource."a b"`, `.name`, `span:status`.
    ///
    /// - Throws: if it is no single attribute or intrinsic, or one whose values are those of other spans of the trace.
    public static func parse(_ text: String) throws(RestrictionError) -> TagName {
        let parsed: (tree: Tree, index: Int32)
        do {
            parsed = try Tree.parseTag(Array(text.utf8))
        } catch {
            throw .invalid(error)
        }
        return try TagName(parsed.tree, parsed.index)
    }

    /// The tag of an attribute without a scope, as the first version of Tempo's endpoints names it: `http.method`.
    ///
    /// - Throws: if the name is empty or holds a NUL.
    public static func unscoped(_ name: String) throws(RestrictionError) -> TagName {
        let bytes = Array(name.utf8)
        if bytes.isEmpty || bytes.contains(0) {
            throw .invalid(TraceQLError("a tag's name must not be empty or hold a NUL", at: 0, in: bytes))
        }
        var tree = Tree(source: [])
        var node = Node(.attribute, at: 0)
        node.text = tree.append(bytes)
        let index = tree.append(node)
        return try TagName(tree, index)
    }

    private init(_ tree: Tree, _ index: Int32) throws(RestrictionError) {
        let node = tree.node(index)
        attribute = tree.attribute(node)
        text = String(decoding: Printer.print(tree, from: index, style: .safe), as: UTF8.self)
        switch attribute {
        case .named(_, _, let isParent):
            if isParent {
                throw .unsafe(tree.error("parent. reads the parent span, which may be another tenant's", at: 0))
            }
        case .intrinsic(let intrinsic):
            if let reason = intrinsic.foreignReason {
                throw .unsafe(tree.error("\(text) reads \(reason), which may be another tenant's", at: 0))
            }
            // Tempo keeps it with the trace, where the filter of spans does not reach.
            if intrinsic == .traceID { throw .unsafe(tree.error("\(text) has no values to list", at: 0)) }
        }
    }
}

extension Tree {
    fileprivate static func parseTag(_ bytes: [UInt8]) throws(TraceQLError) -> (tree: Tree, index: Int32) {
        try bytes.withUnsafeBufferPointer { buffer throws(TraceQLError) -> (tree: Tree, index: Int32) in
            var parser = Parser(buffer, owned: bytes, limits: .standard)
            let index = try parser.parseAttribute(isChecked: false)
            guard try parser.peek() == .end else { throw parser.unexpected() }
            return (parser.tree, index)
        }
    }
}
