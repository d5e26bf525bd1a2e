/// The `Output` of an operation, and responses.
enum OutputDeclaration {
    static func declare(_ operation: OperationPlan, _ source: inout SourceText) {
        source.documentation("What may be answered.")
        source.block("public enum Output") { source in
            for output in operation.outputs {
                source.documentation(output.documentation)
                source.line("case \(SwiftName.escaped(output.name))(\(typeName(output)))")
            }
            source.line()
            source.block("func response() throws -> Response") { source in
                source.line("switch self {")
                for output in operation.outputs {
                    source.line(
                        "case .\(SwiftName.escaped(output.name))(let answer): "
                            + "try answer.response(status: \(output.status))")
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
            let content = contentText(response)
            if let content {
                source.documentation("`\(response.mediaType ?? "")`")
                source.line("public var body: \(content)")
            }
            if !response.headers.isEmpty || content != nil { source.line() }
            initializer(response, content, &source)
            source.line()
            encoder(response, &source)
            for model in response.nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
        }
    }

    private static func typeText(_ header: ResponsePlan.HeaderPlan) -> String {
        header.isRequired ? header.type.text : "\(header.type.text)?"
    }

    private static func contentText(_ response: ResponsePlan) -> String? {
        let content: String? =
            switch response.body {
            case .json(let type): "JSONContent<\(type.text)>"
            case .bytes: "ByteContent"
            case nil: nil
            }
        guard let content, let wrapper = response.wrapper else { return content }
        return "\(wrapper)<\(content)>"
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
            if let mediaType = response.mediaType {
                fields.append("\"Content-Type\": \(StringLiteral.quoted(mediaType))")
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
            let body = response.wrapper == nil ? "body" : "body.value"
            switch response.body {
            case .json:
                source.line("return Response(status: status, headers: headers, body: try \(body).responseBody())")
            case .bytes: source.line("return Response(status: status, headers: headers, body: \(body).responseBody())")
            case nil: source.line("return Response(status: status, headers: headers)")
            }
        }
    }

    private static func valueText(_ header: ResponsePlan.HeaderPlan, prefix: String) -> String {
        let name = prefix + SwiftName.escaped(header.name)
        switch header.conversion {
        case .none: return name
        case .rawValue: return "\(name).rawValue"
        case .description: return "\"\\(\(name))\""
        }
    }
}
