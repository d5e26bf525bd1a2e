/// Leaves operations out of a document, and then every component that nothing leads to any more.
struct DocumentFilter {
    let filter: OperationFilter
    let diagnostics: Diagnostics
    /// What of the selections has selected something.
    private var used: Set<Location> = []

    init(_ filter: OperationFilter, diagnostics: Diagnostics) {
        self.filter = filter
        self.diagnostics = diagnostics
    }

    /// The document without what is not wanted. What selects nothing is reported: it is most likely misspelt.
    mutating func filtered(_ root: Node) -> Node {
        guard var mapping = root.mapping else { return root }
        for section in ["paths", "webhooks"] as [Name] {
            guard let index = mapping.entries.firstIndex(where: { $0.key == section }),
                var items = mapping.entries[index].value.mapping
            else { continue }
            items.entries = items.entries.compactMap { item in
                guard section == "webhooks" || item.key.hasPrefix("/") else { return item }
                return filtered(item, in: root)
            }
            mapping.entries[index].value.content = .mapping(items)
        }
        for selector in (filter.include?.all ?? []) + filter.exclude.all where !used.contains(selector.location) {
            diagnostics.report(
                .unmatchedName, at: selector.location, "`\(selector.value)` selects no operation",
                advice: "an operation has a tag, a path, or an id or its method and path, such as `GET /pets`")
        }
        var result = root
        result.content = .mapping(mapping)
        return ReachableComponents(result).pruned()
    }

    /// A path item with the operations that are wanted; nil where none is.
    private mutating func filtered(_ item: Mapping.Entry, in root: Node) -> Mapping.Entry? {
        let node = Self.resolved(item.value, in: root)
        guard var mapping = node.mapping else { return item }
        let further = mapping["additionalOperations"]?.value.mapping?.entries ?? []
        let operations = mapping.entries.filter { Operation.Method(rawValue: $0.key.text) != nil } + further
        let wanted = Set(operations.filter { isWanted($0, path: item.key) }.map(\.key))
        // A path item without operations says nothing that could be selected.
        if operations.isEmpty { return filter.include == nil ? item : nil }
        guard !wanted.isEmpty else { return nil }
        guard wanted.count < operations.count else { return item }
        mapping.entries.removeAll { Operation.Method(rawValue: $0.key.text) != nil && !wanted.contains($0.key) }
        if let index = mapping.entries.firstIndex(where: { $0.key == "additionalOperations" }) {
            let rest = further.filter { wanted.contains($0.key) }
            mapping.entries[index].value.content = .mapping(Mapping(entries: rest))
            if rest.isEmpty { mapping.entries.remove(at: index) }
        }
        var result = item
        result.value = node
        result.value.content = .mapping(mapping)
        return result
    }

    private mutating func isWanted(_ operation: Mapping.Entry, path: Name) -> Bool {
        // Both are asked, so that each selector is seen to select something.
        let isExcluded = selects(filter.exclude, operation, path)
        guard let include = filter.include else { return !isExcluded }
        return selects(include, operation, path) && !isExcluded
    }

    private mutating func selects(
        _ selection: OperationFilter.Selection, _ operation: Mapping.Entry, _ path: Name
    ) -> Bool {
        let mapping = operation.value.mapping
        let tags = (mapping?["tags"]?.value.sequence ?? []).compactMap { $0.string.map { Name($0) } }
        let names = [mapping?["operationId"]?.value.string, "\(operation.key.text.uppercased()) \(path)"]
            .compactMap { $0.map { Name($0) } }
        let found =
            selection.tags.filter { tags.contains(Name($0.value)) }
            + selection.paths.filter { Self.matches(path, $0.value) }
            + selection.operations.filter { names.contains(Name($0.value)) }
        used.formUnion(found.map(\.location))
        return !found.isEmpty
    }

    private static func matches(_ path: Name, _ pattern: String) -> Bool {
        pattern.utf8.last == UInt8(ascii: "*")
            ? path.text.utf8.starts(with: pattern.utf8.dropLast()) : path == Name(pattern)
    }

    private static func resolved(_ node: Node, in root: Node) -> Node {
        guard let text = node.mapping?["$ref"]?.value.string, text.utf8.first == UInt8(ascii: "#"),
            let pointer = JSONPointer(fragment: Substring(text).utf8.dropFirst()), let target = root.member(at: pointer)
        else { return node }
        return target
    }
}
