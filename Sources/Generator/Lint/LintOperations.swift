/// An operation with what stands around it.
struct LintOperation {
    var method: Mapping.Entry
    var mapping: Mapping
    /// The path or the name of the webhook; nil where only a reference leads to the path item.
    var path: Name?
    var pathItem: LintDocument.Site
    var origin: LintDocument.Origin

    /// `GET /pets`
    var title: String { "\(method.key.text.uppercased()) \(path?.text ?? "")" }
}

extension LintDocument {
    func findOperations() -> [LintOperation] {
        all(.pathItem).flatMap { item in
            item.mapping.entries.flatMap { entry -> [Mapping.Entry] in
                if entry.key == "additionalOperations", version == .v32 { return entry.value.mapping?.entries ?? [] }
                guard let method = Operation.Method(rawValue: entry.key.text) else { return [] }
                return method == .query && version != .v32 ? [] : [entry]
            }.compactMap { entry in
                references.resolved(entry.value)?.mapping.map {
                    LintOperation(method: entry, mapping: $0, path: item.key, pathItem: item, origin: item.origin)
                }
            }
        }
    }

    /// The parameters of an operation or a path item, with the place of the reference that leads to each.
    func parameters(_ mapping: Mapping) -> [(parameter: Mapping, location: Location)] {
        (mapping["parameters"]?.value.sequence ?? []).compactMap { node in
            references.resolved(node)?.mapping.map { ($0, node.location) }
        }
    }

    /// The component maps of the document itself.
    func components(_ name: Name) -> [Mapping.Entry] {
        root.mapping?["components"]?.value.mapping?[name]?.value.mapping?.entries ?? []
    }
}
