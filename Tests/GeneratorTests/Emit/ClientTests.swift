import Foundation
import Testing

@testable import Generator

@Suite("Modes, and clients")
struct ClientTests {
    static let client = "modes: [client]"

    private func generation(_ operation: String, method: String = "get", rest: String = "", _ modes: String = client)
        -> Generation
    {
        Generation(Snippet.operation(operation, method: method, rest: rest), configuration: modes)
    }

    @Test("without modes there is a server and no client, and the file of the client is there all the same")
    func server() throws {
        for configuration in [nil, "{}", "modes: [types, server]", "modes: [server]"] {
            let generation = Generation(Snippet.operation(""), configuration: configuration)
            #expect(try generation.file("Router.swift").contains("public struct Router"))
            #expect(try generation.file("Client.swift").contains("// There is nothing here without the mode `client`"))
            #expect(try !generation.file("Client.swift").contains("struct"))
        }
    }

    @Test("types alone are the schemas' types, and nothing that serves or asks")
    func types() throws {
        let document = """
            \(Snippet.schemas("A: {oneOf: [{type: integer}, {type: object, properties: {a: {type: string}}}]}"))
            """.replacing(
                "      responses:",
                with: "      parameters: [{name: p, in: query, schema: {type: string, pattern: x}}]\n      responses:")
        let generation = Generation(document, configuration: "modes: [types]")
        #expect(generation.files.count == 8, "\(generation.problems)")
        #expect(try generation.file("Models.swift").contains("public enum A: Codable"))
        for name in ["Client", "Operations", "Protocols", "Router", "SecuritySchemes"] {
            #expect(try !generation.file("\(name).swift").contains("public"))
        }
        #expect(try generation.file("Schemas.swift").contains("oneOf"))
        #expect(try !generation.file("Schemas.swift").contains("pattern"), "inputs are held to nothing here")
        #expect(try !generation.file("OpenAPIDocument.swift").contains("yaml"))
    }

    @Test("a client alone has no server beside it")
    func clientAlone() throws {
        let generation = generation("")
        for name in ["Operations", "Protocols", "Router", "SecuritySchemes"] {
            #expect(try !generation.file("\(name).swift").contains("public"))
        }
        #expect(try generation.file("Client.swift").contains("public struct Client: Sendable"))
    }

    @Test(
        "a mode that is none is told with its place",
        arguments: [
            ("modes: [servers]", "1:9", "there is no mode `servers`"), ("modes: []", "1:8", "`modes` is empty"),
            ("modes: client", "1:8", "`modes` has to be an array"),
        ])
    func wrong(configuration: String, place: String, message: String) {
        let problems = generation("", configuration).problems
        #expect(problems.hasPrefix("generator.yaml:\(place): error: \(message)"), "\(problems)")
    }

