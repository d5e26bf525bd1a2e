/// The `Output` of an operation, and responses.
enum OutputDeclaration {
    static func declare(_ operation: OperationPlan, _ source: inout SourceText) {
        guard !operation.outputs.isEmpty else {
            declareUndocumented(&source)
            return
        }
        source.documentation("What may be answered.")
        source.block("public enum Output") { source in
            for output in operation.outputs {
                source.documentation(output.documentation)
                let status = output.range == nil ? "" : ", status: Int"
                source.line("case \(SwiftName.escaped(output.name))(\(typeName(output))\(status))")
            }
            source.line()
            source.block("func response() throws -> Response") { source in
                source.line("switch self {")
                for output in operation.outputs {
                    let name = SwiftName.escaped(output.name)
                    if let range = output.range {
                        source.line("case .\(name)(let answer, let status):")
                        source.line("    try answer.response(status: documented(status, in: \(range)))")
                    } else {
                        source.line(
                            "case .\(name)(let answer): try answer.response(status: \(output.status.text))")
                    }
                }
                source.line("}")
            }
            for output in operation.outputs {
                guard case .nested(let response) = output.type else { continue }
                source.line()
                declare(response, &source)
            }
        }
    }

    /// For operations without any documented answer.
    static func declareUndocumented(_ source: inout SourceText) {
        source.documentation("What may be answered: the document does not say.")
        source.block("public struct Output") { source in
            source.documentation("The answer as it is sent.")
            source.line("public var response: Response")
            source.line()
            source.documentation("An answer of any kind.")
            source.line("public init(_ response: Response) { self.response = response }")
        }
    }

    private static func typeName(_ output: OutputCase) -> String {
        switch output.type {
        case .shared(let name): "Responses.\(name)"
        case .nested(let response): response.name
        }
    }

    static func declare(_ response: ResponsePlan, _ source: inout SourceText) {
        source.documentation(response.documentation)
        source.block("public struct \(response.name)") { source in
            for header in response.headers {
                source.documentation(header.documentation)
                source.line("public var \(SwiftName.escaped(header.name)): \(typeText(header))")
            }
            let body = bodyType(response)
            if let body {
                source.documentation(
                    response.isNegotiated
                        ? "In one of the media types." : response.contents.first?.documentation ?? "")
                source.line("public var body: \(body)")
            }
            if !response.headers.isEmpty || body != nil { source.line() }
            initializer(response, body, &source)
            source.line()
            encoder(response, &source)
            if response.isNegotiated { bodies(response, &source) }
            for model in response.nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
        }
    }

    /// The body of a response with several media types: a case for each.
    private static func bodies(_ response: ResponsePlan, _ source: inout SourceText) {
        source.line()
        source.documentation("The media types of the body, as the document has them.")
        source.block("public enum ContentType: String, CaseIterable, Sendable") { source in
            for content in response.contents {
                source.documentation("`\(content.mediaType)`")
                source.line("case \(ModelsFile.rawCase(content.name, Name(content.mediaType)))")
            }
        }
        source.line()
        source.documentation("A body in one of the media types.")
        source.block("public enum Body") { source in
            for content in response.contents {
                source.documentation(content.documentation)
                source.line("case \(SwiftName.escaped(content.name))(\(contentType(content, of: response)))")
            }
            source.line()
            source.documentation("Which of them it is.")
            source.block("public var contentType: ContentType") { source in
                source.line("switch self {")
                for content in response.contents {
                    let name = SwiftName.escaped(content.name)
                    source.line("case .\(name): .\(name)")
                }
                source.line("}")
            }
            if response.contents.contains(where: isRange) {
                source.line()
                source.block("func sentType() throws -> String") { source in
                    source.line("switch self {")
                    for content in response.contents {
                        let name = SwiftName.escaped(content.name)
                        if isRange(content) {
                            let value = response.wrapper == nil ? "content" : "content.value"
                            let range = StringLiteral.quoted(content.mediaType)
                            source.line("case .\(name)(let content): try \(value).mediaType(within: \(range))")
                        } else {
                            source.line("case .\(name): contentType.rawValue")
                        }
                    }
                    source.line("}")
                }
            }
            source.line()
            source.block("func responseBody() throws -> ResponseBody") { source in
                source.line("switch self {")
                for content in response.contents {
                    source.line(
                        "case .\(SwiftName.escaped(content.name))(let content): "
                            + encoding(content, "content", of: response))
                }
                source.line("}")
            }
        }
    }

    private static func typeText(_ header: ResponsePlan.HeaderPlan) -> String {
        header.isRequired ? header.type.text : "\(header.type.text)?"
    }

