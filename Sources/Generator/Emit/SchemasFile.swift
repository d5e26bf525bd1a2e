/// `Schemas.swift`: what values are held to where they are read.
enum SchemasFile {
    static func text(_ plan: Plan) -> String {
        guard !plan.schemaTable.isEmpty else { return SourceText(publicImports: []).text }
        var source = SourceText(publicImports: [], imports: ["JSONSchema"])
        source.line()
        source.documentation("The schemas of inputs and of alternatives, by their positions.")
        source.block("enum Schemas") { source in
            source.documentation("Read once, where the first value needs it.")
            source.line("static let all = SchemaSet(generated: schemasText)")
        }
        // Outside the type, for a literal's lines cannot be indented without changing it.
        var text = source.text
        text += "\nprivate let schemasText: StaticString = "
        text += StringLiteral.multiline(String(decoding: plan.schemaTable, as: UTF8.self))
        text += "\n"
        return text
    }
}
