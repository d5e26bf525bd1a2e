import JSON

/// Says in HTML what an operation takes and answers.
struct OperationText {
    let document: DocumentView
    let schemas: SchemaText

    /// The whole operation, under an anchor of its id.
    func write(_ operation: DocumentView.Operation, to html: inout HTMLWriter) {
        html.element("article", ["id": operation.id]) { html in
            html.element("h3") { html in
                DescriptionText.writeInline(operation.value["summary"]?.stringValue ?? operation.id, to: &html)
            }
            html.element("p") { $0.element("code", text: "\(operation.method) \(operation.path)") }
            if let description = operation.value["description"]?.stringValue {
                DescriptionText.writeBlocks(description, to: &html)
            }
            html.element("p") { html in
                html.text("operationId: ")
                html.element("code", text: operation.id)
            }
            SchemaText.writeExtensions(of: operation.value, to: &html)
            writeSecurity(of: operation, to: &html)
            writeParameters(operation.parameters, to: &html)
            if let body = operation.value["requestBody"] { writeRequestBody(document.resolved(body), to: &html) }
            writeAnswers(operation.value["responses"]?.objectValue?.members ?? [], to: &html)
        }
    }

    private func writeSecurity(of operation: DocumentView.Operation, to html: inout HTMLWriter) {
        let requirements = (operation.value["security"] ?? document.root["security"])?.arrayValue ?? []
        html.element("p") { html in
            html.text("Authentication: ")
            if requirements.isEmpty { html.text("none") }
            for (index, requirement) in requirements.enumerated() {
                if index > 0 { html.text(" or ") }
                let names = requirement.objectValue?.members.map(\.name) ?? []
                if names.isEmpty { html.text("none") }
                for (index, name) in names.enumerated() {
                    if index > 0 { html.text(" and ") }
                    html.element("a", ["href": "#security-\(name)"], text: name)
                }
            }
        }
    }

    private func writeParameters(_ parameters: [JSONValue], to html: inout HTMLWriter) {
        guard !parameters.isEmpty else { return }
        html.element("h4", text: "Parameters")
        html.element("table") { html in
            html.markup(
                "<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">In</th><th scope=\"col\">Type</th><th scope=\"col\">Description</th></tr></thead>"
            )
            html.element("tbody") { html in
                for parameter in parameters {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            html.element("code", text: parameter["name"]?.stringValue ?? "")
                            if parameter["required"] == true { html.text(" required") }
                        }
                        html.element("td", text: parameter["in"]?.stringValue ?? "")
                        html.element("td") { html in
                            if let schema = parameter["schema"] { schemas.writeType(schema, to: &html) }
                            writeContent(of: parameter, to: &html)
                        }
                        html.element("td") { schemas.writeDetails(of: parameter, to: &$0) }
                    }
                }
            }
        }
    }

    private func writeRequestBody(_ body: JSONValue, to html: inout HTMLWriter) {
        html.element("h4", text: body["required"] == true ? "Body (required)" : "Body")
        if let description = body["description"]?.stringValue { DescriptionText.writeBlocks(description, to: &html) }
        for content in body["content"]?.objectValue?.members ?? [] {
            html.element("p") { html in
                html.element("code", text: content.name)
                html.text(" ")
                if let schema = content.value["schema"] { schemas.writeType(schema, to: &html) }
            }
            if let schema = content.value["schema"], document.schemaName(schema) == nil {
                schemas.writeProperties(of: document.resolved(schema), to: &html)
            }
        }
    }

    private func writeAnswers(_ answers: [JSONObject.Member], to html: inout HTMLWriter) {
        html.element("h4", text: "Answers")
        html.element("table") { html in
            html.markup(
                "<thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Meaning</th><th scope=\"col\">Content</th><th scope=\"col\">Header fields</th></tr></thead>"
            )
            html.element("tbody") { html in
                for member in answers {
                    let answer = document.resolved(member.value)
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"], text: member.name)
                        html.element("td") { html in
                            DescriptionText.writeBlocks(answer["description"]?.stringValue ?? "", to: &html)
                            SchemaText.writeExtensions(of: answer, to: &html)
                        }
                        html.element("td") { writeContent(of: answer, to: &$0) }
                        html.element("td") { html in
                            for (index, field) in (answer["headers"]?.objectValue?.members ?? []).enumerated() {
                                if index > 0 { html.text(", ") }
                                html.element("code", text: field.name)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The media types of a parameter or an answer, each with its type.
    private func writeContent(of value: JSONValue, to html: inout HTMLWriter) {
        for content in value["content"]?.objectValue?.members ?? [] {
            html.element("p") { html in
                html.element("code", text: content.name)
                html.text(" ")
                if let schema = content.value["schema"] { schemas.writeType(schema, to: &html) }
            }
        }
    }
}
