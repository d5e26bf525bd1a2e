import JSON

/// Says in HTML what a JSON schema admits.
struct SchemaText {
    let document: DocumentView

    /// The type in a few words, with a link where it is a schema of the document.
    func writeType(_ schema: JSONValue, to html: inout HTMLWriter) {
        if let name = document.schemaName(schema) {
            html.element("a", ["href": "#schema-\(name)"], text: name)
            return
        }
        let schema = document.resolved(schema)
        writeKind(schema, to: &html)
        for keyword in ["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
            + ["minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "default"]
        {
            guard let value = schema[keyword] else { continue }
            html.text(", \(keyword) ")
            html.element("code", text: value.pageText)
        }
    }

    /// A table of an object's properties; nothing if it declares none.
    func writeProperties(of schema: JSONValue, to html: inout HTMLWriter) {
        let properties = schema["properties"]?.objectValue?.members ?? []
        guard !properties.isEmpty else { return }
        let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        html.element("table") { html in
            html.markup(
                "<thead><tr><th scope=\"col\">Property</th><th scope=\"col\">Type</th><th scope=\"col\">Description</th></tr></thead>"
            )
            html.element("tbody") { html in
                for property in properties {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            html.element("code", text: property.name)
                            if required.contains(where: { $0.utf8.elementsEqual(property.name.utf8) }) {
                                html.text(" required")
                            }
                        }
                        html.element("td") { writeType(property.value, to: &$0) }
                        html.element("td") { writeDetails(of: property.value, to: &$0) }
                    }
                }
            }
        }
    }

    /// Description, extensions, examples and the properties within.
    func writeDetails(of value: JSONValue, to html: inout HTMLWriter) {
        if let description = value["description"]?.stringValue {
            DescriptionText.writeBlocks(description, to: &html)
        }
        Self.writeExtensions(of: value, to: &html)
        let examples = (value["example"].map { [$0] } ?? []) + (value["examples"]?.arrayValue ?? [])
        for example in examples {
            html.element("p") { html in
                html.text("Example: ")
                html.element("code", text: example.pageText)
            }
        }
        writeProperties(of: value, to: &html)
        if let items = value["items"] { writeProperties(of: items, to: &html) }
    }

    /// The extensions, `x-…`, of an operation, a parameter or a schema.
    static func writeExtensions(of value: JSONValue, to html: inout HTMLWriter) {
        for member in value.objectValue?.members ?? [] where member.name.utf8.starts(with: "x-".utf8) {
            html.element("p") { html in
                html.text("\(member.name): ")
                html.element("code", text: member.value.pageText)
            }
        }
    }

    private func writeKind(_ schema: JSONValue, to html: inout HTMLWriter) {
        if let value = schema["const"] {
            html.text("always ")
            html.element("code", text: value.pageText)
        } else if let values = schema["enum"]?.arrayValue {
            html.text("one of ")
            for (index, value) in values.enumerated() {
                if index > 0 { html.text(", ") }
                html.element("code", text: value.pageText)
            }
        } else if let (phrase, members) = composition(schema) {
            html.text(phrase)
            for (index, member) in members.enumerated() {
                html.text(index == 0 ? " " : ", ")
                writeType(member, to: &html)
            }
        } else {
            let types = schema["type"]?.arrayValue ?? schema["type"].map { [$0] } ?? []
            html.text(types.isEmpty ? "anything" : types.compactMap(\.stringValue).joined(separator: " or "))
            if let items = schema["items"], types.contains("array") {
                html.text(" of ")
                writeType(items, to: &html)
            }
            if let more = schema["additionalProperties"], more != false {
                html.text(", further names with ")
                writeType(more, to: &html)
            }
        }
    }

    private func composition(_ schema: JSONValue) -> (String, [JSONValue])? {
        for (keyword, phrase) in [("oneOf", "exactly one of"), ("anyOf", "any of"), ("allOf", "all of")] {
            if let members = schema[keyword]?.arrayValue { return (phrase, members) }
        }
        return nil
    }
}

extension JSONValue {
    /// The value as people read it on a page: text without quotation marks, anything else as JSON.
    var pageText: String {
        stringValue ?? String(decoding: serialized(), as: UTF8.self)
    }
}