    @Test("a method takes the parts of the input, what is optional with a default, or the input as a value")
    func methods() throws {
        let generation = generation(
            """
            parameters:
              - {name: id, in: query, required: true, schema: {type: integer}}
              - {name: tags, in: query, schema: {type: array, items: {type: string}}}
              - {name: limit, in: header, schema: {type: integer, default: 3}}
            """)
        for lines in [
            """
            nonisolated(nonsending) public func getA(
            id: Int, tags: [String] = [], limit: Int? = nil
            ) async throws(ClientFailure) -> GetA.Output {
            """,
            """
            nonisolated(nonsending) public func getA(_ input: GetA.Input) async throws(ClientFailure) -> GetA.Output {
            var request = base.request("getA", .get, "/a")
            try request.query("id", input.id, .form(explode: true))
            try request.query("tags", input.tags, .form(explode: true))
            try request.header("limit", input.limit, .simple(explode: false))
            """,
            "public init(id: Int, tags: [String] = [], limit: Int? = nil) {",
        ] {
            #expect(
                try generation.has(lines, in: "Client.swift"), Comment(rawValue: generation.files["Client.swift"] ?? "")
            )
        }
    }

    @Test("an operation without inputs has one method without parameters")
    func noInput() throws {
        let text = try generation("").file("Client.swift")
        #expect(
            text.contains("nonisolated(nonsending) public func getA() async throws(ClientFailure) -> GetA.Output {"))
        #expect(text.contains("let request = base.request(\"getA\", .get, \"/a\")"))
        #expect(!text.contains("Input"))
    }

    @Test("there is a case for each documented status, and one for all others unless there is a default")
    func outputs() throws {
        let open = try generation("").file("Client.swift")
        #expect(open.contains("case undocumented(UndocumentedAnswer)"))
        #expect(open.contains("case 204: self = .noContent(try await NoContent(answer))"))
        #expect(open.contains("default: self = .undocumented(try await answer.undocumented())"))
        let document = Snippet.operation("").replacing(
            "\"204\": {description: Nothing.}",
            with: "5XX: {description: Bad.}\n        default: {description: Rest.}")
        let closed = try Generation(document, configuration: Self.client).file("Client.swift")
        #expect(
            closed.contains("case 500...599: self = .serverError(try await ServerError(answer), status: answer.status)")
        )
        #expect(closed.contains("default: self = .`default`(try await Default(answer), status: answer.status)"))
        #expect(!closed.contains("undocumented"))
    }

    @Test("an answer without streams can be handed to other tasks")
    func sendable() throws {
        func text(_ content: String) throws -> String {
            let document = Snippet.operation("").replacing(
                "\"204\": {description: Nothing.}", with: "200: {description: d, content: {\(content)}}")
            return try Generation(document, configuration: Self.client).file("Client.swift")
        }
        #expect(try text("application/json: {schema: {type: string}}").contains("public enum Output: Sendable {"))
        #expect(try text("text/plain: {}").contains("public enum Output {"))
    }

    @Test("what a server confines is plain for a client, and its modules are not needed")
    func confined() throws {
        let configuration = """
            modes: [server, client]
            imports: [Tenancy]
            credential: Principal
            operation-extensions: {x-tenancy: {values: {promql: {security: required, input: [promql], output: owned}}}}
            input-extensions: {x-confine: {promql: Confined<PromQLQuery>}}
            output-wrappers: {owned: Owned}
            """
        let document = Snippet.operation(
            """
            x-tenancy: promql
            security: [{token: []}]
            parameters: [{name: query, in: query, required: true, x-confine: promql, schema: {type: string}}]
            """, rest: "components: {securitySchemes: {token: {type: http, scheme: bearer}}}"
        ).replacing("\"204\": {description: Nothing.}", with: "200: {description: d, content: {application/json: {}}}")
        let generation = Generation(document, configuration: configuration)
        let client = try generation.file("Client.swift")
        #expect(client.contains("public var query: String\n"))
        #expect(client.contains("public let body: JSONValue\n"))
        for name in ["Tenancy", "Confined", "Principal", "Owned"] { #expect(!client.contains(name)) }
        #expect(try generation.file("Operations.swift").contains("public let query: Confined<PromQLQuery>"))
    }

    @Test("types of the document give way to the client's names in this mode only")
    func names() throws {
        let document = Snippet.schemas("Client: {type: object, properties: {a: {type: string}}}")
        #expect(try Generation(document).file("Models.swift").contains("public struct Client: "))
        let models = try Generation(document, configuration: Self.client).file("Models.swift")
        #expect(
            models.contains("public struct ClientModel: ") || models.contains("public struct ClientSchema: "),
            "\(models)")
    }

    @Test(
        "what is wrong with a server is told with its place",
        arguments: [
            ("[{url: \"https://{a}.example.com\"}]", "3:17", "the server has no variable `a`"),
            (
                "[{url: \"/{a}\", variables: {a: {default: c, enum: [d]}}}]", "3:50",
                "the default of `a` is none of its values"
            ),
            ("[{url: /, variables: {a: {}}}]", "3:35", "a server variable needs `default`"),
            ("[{url: /, variable: {}}]", "3:20", "a server has no keyword `variable`"),
        ])
    func servers(servers: String, place: String, message: String) {
        let problems = generation("", rest: "servers: \(servers)").problems
        #expect(problems.contains("api.yaml:\(place): error: \(message)"), "\(problems)")
    }
}
