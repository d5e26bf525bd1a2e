/// The `Output` of a client's operation: what was answered, decoded.
enum ClientOutput {
    static func declare(_ operation: OperationPlan, _ plan: Plan, _ source: inout SourceText) {
        let outputs = outputs(of: operation, plan)
        guard !outputs.isEmpty else {
            source.documentation("What was answered: the document does not say what that may be.")
            source.line("public typealias Output = UndocumentedAnswer")
            return
        }
        // With a default no status is undocumented.
        let isOpen = !outputs.contains { $0.output.status == .default }
        let isSendable = outputs.allSatisfy(\.response.isSendable)
        source.documentation("What was answered.")
        source.block("public enum Output\(isSendable ? ": Sendable" : "")") { source in
            for (output, _, type) in outputs {
                source.documentation(output.documentation)
                let status = output.range == nil ? "" : ", status: Int"
                source.line("case \(SwiftName.escaped(output.name))(\(type)\(status))")
            }
            if isOpen {
                source.documentation("An answer with any other status.")
                source.line("case undocumented(UndocumentedAnswer)")
            }
            source.line()
            initializer(outputs.map { ($0.output, $0.type) }, isOpen: isOpen, &source)
            source.line()
            status(outputs.map(\.output), isOpen: isOpen, &source)
            for (output, _, type) in outputs where isGood(output, outputs.map(\.output)) {
                source.line()
                accessor(output, type, &source)
            }
            for (output, response, _) in outputs {
                if case .shared = output.type, operation.method != .head { continue }
                source.line()
                declare(response, &source)
            }
        }
    }

    /// The documented answers with what they hold: that of HEAD has no body.
    private static func outputs(
        of operation: OperationPlan, _ plan: Plan
    ) -> [(output: OutputCase, response: ResponsePlan, type: String)] {
        operation.outputs.compactMap { output in
            var response: ResponsePlan
            var type: String
            switch output.type {
            case .nested(let nested):
                response = nested
                type = nested.name
            case .shared(let name):
                guard let shared = plan.sharedResponses.first(where: { $0.name == name }) else { return nil }
                response = shared
                type = "Responses.\(name)"
            }
            if operation.method == .head {
                response.contents = []
                if case .shared = output.type {
                    response.name = output.name == "ok" ? "OK" : SwiftName.type(output.name)
                    type = response.name
                }
            }
            return (output, response, type)
        }
    }

    /// The media types of all documented answers, each once.
    static func mediaTypes(_ operation: OperationPlan, _ plan: Plan) -> [String] {
        outputs(of: operation, plan).flatMap { $0.response.contents.map(\.mediaType) }.reduce(into: []) { types, type in
            if !types.contains(where: { $0.utf8.elementsEqual(type.utf8) }) { types.append(type) }
        }
    }

    private static func initializer(
        _ outputs: [(output: OutputCase, type: String)], isOpen: Bool, _ source: inout SourceText
    ) {
        source.block("init(_ answer: ClientAnswer) async throws(ClientFailure)") { source in
            source.line("switch answer.status {")
            for (output, type) in outputs {
                let name = SwiftName.escaped(output.name)
                let pattern = output.status == .default ? "default" : "case \(output.range ?? output.status.text)"
                let status = output.range == nil ? "" : ", status: answer.status"
                source.line("\(pattern): self = .\(name)(try await \(type)(answer)\(status))")
            }
            if isOpen { source.line("default: self = .undocumented(try await answer.undocumented())") }
            source.line("}")
        }
    }

    private static func status(_ outputs: [OutputCase], isOpen: Bool, _ source: inout SourceText) {
        source.documentation("The status code.")
        source.block("public var status: Int") { source in
            source.line("switch self {")
            for output in outputs {
                let name = SwiftName.escaped(output.name)
                source.line(
                    output.range == nil
                        ? "case .\(name): \(output.status.text)" : "case .\(name)(_, let status): status")
            }
            if isOpen { source.line("case .undocumented(let answer): answer.status") }
            source.line("}")
        }
    }

    /// Whether it is what a caller hopes for.
    private static func isGood(_ output: OutputCase, _ outputs: [OutputCase]) -> Bool {
        output.status.isIn(2) || output.status == .default && !outputs.contains { $0.status.isIn(2) }
    }

