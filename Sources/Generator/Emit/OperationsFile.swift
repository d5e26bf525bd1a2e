/// `Operations.swift`: the inputs and outputs of the operations, and the responses that they share.
enum OperationsFile {
    static func text(_ plan: Plan) -> String {
        guard !plan.operations.isEmpty else { return SourceText(publicImports: []).text }
        var imports = ["APIRuntime"]
        if plan.credential != nil { imports += plan.imports }
        if usesJSON(plan) { imports.append("JSON") }
        var source = SourceText(publicImports: imports)
        for router in plan.routers {
            source.line()
            identifiers(router, plan, &source)
        }
        for operation in plan.operations {
            source.line()
            source.documentation(operation.documentation)
            source.block("public enum \(operation.typeName)") { source in
                InputDeclaration.declare(operation, credential: plan.credential, &source)
                source.line()
                OutputDeclaration.declare(operation, &source)
            }
        }
        if !plan.sharedResponses.isEmpty {
            source.line()
            source.documentation("Responses that several operations can share.")
            source.block("public enum Responses") { source in
                for (index, response) in plan.sharedResponses.enumerated() {
                    if index > 0 { source.line() }
                    OutputDeclaration.declare(response, &source)
                }
            }
        }
        return source.text
    }

    private static func usesJSON(_ plan: Plan) -> Bool {
        let nested = plan.operations.flatMap { operation in
            operation.outputs.compactMap { if case .nested(let response) = $0.type { response } else { nil } }
        }
        let usesJSON = { (field: InputField) in
            if case .decoded(let type, _, _) = field.schema { type.usesJSON } else { false }
        }
        for operation in plan.operations {
            if operation.parameters.contains(where: usesJSON)
                || operation.form?.fields.contains(where: usesJSON) ?? false
                || (operation.nested + (operation.form?.nested ?? []) + (operation.body?.nested ?? []))
                    .contains(where: ModelsFile.usesJSON)
            {
                return true
            }
            for content in operation.body?.contents ?? [] {
                switch content.kind {
                case .json(let type, _), .form(let type, _, _): if type.usesJSON { return true }
                case .items(let items): if items.type?.usesJSON ?? false { return true }
                case .multipart(_, let form):
                    if form?.properties.contains(where: { $0.type?.usesJSON ?? false }) ?? false { return true }
                case .bytes: break
                }
            }
        }
        return (plan.sharedResponses + nested).contains { response in
            let inContents = response.contents.contains { content in
                if case .json(let type) = content.body { type.usesJSON } else { content.items?.type?.usesJSON ?? false }
            }
            return inContents || response.nested.contains(where: ModelsFile.usesJSON)
        }
    }

    private static func identifiers(_ router: Plan.RouterPlan, _ plan: Plan, _ source: inout SourceText) {
        let operations = router.operations.map { plan.operations[$0] }
        source.documentation(
            plan.routers.count == 1
                ? "The operations of the document." : "The operations of the document that `\(router.typeName)` serves."
        )
        source.block("public enum \(router.operationsName): String, CaseIterable, Sendable") { source in
            for operation in operations {
                source.documentation(operation.title)
                source.line("case \(ModelsFile.rawCase(operation.name, operation.id))")
            }
            source.line()
            source.documentation("The operation's place among all cases, from 0.")
            source.block("public var ordinal: Int") { source in
                source.line("switch self {")
                for (place, operation) in operations.enumerated() {
                    source.line("case .\(SwiftName.escaped(operation.name)): \(place)")
                }
                source.line("}")
            }
            source.line()
            source.documentation("What the document says of the operation.")
            source.block("public var description: OperationDescription") { source in
                source.line("switch self {")
                for operation in operations {
                    source.line("case .\(SwiftName.escaped(operation.name)):")
                    source.indented { $0.arguments("OperationDescription", description(operation), "") }
                }
                source.line("}")
            }
        }
    }

    private static func statuses(_ operation: OperationPlan) -> [String] {
        operation.outputs.compactMap { if case .exactly(let status) = $0.status { "\(status)" } else { nil } }
    }

    private static func description(_ operation: OperationPlan) -> [String] {
        var arguments = [
            "id: \(StringLiteral.quoted(operation.id.text))", "method: .\(operation.method.rawValue)",
            "path: \(StringLiteral.quoted(operation.path.text))", "tag: \(StringLiteral.quoted(operation.tag.text))",
            "isSecured: \(operation.hasCredential)",
            "statuses: [\(statuses(operation).joined(separator: ", "))]",
        ]
        if let mediaType = operation.failureMediaType {
            arguments.append("failureMediaType: \(StringLiteral.quoted(mediaType))")
        }
        if !operation.extensions.isEmpty {
            let pairs = operation.extensions.map {
                "\(StringLiteral.quoted($0.name.text)): \(StringLiteral.quoted($0.value.text))"
            }
            arguments.append("extensions: [\(pairs.joined(separator: ", "))]")
        }
        return arguments
    }
}
