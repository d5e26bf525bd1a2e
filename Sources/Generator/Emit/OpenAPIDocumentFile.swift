/// `OpenAPIDocument.swift`: the document itself, as YAML to the byte and as JSON.
enum OpenAPIDocumentFile {
    /// For those who do not serve the document: what it is called.
    static func text(_ plan: Plan) -> String {
        var source = SourceText(publicImports: [])
        source.line()
        source.documentation("The document that this code was generated from.")
        source.block("public enum OpenAPIDocument") { source in
            source.documentation("The API's title.")
            source.line("public static let title = \(StringLiteral.quoted(plan.title))")
            source.documentation("The API's version.")
            source.line("public static let version = \(StringLiteral.quoted(plan.apiVersion))")
        }
        return source.text
    }

    static func text(_ plan: Plan, yaml: [UInt8], root: Node) -> String {
        let json = JSONText.text(of: root)
        var source = SourceText(publicImports: [])
        source.line()
        source.documentation("The document that this code was generated from.")
        source.block("public enum OpenAPIDocument") { source in
            source.documentation("The API's title.")
            source.line("public static let title = \(StringLiteral.quoted(plan.title))")
            source.documentation("The API's version.")
            source.line("public static let version = \(StringLiteral.quoted(plan.apiVersion))")
            source.documentation("A strong entity tag of the YAML, without quotes.")
            source.line("public static let yamlETag = \"\(EntityTag.tag(of: yaml))\"")
            source.documentation("A strong entity tag of the JSON, without quotes.")
            source.line("public static let jsonETag = \"\(EntityTag.tag(of: json))\"")
            source.documentation(
                plan.isDocumentChanged
                    ? "The document as it was generated from: with overlays, filters and what other files hold."
                    : "The document as it was written, to the byte.")
            source.line("public static var yaml: [UInt8] { bytes(of: yamlText) }")
            source.documentation("The document as compact JSON.")
            source.line("public static var json: [UInt8] { bytes(of: jsonText) }")
            source.line()
            source.line(
                "private static func bytes(of text: StaticString) -> [UInt8] { text.withUTF8Buffer { Array($0) } }")
        }
        // Outside the type, for a literal's lines cannot be indented without changing it.
        var text = source.text
        text += "\nprivate let yamlText: StaticString = "
        text += StringLiteral.multiline(String(decoding: yaml, as: UTF8.self))
        text += "\n\nprivate let jsonText: StaticString = "
        text += StringLiteral.multiline(String(decoding: json, as: UTF8.self))
        text += "\n"
        return text
    }
}
