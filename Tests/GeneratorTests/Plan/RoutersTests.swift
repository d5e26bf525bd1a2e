import Testing

@testable import Generator

@Suite("Routers by an extension of operations")
struct RoutersTests {
    private static let configuration = "credential: Caller\nrouters: {x-listener: {admin: AdminRouter, debug: Probes}}"

    private static let document = """
        \(Snippet.head)
        paths:
          /pets:
            get:
              operationId: listPets
              tags: [Pets]
              security: [{b: []}]
              responses: {"204": {description: d}}
          /pets/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            delete: {operationId: deletePet, tags: [Pets], x-listener: admin, responses: {"204": {description: d}}}
          /stats:
            get: {operationId: getStats, tags: [Stats], x-listener: admin, responses: {"204": {description: d}}}
        components: {securitySchemes: {b: {type: http, scheme: bearer}}}
        """

    private func expect(_ lines: String, in name: String) throws {
        let generation = Generation(Self.document, configuration: Self.configuration)
        #expect(
            try generation.has(lines, in: name), Comment(rawValue: generation.problems + (generation.files[name] ?? ""))
        )
    }

    @Test("each router has operations of its own, those without the extension are in the usual one")
    func operations() throws {
        try expect(
            """
            /// The operations of the document that `Router` serves.
            public enum OperationID: String, CaseIterable, Sendable {
            /// listPets: `GET /pets`.
            case listPets

            """, in: "Operations.swift")
        try expect(
            """
            /// The operations of the document that `AdminRouter` serves.
            public enum AdminOperationID: String, CaseIterable, Sendable {
            /// deletePet: `DELETE /pets/{id}`.
            case deletePet
            /// getStats: `GET /stats`.
            case getStats

            """, in: "Operations.swift")
        try expect("RouteTrie<OperationID>([\n(.get, \"/pets\", .listPets),\n])", in: "Router.swift")
        try expect(
            """
            RouteTrie<AdminOperationID>([
            (.delete, "/pets/{id}", .deletePet),
            (.get, "/stats", .getStats),
            ])
            """, in: "Router.swift")
    }

    @Test("a router takes the implementations that it needs, and an authenticator only for secured operations")
    func properties() throws {
        try expect("public init(authenticator: any Authenticator, pets: any PetsAPI) {", in: "Router.swift")
        try expect("public init(pets: any PetsAPI, stats: any StatsAPI) {", in: "Router.swift")
        try expect(
            """
            _ operation: AdminOperationID, _ path: PathParameters, _ request: Request
            ) async throws -> Response {
            """, in: "Router.swift")
    }

    @Test("a tag stays one protocol, whichever routers its operations are in")
    func protocols() throws {
        let text = try Generation(Self.document, configuration: Self.configuration).file("Protocols.swift")
        #expect(text.components(separatedBy: "protocol PetsAPI").count == 2)
        #expect(text.contains("func listPets(") && text.contains("func deletePet("))
    }

    @Test("a router without operations is not written")
    func empty() throws {
        let text = try Generation(Self.document, configuration: Self.configuration).file("Router.swift")
        #expect(!text.contains("Probes"))
        let all = Generation(
            Snippet.operation("x-listener: debug"), configuration: "routers: {x-listener: {debug: Probes}}")
        #expect(try !all.file("Router.swift").contains("struct Router"))
        #expect(try all.has("public struct Probes: Sendable {", in: "Router.swift"))
        #expect(try all.has("public enum ProbesOperationID: String", in: "Operations.swift"))
    }

    @Test("a schema may be called like a router")
    func names() throws {
        let generation = Generation(
            Snippet.operation(
                "x-listener: admin",
                rest: "components: {schemas: {AdminRouter: {properties: {a: {}}}, AdminOperationID: {enum: [a]}}}"),
            configuration: Self.configuration)
        #expect(try generation.has("public struct AdminRouterModel", in: "Models.swift"), "\(generation.problems)")
        #expect(try generation.has("public enum AdminOperationIDModel", in: "Models.swift"))
    }

    @Test("an unknown value is refused with the known ones, and so is the extension where nobody reads it")
    func unknown() {
        let generation = Generation(Snippet.operation("x-listener: admn"), configuration: Self.configuration)
        #expect(
            generation.problems == """
                api.yaml:11:19: error: `x-listener` has no value `admn` [unknown-extension-value]
                      x-listener: admn
                                  ^
                help: the values are `admin`, `debug`

                """)
        #expect(
            Generation(Snippet.operation("x-listener: [admin]"), configuration: Self.configuration).rules
                == [.unknownExtensionValue])
        let onPath = Generation(
            Snippet.operation("").replacing("    get:", with: "    x-listener: admin\n    get:"),
            configuration: Self.configuration)
        #expect(onPath.rules == [.misplacedExtension], "\(onPath.problems)")
    }

    @Test("paths that the same requests match are told apart by their routers")
    func ambiguity() {
        let document = Self.document.replacing(
            "  /stats:\n    get: {",
            with: """
                  /pets/{name}:
                    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
                    delete: {
                """)
        #expect(
            Generation(document, configuration: Self.configuration).rules == [.ambiguousPath], "in the same router")
        let apart = document.replacing("getStats, tags: [Stats], x-listener: admin", with: "getStats, tags: [Stats]")
        #expect(Generation(apart, configuration: Self.configuration).problems.isEmpty)
    }

    @Test(
        "what is wrong in the configuration is told there",
        arguments: [
            ("routers: {listener: {admin: A}}", "invalid-value"), ("routers: {x-l: {admin: Router}}", "invalid-value"),
            ("routers: {x-l: {admin: a b}}", "invalid-value"), ("routers: {x-l: {a: A, b: A}}", "invalid-value"),
            ("routers: {x-l: [admin]}", "unexpected-type"), ("routers: {x-l: {admin: [A]}}", "unexpected-type"),
            ("routers: {x-l: {a: A}, x-m: {b: B}}", "unsupported-value"),
        ])
    func configuration(text: String, rule: String) {
        let generation = Generation(Snippet.operation(""), configuration: text)
        #expect(generation.rules.map(\.rawValue) == [rule], "\(generation.problems)")
        #expect(generation.problems.hasPrefix("generator.yaml:1:"), "\(generation.problems)")
    }
}