    private static func isRange(_ content: ResponsePlan.Content) -> Bool {
        content.mediaType.utf8.contains(UInt8(ascii: "*"))
    }

    private static func bodyType(_ response: ResponsePlan) -> String? {
        response.isNegotiated ? "Body" : response.contents.first.map { contentType($0, of: response) }
    }

    private static func contentType(_ content: ResponsePlan.Content, of response: ResponsePlan) -> String {
        let type =
            switch content.body {
            case .json(let type): "JSONContent<\(type.text)>"
            case .bytes:
                content.items.map { "ItemContent<\($0.text())>" } ?? (isRange(content) ? "TypedContent" : "ByteContent")
            }
        return response.wrapper.map { "\($0)<\(type)>" } ?? type
    }

    private static func encoding(
        _ content: ResponsePlan.Content, _ variable: String, of response: ResponsePlan
    ) -> String {
        if let items = content.items {
            let format = ".\(items.format.rawValue)"
            return "\(variable)\(response.wrapper == nil ? "" : ".value")."
                + (items.outputSchema.map { "checkedBody(\(format), \($0))" } ?? "responseBody(\(format))")
        }
        let method = content.outputSchema.map { "checkedBody(\($0))" } ?? "responseBody()"
        let call = "\(variable)\(response.wrapper == nil ? "" : ".value").\(method)"
        return switch content.body {
        case .json: "try \(call)"
        case .bytes: call
        }
    }

    private static func initializer(_ response: ResponsePlan, _ content: String?, _ source: inout SourceText) {
        var arguments = response.headers.map { header in
            "\(SwiftName.escaped(header.name)): \(typeText(header))\(header.isRequired ? "" : " = nil")"
        }
        if let content { arguments.append("body: \(content)") }
        source.documentation("An answer from its parts.")
        if arguments.isEmpty {
            source.line("public init() {}")
            return
        }
        source.arguments("public init", arguments, " {")
        for name in response.headers.map({ SwiftName.escaped($0.name) }) + (content == nil ? [] : ["body"]) {
            source.line("    self.\(name) = \(name)")
        }
        source.line("}")
    }

    private static func encoder(_ response: ResponsePlan, _ source: inout SourceText) {
        source.block("func response(status: Int) throws -> Response") { source in
            var fields: [String] = []
            if response.isNegotiated {
                fields.append(
                    "\"Content-Type\": \(response.contents.contains(where: isRange) ? "try body.sentType()" : "body.contentType.rawValue")"
                )
                // A cache has to know that another caller gets another body (RFC 9110 §12.5.5).
                if !response.headers.contains(where: { $0.wireName.text.lowercased() == "vary" }) {
                    fields.append("\"Vary\": \"Accept\"")
                }
            } else if let content = response.contents.first {
                let range = StringLiteral.quoted(content.mediaType)
                let value =
                    isRange(content)
                    ? "try body\(response.wrapper == nil ? "" : ".value").mediaType(within: \(range))" : range
                fields.append("\"Content-Type\": \(value)")
            }
            for header in response.headers where header.isRequired {
                fields.append("\(StringLiteral.quoted(header.wireName.text)): \(valueText(header, prefix: "self."))")
            }
            let optional = response.headers.filter { !$0.isRequired }
            let literal = fields.isEmpty ? "[:]" : "[\(fields.joined(separator: ", "))]"
            source.line("\(optional.isEmpty ? "let" : "var") headers: HeaderFields = \(literal)")
            for header in optional {
                let name = StringLiteral.quoted(header.wireName.text)
                let value = valueText(header, prefix: "")
                source.line("if let \(SwiftName.escaped(header.name)) { headers[\(name)] = \(value) }")
            }
            let body =
                response.isNegotiated
                ? "try body.responseBody()" : response.contents.first.map { encoding($0, "body", of: response) }
            source.line("return Response(status: status, headers: headers\(body.map { ", body: \($0)" } ?? ""))")
        }
    }

    private static func valueText(_ header: ResponsePlan.HeaderPlan, prefix: String) -> String {
        let name = prefix + SwiftName.escaped(header.name)
        switch header.conversion {
        case .none: return name
        case .rawValue: return "\(name).rawValue"
        case .rawDescription: return "\"\\(\(name).rawValue)\""
        case .description: return "\"\\(\(name))\""
        }
    }
}

extension OutputCase {
    /// The statuses that it stands for, where the handler chooses.
    var range: String? {
        switch status {
        case .exactly: nil
        case .range(let hundreds): "\(hundreds)00...\(hundreds)99"
        case .default: "200...599"
        }
    }
}
