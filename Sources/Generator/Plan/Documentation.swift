/// What doc comments say: the document's own words, and what the types cannot say.
extension Planner {
    /// The description of a schema where it is used, or the fallback.
    func documentation(of use: SchemaUse, fallback: String) -> String {
        switch use {
        case .inline(let schema):
            documented(
                schema.description ?? schema.title ?? fallback, format: schema.format?.value,
                isDeprecated: schema.isDeprecated)
        case .reference(let reference): reference.description ?? fallback
        }
    }

    /// The description of a type. One without a description of its own is described by whatever it is the type of.
    func documentation(of schema: Schema, in host: Host? = nil) -> String {
        documented(
            schema.description ?? schema.title ?? host?.documentation ?? "A schema of the document.",
            format: schema.format?.value, isDeprecated: schema.isDeprecated)
    }

    func documented(_ text: String, format: String? = nil, isDeprecated: Bool) -> String {
        var notes: [String] = []
        // Formats of numbers are in their types.
        if let format, !["int32", "int64", "float", "double"].contains(format) { notes.append("Format: `\(format)`.") }
        if isDeprecated { notes.append("Deprecated.") }
        return notes.isEmpty ? text : "\(text)\n\n\(notes.joined(separator: "\n"))"
    }
}
