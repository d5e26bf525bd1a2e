import Testing

@testable import Generator

@Suite("Router, protocols and security")
struct RouterTests {
    static let document = """
        \(Snippet.head)
        tags: [{name: pet store, description: Pets.}, {name: unused}]
        paths:
          /pets:
            get: {operationId: listPets, tags: [pet store], responses: {"204": {description: d}}}
          /pets/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            delete:
              operationId: deletePet
              tags: [pet store]
              security: [{bearerAuth: []}]
              responses: {"204": {description: d}}
          /other:
            get: {operationId: getOther, tags: [Other], responses: {"204": {description: d}}}
        components: {securitySchemes: {bearerAuth: {type: http, scheme: bearer, description: A token.}}}
        """

    private func expect(_ lines: String, in name: String, configuration: String = "credential: Caller") throws {
        let generation = Generation(Self.document, configuration: configuration)
        #expect(
            try generation.has(lines, in: name), Comment(rawValue: generation.problems + (generation.files[name] ?? ""))
        )
    }

    @Test("one protocol a tag that has operations, one method an operation")
    func protocols() throws {
        try expect(
            """
            /// Pets.
            public protocol PetStoreAPI: Sendable {
            /// listPets: `GET /pets`.
            nonisolated(nonsending) func listPets(
            _ input: ListPets.Input
            ) async throws -> ListPets.Output
            """, in: "Protocols.swift")
        let generation = Generation(Self.document, configuration: "credential: Caller")
        #expect(try !generation.file("Protocols.swift").contains("Unused"))
    }

    @Test("the router has one implementation a tag and every route")
    func router() throws {
        try expect(
            "public init(authenticator: any Authenticator, petStore: any PetStoreAPI, other: any OtherAPI) {",
            in: "Router.swift")
        try expect(
            """
            (.get, "/pets", .listPets),
            (.delete, "/pets/{id}", .deletePet),
            (.get, "/other", .getOther),
            """, in: "Router.swift")
    }

    @Test("only secured operations ask the authenticator, and none runs without a credential")
    func security() throws {
        try expect(
            """
            case .deletePet:
            return try await authenticator.bearerAuth(bearerToken(of: request.headers), of: request)
            case .listPets,
            .getOther:
            return nil
            """, in: "Router.swift")
        try expect(
            """
            case .deletePet:
            guard let credential else {
            throw APIFailure.unauthenticated(.missing, detail: "Credentials are required.")
            }
            let input = try DeletePet.Input(request, path, credential: credential)
            """, in: "Router.swift")
        try expect("/// A token.\n///\n/// `token` is what stands", in: "SecuritySchemes.swift")
    }

    @Test("tags that are called like something in the router get another label")
    func labels() throws {
        let generation = Generation(Snippet.operation("").replacing("tags: [T]", with: "tags: [Input]"))
        #expect(try generation.has("private let inputAPI: any InputAPI", in: "Router.swift"))
    }

    @Test("modules are imported where their types are used")
    func imports() throws {
        let configuration = "credential: Caller\nimports: [Callers]"
        try expect("public import APIRuntime\npublic import Callers", in: "Router.swift", configuration: configuration)
        let generation = Generation(Self.document, configuration: configuration)
        #expect(try !generation.file("Protocols.swift").contains("import"))
        #expect(try !generation.file("Models.swift").contains("import"))
    }
}
