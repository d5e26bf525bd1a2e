/// `Router.swift`: from a request to the implementation of its operation and back.
enum RouterFile {
    static func text(_ plan: Plan) -> String {
        guard !plan.routers.isEmpty else { return SourceText(publicImports: []).text }
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
        /// Whether pairs of the query tell operations apart.
        let hasQueries: Bool

        init(_ router: Plan.RouterPlan, _ plan: Plan) {
            self.plan = router
            operations = router.operations.map { plan.operations[$0] }
            let own = Set(router.operations)
            groups = plan.groups.compactMap { group in
                let operations = group.operations.filter(own.contains).map { plan.operations[$0] }
                return operations.isEmpty ? nil : (SwiftName.escaped(group.label), group.protocolName, operations)
            }
            let used = Set(operations.flatMap { $0.security.flatMap { $0.map(\.name) } })
            schemes = plan.schemes.filter { used.contains($0.name) }
            credential = operations.contains(where: \.hasCredential) ? plan.credential : nil
            hasQueries = operations.contains(where: \.hasQuery)
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
                    "    (.\(operation.method.rawValue), \(StringLiteral.quoted(operation.route)), "
                        + ".\(SwiftName.escaped(operation.name))),")
            }
            source.line("])")
            source.line()
            guard hasQueries else {
                source.documentation("The operation that a method and a path lead to.")
                source.block(
                    "public static func match(_ method: HTTPMethod, path: String) -> RouteMatch<\(plan.operationsName)>"
                ) {
                    $0.line("trie.match(method, path: path)")
                }
                return
            }
            source.documentation("The operation that a method, a path and a query lead to.")
            source.line("public static func match(")
            source.line("    _ method: HTTPMethod, path: String, query: String?")
            source.block(") -> RouteMatch<\(plan.operationsName)>") {
                $0.line("trie.match(method, path: path, query: query)")
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
                var groups: [[[OperationPlan.SchemeUse]]: [OperationPlan]] = [:]
                var order: [[[OperationPlan.SchemeUse]]] = []
                for operation in operations {
                    if groups[operation.security] == nil { order.append(operation.security) }
                    groups[operation.security, default: []].append(operation)
                }
                for security in order.filter({ !$0.isEmpty }) + order.filter(\.isEmpty) {
                    cases(groups[security] ?? [], &source)
                    source.indented { attempt(security, &$0) }
                }
                source.line("}")
            }
        }

        /// Tries the alternatives whose credentials the request has; if it has none, the first one says what is missing.
        private func attempt(_ security: [[OperationPlan.SchemeUse]], _ source: inout SourceText) {
            let alternatives = security.filter { !$0.isEmpty }
            guard let first = alternatives.first else {
                source.line("return nil")
                return
            }
            if security.count == 1 {
                satisfy(first, &source) { $0.reading }
                return
            }
            source.line("var failure: (any Error)?")
            for alternative in alternatives {
                let found = alternative.enumerated().map { index, use in
                    "let found\(index + 1) = \(scheme(use)?.presentReading ?? "")"
                }
                source.block("if \(found.joined(separator: ", "))") { source in
                    source.line("do {")
                    var index = 0
                    source.indented { source in
                        satisfy(alternative, &source) { _ in
                            index += 1
                            return "found\(index)"
                        }
                    }
                    source.line("} catch {")
                    source.line("    failure = failure ?? error")
                    source.line("}")
                }
            }
            source.line("if let failure { throw failure }")
            if alternatives.count < security.count {
                source.line("return nil")
            } else {
                satisfy(first, &source) { _ in "nil" }
            }
        }

        /// All schemes of an alternative; the first one's credential is the operation's.
        private func satisfy(
            _ uses: [OperationPlan.SchemeUse], _ source: inout SourceText, _ value: (Plan.SchemePlan) -> String
        ) {
            let scopes = uses.flatMap(\.scopes)
            for (index, use) in uses.enumerated() {
                guard let scheme = scheme(use) else { continue }
                let call = "try await authenticator.\(SwiftName.escaped(scheme.method))(\(value(scheme)), of: request)"
                if index > 0 {
                    source.line("_ = \(call)")
                } else if uses.count == 1, scopes.isEmpty {
                    source.line("return \(call)")
                    return
                } else {
                    source.line("let credential = \(call)")
                }
            }
            if !scopes.isEmpty {
                let list = scopes.map(StringLiteral.quoted).joined(separator: ", ")
                source.line("try requireScopes([\(list)], of: authenticator.scopes(of: credential))")
            }
            source.line("return credential")
        }

        private func scheme(_ use: OperationPlan.SchemeUse) -> Plan.SchemePlan? {
            schemes.first { $0.name == use.name }
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
            if operation.hasCredential, !operation.isCredentialOptional {
                source.line("    guard let credential else {")
                source.line(
                    "        throw APIFailure.unauthenticated(.missing, detail: \"Credentials are required.\")")
                source.line("    }")
            }
            let credential = operation.hasCredential ? ", credential: credential" : ""
            let reading = operation.readsBody ? "try await" : "try"
            source.line("    let input = \(reading) \(operation.typeName).Input(request, path\(credential))")
            source.line(
                "    return try await \(label).\(SwiftName.escaped(operation.name))(input).response\(operation.outputs.isEmpty ? "" : "()")"
            )
        }

        private func respond(_ source: inout SourceText) {
            source.documentation(
                credential == nil
                    ? "Match and perform, for callers that put nothing between."
                    : "Match, authenticate and perform in this order, for callers that put nothing between.")
            source.block("nonisolated(nonsending) public func respond(to request: Request) async throws -> Response") {
                $0.line(
                    "switch Self.match(request.method, path: request.path\(hasQueries ? ", query: request.query" : "")) {"
                )
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
