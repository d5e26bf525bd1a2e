/// Which operations of a document are generated.
struct OperationFilter: Sendable {
    struct Selection: Sendable {
        var tags: [Located<String>] = []
        /// Paths, of which a `*` at the end stands for anything.
        var paths: [Located<String>] = []
        /// Ids, or `GET /pets`.
        var operations: [Located<String>] = []

        var all: [Located<String>] { tags + paths + operations }
    }

    /// Nil for all operations.
    var include: Selection?
    var exclude = Selection()
}

extension ConfigurationReader {
    private static let filterKind = ObjectKind("the filter", read: ["include", "exclude"], allowsExtensions: false)
    private static let selectionKind = ObjectKind(
        "a selection of operations", read: ["tags", "paths", "operations"], allowsExtensions: false)

    func filter(_ configuration: ObjectReader) -> OperationFilter? {
        guard let node = configuration.node("filter"),
            let object = ObjectReader(node, Self.filterKind, diagnostics: diagnostics)
        else { return nil }
        func selection(_ key: Name) -> OperationFilter.Selection? {
            guard let node = object.node(key),
                let object = ObjectReader(node, Self.selectionKind, diagnostics: diagnostics)
            else { return nil }
            return OperationFilter.Selection(
                tags: object.strings("tags"), paths: object.strings("paths"), operations: object.strings("operations"))
        }
        return OperationFilter(include: selection("include"), exclude: selection("exclude") ?? .init())
    }
}
