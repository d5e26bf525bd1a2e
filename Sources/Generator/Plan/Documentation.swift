/// What doc comments say: the document's own words, and what the types cannot say.
extension Planner {
    /// The description of a schema where it is used, or the fallback, with a short example.
    func documentation(of use: SchemaUse, fallback: String) -> String {
        guard case .inline(let schema) = use else { return description(of: use, fallback: fallback) }
        // A type of its own has the whole example.
        return ExampleText.appended(to: description(of: use, fallback: fallback), schema.example, isBrief: true)
    }

    /// The same without an example.
    func description(of use: SchemaUse, fallback: String) -> String {
        switch use {
        case .inline(let schema):
            documented(
                schema.description ?? schema.title ?? fallback, format: schema.format?.value,
                isDeprecated: schema.isDeprecated)
        case .reference(let reference):
            documented(reference.description ?? fallback, isDeprecated: reference.isDeprecated)
        }
    }

    /// The description of a type. One without a description of its own is described by whatever it is the type of.
    func documentation(of schema: Schema, in host: Host? = nil) -> String {
        ExampleText.appended(
            to: documented(
                schema.description ?? schema.title ?? host?.documentation ?? "A schema of the document.",
                format: schema.format?.value, isDeprecated: schema.isDeprecated), schema.example)
    }

    func documented(_ text: String, format: String? = nil, isDeprecated: Bool) -> String {
        var notes: [String] = []
        // Formats of numbers are in their types.
        if let format, !["int32", "int64", "float", "double"].contains(format) { notes.append("Format: `\(format)`.") }
        if isDeprecated { notes.append("Deprecated.") }
        return notes.isEmpty ? text : ExampleText.paragraphs(text, notes.joined(separator: "\n"))
    }
}
