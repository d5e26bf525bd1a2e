/// A request body that is not a plain form: one type, or a case for each media type.
enum BodyDeclaration {
    static func type(_ body: BodyPlan) -> String {
        let type = body.contents.count == 1 ? contentType(body.contents[0]) : "Body"
        return body.isRequired ? type : "\(type)?"
    }

    static func declare(_ body: BodyPlan, _ source: inout SourceText) {
        if body.contents.count > 1 {
            source.line()
            source.documentation("The request's body in one of its media types.")
            source.block("public enum Body") { source in
                for content in body.contents {
                    source.documentation(content.documentation)
                    source.line("case \(SwiftName.escaped(content.name))(\(contentType(content)))")
                }
            }
        }
        for model in body.nested {
            source.line()
            ModelsFile.declare(model, &source)
        }
        for form in body.forms {
            source.line()
            FormDeclaration.declare(form, &source)
        }
    }

    static func decode(_ body: BodyPlan, _ source: inout SourceText) {
        let types = body.contents.map { StringLiteral.quoted($0.mediaType) }.joined(separator: ", ")
        source.line("let content = try decoder.content([\(types)], required: \(body.isRequired))")
        let type = body.contents.count == 1 ? contentType(body.contents[0]) : "Body"
        source.line("var body: \(type)?")
        for (index, content) in body.contents.enumerated() {
            let read = reading(content)
            let value = body.contents.count == 1 ? read : "\(read).map { .\(SwiftName.escaped(content.name))($0) }"
            source.line("if content == \(index) { body = \(value) }")
        }
    }

    private static func contentType(_ content: BodyPlan.Content) -> String {
        switch content.kind {
        case .json(let type, _), .form(let type, _, _): type.text
        case .items(let items): "RequestItems<\(items.text())>"
        case .multipart(_, let form): form.map { "TypedMultipartBody<\($0.name)>" } ?? "MultipartBody"
        case .bytes: "RequestBody"
        }
    }

    private static func reading(_ content: BodyPlan.Content) -> String {
        switch content.kind {
        case .json(let type, let schema):
            return "try await decoder.json(\(type.text).self, Schemas.all, schema: \(schema))"
        case .form(let type, let schema, let encodings):
            return "try await decoder.form(\(type.text).self, Schemas.all, schema: \(schema)\(styles(encodings)))"
        case .items(let items):
            return "decoder.items(\(items.text()).self, .\(items.format.rawValue), Schemas.all, "
                + "schema: \(items.schema ?? 0))"
        case .multipart(let parts, let form):
            let list = parts.map { part in
                "MultipartBody.Rule(\(StringLiteral.quoted(part.name.text)), required: \(part.isRequired), "
                    + "repeated: \(part.isRepeated))"
            }
            let rules = "[\(list.joined(separator: ", "))]"
            return form.map { "try decoder.multipart(\($0.name).self, \(rules), Schemas.all, schema: \($0.schema))" }
                ?? "try decoder.multipart(\(rules))"
        case .bytes: return "decoder.stream()"
        }
    }

    /// The styles of a form's fields as a further argument; empty without any.
    static func styles(_ encodings: [MediaType.Encoding]) -> String {
        let list = encodings.map { encoding in
            var arguments = ["\(StringLiteral.quoted(encoding.name.text))"]
            let isJSON = encoding.contentType?.utf8.starts(with: "application/json".utf8) ?? false
            let style = encoding.style ?? .form
            arguments.append(
                isJSON && encoding.style == nil
                    ? ".json" : ".\(style.rawValue)(explode: \(encoding.isExploded ?? (style == .form)))")
            return "(\(arguments.joined(separator: ", ")))"
        }
        return list.isEmpty ? "" : ", [\(list.joined(separator: ", "))]"
    }
}

extension BodyPlan {
    /// The structures of its multipart forms.
    var forms: [MultipartPlan] {
        contents.compactMap { if case .multipart(_, let form) = $0.kind { form } else { nil } }
    }
}

extension OperationPlan {
    /// Whether decoding the input reads the body.
    var readsBody: Bool {
        form != nil
            || body?.contents.contains { content in
                switch content.kind {
                case .json, .form: true
                case .items, .multipart, .bytes: false
                }
            } ?? false
    }
}
