/// The methods of a client: one that takes the operation's input as a value, and one that takes its parts.
enum ClientMethod {
    static func declare(_ operation: OperationPlan, _ plan: Plan, _ source: inout SourceText) {
        let hasInput = ClientInput.hasInput(operation)
        let name = SwiftName.escaped(operation.name)
        let effects = "async throws(ClientFailure) -> \(operation.typeName).Output"
        if hasInput {
            let members = ClientInput.members(operation, enclosing: "\(operation.typeName).Input.")
            source.documentation(operation.documentation)
            deprecate(operation, &source)
            source.arguments(
                "nonisolated(nonsending) public func \(name)",
                members.map { "\($0.name): \($0.type)\($0.defaultText)" }, " \(effects) {")
            source.indented { source in
                source.arguments(
                    "try await self.\(name)(\(operation.typeName).Input", members.map { "\($0.label): \($0.name)" }, ")"
                )
            }
            source.line("}")
            source.line()
        }
        source.documentation(hasInput ? operation.title : operation.documentation)
        deprecate(operation, &source)
        let parameters = hasInput ? ["_ input: \(operation.typeName).Input"] : []
        source.arguments("nonisolated(nonsending) public func \(name)", parameters, " \(effects) {")
        source.indented { body(operation, plan, &$0) }
        source.line("}")
        source.line()
        source.documentation("The input and output of `\(operation.name)`.")
        source.block("public enum \(operation.typeName)") { source in
            if hasInput {
                ClientInput.declare(operation, &source)
                source.line()
            }
            ClientOutput.declare(operation, plan, &source)
        }
    }

    private static func deprecate(_ operation: OperationPlan, _ source: inout SourceText) {
        guard operation.isDeprecated else { return }
        source.deprecated("\(operation.method.rawValue.uppercased()) \(operation.path)")
    }

    private static func body(_ operation: OperationPlan, _ plan: Plan, _ source: inout SourceText) {
        let types = ClientOutput.mediaTypes(operation, plan)
        let isPlain = !ClientInput.hasInput(operation) && types.isEmpty && operation.security.isEmpty
        var arguments = [
            StringLiteral.quoted(operation.id.text), ".\(operation.method.rawValue)",
            StringLiteral.quoted(operation.path.text),
        ]
        if let server = operation.server { arguments.append("server: \(StringLiteral.quoted(server))") }
        source.arguments("\(isPlain ? "let" : "var") request = base.request", arguments, "")
        ClientInput.encode(operation, &source)
        if !types.isEmpty {
            source.line("request.accept([\(types.map(StringLiteral.quoted).joined(separator: ", "))])")
        }
        if operation.isNegotiated { source.line("try request.accept(input.accept)") }
        if !operation.security.isEmpty {
            let alternatives = operation.security.map { uses in
                let schemes = uses.compactMap { use in plan.schemes.first { $0.name == use.name }?.clientText }
                return "[\(schemes.joined(separator: ", "))]"
            }
            source.arguments("try await request.authorize", ["[\(alternatives.joined(separator: ", "))]"], "")
        }
        source.line("let answer = try await base.send(request)")
        source.line(
            "return try await "
                + (operation.outputs.isEmpty ? "answer.undocumented()" : "\(operation.typeName).Output(answer)"))
    }
}