    private static func accessor(_ output: OutputCase, _ type: String, _ source: inout SourceText) {
        let name = SwiftName.escaped(output.name)
        source.documentation("The answer, if it is this one; throws `ClientFailure.unexpectedStatus` if it is not.")
        source.block("public var \(name): \(type)") { source in
            source.block("get throws(ClientFailure)") { source in
                let status = output.range == nil ? "" : ", _"
                source.line("if case .\(name)(let answer\(status)) = self { return answer }")
                source.line("throw .unexpectedStatus(status)")
            }
        }
    }

    static func declare(_ response: ResponsePlan, _ source: inout SourceText) {
        source.documentation(response.documentation)
        source.block("public struct \(response.name)\(response.isSendable ? ": Sendable" : "")") { source in
            for header in response.headers {
                source.documentation(header.documentation)
                let type = header.isRequired ? header.type.text : "\(header.type.text)?"
                source.line("public let \(SwiftName.escaped(header.name)): \(type)")
            }
            source.documentation("All header fields.")
            source.line("public let headers: HeaderFields")
            if let first = response.contents.first {
                source.documentation(response.isNegotiated ? "In one of the media types." : first.documentation)
                source.line("public let body: \(response.isNegotiated ? "Body" : first.clientType)")
            }
            source.line()
            initializer(response, &source)
            if response.isNegotiated {
                source.line()
                source.documentation("A body in one of the media types.")
                source.block("public enum Body\(response.isSendable ? ": Sendable" : "")") { source in
                    for content in response.contents {
                        source.documentation(content.documentation)
                        source.line("case \(SwiftName.escaped(content.name))(\(content.clientType))")
                    }
                }
            }
            for model in response.nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
        }
    }

    private static func initializer(_ response: ResponsePlan, _ source: inout SourceText) {
        source.block("init(_ answer: ClientAnswer) async throws(ClientFailure)") { source in
            // An answer of another kind, such as a proxy's page, is told as what it is.
            let types = response.contents.map { StringLiteral.quoted($0.mediaType) }.joined(separator: ", ")
            if !response.contents.isEmpty {
                source.line("\(response.isNegotiated ? "let content" : "_") = try answer.content([\(types)])")
            }
            for header in response.headers {
                source.line("self.\(SwiftName.escaped(header.name)) = \(reading(header))")
            }
            source.line("headers = answer.headers")
            guard let last = response.contents.last else {
                source.line("answer.discard()")
                return
            }
            guard response.isNegotiated else {
                source.line("body = \(last.reading)")
                return
            }
            source.line("switch content {")
            for (index, content) in response.contents.enumerated() {
                let pattern = index + 1 < response.contents.count ? "case \(index)" : "default"
                source.line("\(pattern): body = .\(SwiftName.escaped(content.name))(\(content.reading))")
            }
            source.line("}")
        }
    }

    private static func reading(_ header: ResponsePlan.HeaderPlan) -> String {
        let name = StringLiteral.quoted(header.wireName.text)
        let type = header.type.text
        let value =
            switch header.conversion {
            case .none: "answer.header(\(name))"
            case .rawValue: "answer.header(listed: \(name), \(type).self)"
            case .rawDescription: "answer.header(numbered: \(name), \(type).self)"
            case .description: "answer.header(\(name), \(type).self)"
            }
        if header.isRequired { return "try answer.required(\(name), \(value))" }
        if case .none = header.conversion { return value }
        return "try \(value)"
    }
}

extension ResponsePlan {
    /// Whether all that it holds is a value, and no stream.
    var isSendable: Bool {
        contents.allSatisfy { if case .json = $0.body { true } else { false } }
    }
}

extension ResponsePlan.Content {
    /// What a client reads it as.
    var clientType: String {
        switch body {
        case .json(let type): type.text
        case .bytes:
            switch items?.format {
            case nil: "BodyStream"
            case .lines, .sequence: "JSONLines<\(items?.text() ?? "JSONValue")>"
            case .events: items?.type.map { "TypedEventStream<\($0.text)>" } ?? "EventStream"
            }
        }
    }

    /// How a client reads it.
    var reading: String {
        guard case .bytes = body else {
            return "try await answer.json(\(clientType).self, Schemas.all, schema: \(schema ?? 0))"
        }
        guard let items else { return "answer.stream()" }
        let schema = "Schemas.all, schema: \(items.schema ?? 0)"
        switch items.format {
        case .lines, .sequence:
            return "answer.lines(\(items.text()).self, .\(items.format.rawValue), \(schema))"
        case .events:
            return items.type.map { "answer.events(\($0.text).self, \(schema))" } ?? "answer.events()"
        }
    }
}
