/// `Schemas.swift`: what values are held to where they are read and, in debug builds, where they are answered.
enum SchemasFile {
    static func text(_ plan: Plan) -> String {
        let checksAnswers = !plan.outputTable.isEmpty
        guard !plan.schemaTable.isEmpty || checksAnswers else { return SourceText(publicImports: []).text }
        var source = SourceText(publicImports: [], imports: ["JSONSchema"] + (checksAnswers ? ["APIRuntime"] : []))
        if !plan.schemaTable.isEmpty {
            source.line()
            source.documentation("The schemas of inputs and of alternatives, by their positions.")
            source.block("enum Schemas") { source in
                source.documentation("Read once, where the first value needs it.")
                source.line("static let all = SchemaSet(generated: schemasText)")
            }
        }
        if checksAnswers { checkedBody(&source, hasItems: plan.hasCheckedItems) }
        // Outside the types, for a literal's lines cannot be indented without changing it.
        var text = source.text
        if !plan.schemaTable.isEmpty { text += literal("schemasText", plan.schemaTable) }
        if checksAnswers { text += "\n#if DEBUG\(literal("answersText", plan.outputTable))#endif\n" }
        return text
    }

    private static func literal(_ name: String, _ table: [UInt8]) -> String {
        "\nprivate let \(name): StaticString = \(StringLiteral.multiline(String(decoding: table, as: UTF8.self)))\n"
    }

    private static func checkedBody(_ source: inout SourceText, hasItems: Bool) {
        source.line()
        source.block("extension JSONContent") { source in
            source.documentation("The body. In debug builds a value is held to its schema, which costs time.")
            source.block("func checkedBody(_ schema: Int) throws -> ResponseBody") { source in
                source.line("#if DEBUG")
                source.line("try responseBody(AnswerSchemas.all, schema: schema)")
                source.line("#else")
                source.line("try responseBody()")
                source.line("#endif")
            }
        }
        if hasItems {
            source.line()
            source.block("extension ItemContent") { source in
                source.documentation("The body. In debug builds each item is held to its schema, which costs time.")
                source.block("func checkedBody(_ format: ItemFormat, _ schema: Int) -> ResponseBody") { source in
                    source.line("#if DEBUG")
                    source.line("responseBody(format, AnswerSchemas.all, schema: schema)")
                    source.line("#else")
                    source.line("responseBody(format)")
                    source.line("#endif")
                }
            }
        }
        source.line()
        source.line("#if DEBUG")
        source.documentation("The schemas of answers, by their positions.")
        source.block("private enum AnswerSchemas") { source in
            source.line("static let all = SchemaSet(generated: answersText)")
        }
        source.line("#endif")
    }
}

extension Plan {
    /// Whether an answer is made of items that are held to a schema.
    fileprivate var hasCheckedItems: Bool {
        let nested = operations.flatMap(\.outputs).compactMap { output in
            if case .nested(let response) = output.type { response } else { nil }
        }
        return (sharedResponses + nested).contains { $0.contents.contains { $0.items?.outputSchema != nil } }
    }
}
