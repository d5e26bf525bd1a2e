/// `Router.swift`: from a request to the implementation of its operation and back.
enum RouterFile {
    static func text(_ plan: Plan) -> String {
        let routers = plan.routers.map { Router($0, plan) }
        let isSecured = routers.contains { $0.credential != nil }
        var source = SourceText(publicImports: ["APIRuntime"] + (isSecured ? plan.imports : []))
        for router in routers {
            source.line()
            router.declare(&source)
        }
        return source.text
    }

    /// One router with what it needs: the implementations of its tags, and an authenticator if one of its operations is
    /// secured.
    private struct Router {
        let plan: Plan.RouterPlan
        let operations: [OperationPlan]
        let groups: [(label: String, protocolName: String, operations: [OperationPlan])]
        let schemes: [Plan.SchemePlan]
        let credential: String?

        init(_ router: Plan.RouterPlan, _ plan: Plan) {
            self.plan = router
            operations = router.operations.map { plan.operations[$0] }
            let own = Set(router.operations)
            groups = plan.groups.compactMap { group in
                let operations = group.operations.filter(own.contains).map { plan.operations[$0] }
                return operations.isEmpty ? nil : (SwiftName.escaped(group.label), group.protocolName, operations)
            }
            let used = Set(operations.compactMap(\.scheme))
            schemes = plan.schemes.filter { used.contains($0.name) }
            credential = used.isEmpty ? nil : plan.credential
        }

        func declare(_ source: inout SourceText) {
            source.documentation("Leads each request to its operation.")
            source.block("public struct \(plan.typeName): Sendable") { source in
                properties(&source)
                source.line()
                routes(&source)
                if let credential {
                    source.line()
                    authenticate(credential, &source)
                }
                source.line()
                perform(&source)
                source.line()
                respond(&source)
            }
        }

        private func properties(_ source: inout SourceText) {
            var members: [(name: String, type: String)] = []
            if credential != nil { members.append(("authenticator", "any Authenticator")) }
            members += groups.map { ($0.label, "any \($0.protocolName)") }
            for member in members { source.line("private let \(member.name): \(member.type)") }
            source.line()
            source.documentation("A router over one implementation a tag.")
            source.arguments("public init", members.map { "\($0.name): \($0.type)" }, " {")
            for member in members { source.line("    self.\(member.name) = \(member.name)") }
            source.line("}")
        }

        private func routes(_ source: inout SourceText) {
            source.line("private static let trie = RouteTrie<\(plan.operationsName)>([")
            for operation in operations {
                source.line(
                    "    (.\(operation.method.rawValue), \(StringLiteral.quoted(operation.path.text)), "
                        + ".\(SwiftName.escaped(operation.name))),")
            }
            source.line("])")
            source.line()
            source.documentation("The operation that a method and a path lead to.")
            source.block(
                "public static func match(_ method: HTTPMethod, path: String) -> RouteMatch<\(plan.operationsName)>"
            ) {
                $0.line("trie.match(method, path: path)")
            }
        }

        private func authenticate(_ credential: String, _ source: inout SourceText) {
            source.documentation(
                "The caller's credential, where the operation requires one. Throws what is to be answered if there is "
                    + "none.")
            source.line("nonisolated(nonsending) public func authenticate(")
            source.line("    _ operation: \(plan.operationsName), _ request: Request")
            source.block(") async throws -> \(credential)?") { source in
                source.line("switch operation {")
                for scheme in schemes {
                    cases(operations.filter { $0.scheme == scheme.name }, &source)
                    source.line(
                        "    try await authenticator.\(SwiftName.escaped(scheme.method))"
                            + "(bearerToken(of: request.headers), of: request)")
                }
                let open = operations.filter { $0.scheme == nil }
                if !open.isEmpty {
                    cases(open, &source)
                    source.line("    nil")
                }
                source.line("}")
            }
        }

        private func cases(_ operations: [OperationPlan], _ source: inout SourceText) {
            for (index, operation) in operations.enumerated() {
                let end = index + 1 < operations.count ? "," : ":"
                source.line("\(index == 0 ? "case " : "    ").\(SwiftName.escaped(operation.name))\(end)")
            }
        }

        private func perform(_ source: inout SourceText) {
            source.documentation(
                """
                Decodes the input, calls the operation, encodes its output.

                - Throws: `APIFailure` for input that breaks the contract, or what the implementation throws.
                """)
            source.line("nonisolated(nonsending) public func perform(")
            let credential = credential.map { ", credential: \($0)?" } ?? ""
            source.line(
                "    _ operation: \(plan.operationsName), _ path: PathParameters, _ request: Request\(credential)")
            source.block(") async throws -> Response") { source in
                source.line("switch operation {")
                for group in groups {
                    for operation in group.operations { perform(operation, of: group.label, &source) }
                }
                source.line("}")
            }
        }

        private func perform(_ operation: OperationPlan, of label: String, _ source: inout SourceText) {
            source.line("case .\(SwiftName.escaped(operation.name)):")
            if operation.scheme != nil {
                source.line("    guard let credential else {")
                source.line(
                    "        throw APIFailure.unauthenticated(.missing, detail: \"A bearer token is required.\")")
                source.line("    }")
            }
            let credential = operation.scheme == nil ? "" : ", credential: credential"
            let reading = operation.form == nil ? "try" : "try await"
            source.line("    let input = \(reading) \(operation.typeName).Input(request, path\(credential))")
            source.line(
                "    return try await \(label).\(SwiftName.escaped(operation.name))(input).response()")
        }

        private func respond(_ source: inout SourceText) {
            source.documentation(
                credential == nil
                    ? "Match and perform, for callers that put nothing between."
                    : "Match, authenticate and perform in this order, for callers that put nothing between.")
            source.block("nonisolated(nonsending) public func respond(to request: Request) async throws -> Response") {
                $0.line("switch Self.match(request.method, path: request.path) {")
                $0.line("case .notFound: throw APIFailure.notFound")
                $0.line("case .methodNotAllowed(let allowed): throw APIFailure.methodNotAllowed(allowed: allowed)")
                $0.line("case .operation(let operation, let path):")
                if credential != nil {
                    $0.line("    let credential = try await authenticate(operation, request)")
                    $0.line("    return try await perform(operation, path, request, credential: credential)")
                } else {
                    $0.line("    return try await perform(operation, path, request)")
                }
                $0.line("}")
            }
        }
    }
}
