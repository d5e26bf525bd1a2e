import JSON

/// The document as a plain page: every operation with its parameters and answers, and every schema. No script at all.
struct PlainPage {
    /// What the page may load: its own style and nothing else.
    ///
    /// https://www.w3.org/TR/CSP3/
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'sha256-UfkEUt8ylN0G/buVLH0T2eRhmqe88cMiOlVabYL7O48='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page's style; the policy names its SHA-256.
    static let style: StaticString = """
        :root { color-scheme: light dark; }
        body { max-width: 60rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
        code, pre { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
        th, td { border: 1px solid #8888; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
        th { font-weight: 600; }
        td p, td ul, dd p { margin: 0 0 0.25rem; }
        article { border-top: 1px solid #8888; margin-top: 2rem; }
        """

    private let document: DocumentView
    private let schemas: SchemaText

    /// The page of a document.
    static func html(of document: JSONValue) -> [UInt8] {
        let view = DocumentView(root: document)
        var html = HTMLWriter()
        PlainPage(document: view, schemas: SchemaText(document: view)).write(to: &html)
        return html.bytes
    }

    private func write(to html: inout HTMLWriter) {
        let information = document.root["info"]
        let title =
            "\(information?["title"]?.stringValue ?? "API") \(information?["version"]?.stringValue ?? "")"
        let sections = document.sections
        html.markup("<!DOCTYPE html>\n")
        html.element("html", ["lang": "en"]) { html in
            html.element("head") { html in
                html.startTag("meta", ["charset": "utf-8"])
                html.startTag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                html.element("title", text: title)
                html.element("style") { $0.markup(Self.style) }
            }
            html.element("body") { html in
                html.element("header") { html in
                    html.element("h1", text: title)
                    write(description: information?["description"], to: &html)
                    html.markup(
                        "<p>The document itself: <a href=\"openapi.yaml\">openapi.yaml</a>, <a href=\"openapi.json\">openapi.json</a></p>"
                    )
                }
                writeContents(sections, to: &html)
                html.element("main") { html in
                    for section in sections { write(section, to: &html) }
                    writeSecuritySchemes(to: &html)
                    writeSchemas(to: &html)
                }
            }
        }
        html.markup("\n")
    }

    private func writeContents(_ sections: [DocumentView.Section], to html: inout HTMLWriter) {
        html.element("nav", ["aria-label": "Operations"]) { html in
            for section in sections {
                html.element("p", text: section.name)
                html.element("ul") { html in
                    for operation in section.operations {
                        html.element("li") { html in
                            html.element("a", ["href": "#\(operation.id)"]) { html in
                                html.element("code", text: "\(operation.method) \(operation.path)")
                            }
                            if let summary = operation.value["summary"]?.stringValue {
                                html.text(" – ")
                                DescriptionText.writeInline(summary, to: &html)
                            }
                        }
                    }
                }
            }
        }
    }

    private func write(_ section: DocumentView.Section, to html: inout HTMLWriter) {
        html.element("section") { html in
            html.element("h2", text: section.name)
            if let description = section.description { DescriptionText.writeBlocks(description, to: &html) }
            for operation in section.operations {
                OperationText(document: document, schemas: schemas).write(operation, to: &html)
            }
        }
    }

    private func writeSecuritySchemes(to html: inout HTMLWriter) {
        let schemes = document.root["components"]?["securitySchemes"]?.objectValue?.members ?? []
        guard !schemes.isEmpty else { return }
        html.element("section") { html in
            html.element("h2", text: "Authentication")
            html.element("dl") { html in
                for scheme in schemes {
                    html.element("dt", ["id": "security-\(scheme.name)"]) { $0.element("code", text: scheme.name) }
                    html.element("dd") { html in
                        let value = document.resolved(scheme.value)
                        let parts = ["type", "scheme", "bearerFormat"].compactMap { value[$0]?.stringValue }
                        html.element("p", text: parts.joined(separator: ", "))
                        write(description: value["description"], to: &html)
                    }
                }
            }
        }
    }

    private func writeSchemas(to html: inout HTMLWriter) {
        let members = document.root["components"]?["schemas"]?.objectValue?.members ?? []
        guard !members.isEmpty else { return }
        html.element("section") { html in
            html.element("h2", text: "Schemas")
            for member in members {
                html.element("article", ["id": "schema-\(member.name)"]) { html in
                    html.element("h3", text: member.name)
                    html.element("p") { schemas.writeType(member.value, to: &$0) }
                    schemas.writeDetails(of: member.value, to: &html)
                }
            }
        }
    }

    private func write(description: JSONValue?, to html: inout HTMLWriter) {
        if let text = description?.stringValue { DescriptionText.writeBlocks(text, to: &html) }
    }
}
