/// `Router.swift`: from a request to the implementation of its operation and back.
enum RouterFile {
    static func text(_ plan: Plan) -> String {
        var source = SourceText(publicImports: ["APIRuntime"] + (plan.credential == nil ? [] : plan.imports))
        source.line()
        source.documentation("Leads each request to its operation.")
        source.block("public struct Router: Sendable") { source in
            properties(plan, &source)
            source.line()
            routes(plan, &source)
            if let credential = plan.credential {
                source.line()
                authenticate(plan, credential, &source)
            }
            source.line()
            perform(plan, &source)
            source.line()
            respond(plan, &source)
        }
        return source.text
    }

    private static func properties(_ plan: Plan, _ source: inout SourceText) {
        var members: [(name: String, type: String)] = []
        if plan.credential != nil { members.append(("authenticator", "any Authenticator")) }
        members += plan.groups.map { (SwiftName.escaped($0.label), "any \($0.protocolName)") }
        for member in members { source.line("private let \(member.name): \(member.type)") }
        source.line()
        source.documentation("A router over one implementation a tag.")
        source.arguments("public init", members.map { "\($0.name): \($0.type)" }, " {")
        for member in members { source.line("    self.\(member.name) = \(member.name)") }
        source.line("}")
    }

    private static func routes(_ plan: Plan, _ source: inout SourceText) {
        source.line("private static let trie = RouteTrie<OperationID>([")
        for operation in plan.operations {
            source.line(
                "    (.\(operation.method.rawValue), \(StringLiteral.quoted(operation.path.text)), "
                    + ".\(SwiftName.escaped(operation.name))),")
        }
        source.line("])")
        source.line()
        source.documentation("The operation that a method and a path lead to.")
        source.block("public static func match(_ method: HTTPMethod, path: String) -> RouteMatch<OperationID>") {
            $0.line("trie.match(method, path: path)")
        }
    }

    private static func authenticate(_ plan: Plan, _ credential: String, _ source: inout SourceText) {
        source.documentation(
            "The caller's credential, where the operation requires one. Throws what is to be answered if there is none."
        )
        source.line("nonisolated(nonsending) public func authenticate(")
        source.line("    _ operation: OperationID, _ request: Request")
        source.block(") async throws -> \(credential)?") { source in
            source.line("switch operation {")
            for scheme in plan.schemes {
                cases(plan.operations.filter { $0.scheme == scheme.name }, &source)
                source.line(
                    "    try await authenticator.\(SwiftName.escaped(scheme.method))"
                        + "(bearerToken(of: request.headers), of: request)")
            }
            let open = plan.operations.filter { $0.scheme == nil }
            if !open.isEmpty {
                cases(open, &source)
                source.line("    nil")
            }
            source.line("}")
        }
    }

    private static func cases(_ operations: [OperationPlan], _ source: inout SourceText) {
        for (index, operation) in operations.enumerated() {
            let end = index + 1 < operations.count ? "," : ":"
            source.line("\(index == 0 ? "case " : "    ").\(SwiftName.escaped(operation.name))\(end)")
        }
    }

    private static func perform(_ plan: Plan, _ source: inout SourceText) {
        source.documentation(
            """
            Decodes the input, calls the operation, encodes its output.

            - Throws: `APIFailure` for input that breaks the contract, or what the implementation throws.
            """)
        source.line("nonisolated(nonsending) public func perform(")
        let credential = plan.credential.map { ", credential: \($0)?" } ?? ""
        source.line("    _ operation: OperationID, _ path: PathParameters, _ request: Request\(credential)")
        source.block(") async throws -> Response") { source in
            source.line("switch operation {")
            for group in plan.groups {
                for position in group.operations { perform(plan.operations[position], group, &source) }
            }
            source.line("}")
        }
    }

    private static func perform(_ operation: OperationPlan, _ group: Plan.Group, _ source: inout SourceText) {
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
        let method = "\(SwiftName.escaped(group.label)).\(SwiftName.escaped(operation.name))"
        source.line("    return try await \(method)(input).response()")
    }

    private static func respond(_ plan: Plan, _ source: inout SourceText) {
        source.documentation(
            plan.credential == nil
                ? "Match and perform, for callers that put nothing between."
                : "Match, authenticate and perform in this order, for callers that put nothing between.")
        source.block("nonisolated(nonsending) public func respond(to request: Request) async throws -> Response") {
            $0.line("switch Self.match(request.method, path: request.path) {")
            $0.line("case .notFound: throw APIFailure.notFound")
            $0.line("case .methodNotAllowed(let allowed): throw APIFailure.methodNotAllowed(allowed: allowed)")
            $0.line("case .operation(let operation, let path):")
            if plan.credential != nil {
                $0.line("    let credential = try await authenticate(operation, request)")
                $0.line("    return try await perform(operation, path, request, credential: credential)")
            } else {
                $0.line("    return try await perform(operation, path, request)")
            }
            $0.line("}")
        }
    }
}
