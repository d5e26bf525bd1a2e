import Foundation
import Testing

@testable import Generator

@Suite("What is deprecated")
struct DeprecationTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        paths:
          /old/{id}:
            get:
              operationId: getOld
              deprecated: true
              parameters: [{name: id, in: path, required: true, deprecated: true, schema: {type: string}}]
              responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}}}
            put:
              operationId: putOld
              deprecated: true
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
        components:
          schemas:
            Node:
              type: object
              required: [first, nothing]
              properties:
                first: {type: string, deprecated: true}
                nothing: {type: [string, "null"], deprecated: true}
                third: {type: [string, "null"], deprecated: true}
                next: {$ref: "#/components/schemas/Node", deprecated: true}
                default: {type: integer, deprecated: true}
                fine: {type: string}
              additionalProperties: {type: integer}
            Plain: {type: object, required: [a-b], properties: {a-b: {type: string, deprecated: true}, c: {$ref: "#/components/schemas/Old"}}}
            Old: {type: object, deprecated: true, properties: {d: {type: string}}}
        """

    /// What the compiler says to code that uses a client of the document, with warnings as errors.
    private func check(_ code: String) throws -> Tools.Result {
        let generation = Generation(Self.document, configuration: "modes: [client]")
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        return try Tools.withFolder { folder in
            var files = try generation.files.map { name, text in
                let url = folder.appending(path: name)
                try Data(text.utf8).write(to: url)
                return url
            }
            let url = folder.appending(path: "Code.swift")
            try Data(code.utf8).write(to: url)
            files.append(url)
            return try Tools.typeCheck(files)
        }
    }

    @Test("is no warning within what is generated, nor for code that leaves it alone")
    func unused() throws {
        let result = try check("func name(_ node: Node) -> String? { node.fine }")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    }

    @Test("is one for code that calls a client's method or uses a member")
    func used() throws {
        let uses = [
            ("func f(_ c: Client) async throws { _ = try await c.getOld(id: \"\") }", "GET /old/{id} is deprecated."),
            (
                "func f(_ c: Client) async throws { _ = try await c.putOld(.init(id: \"\")) }",
                "PUT /old/{id} is deprecated."
            ),
            ("func f(_ n: Node) -> String { n.first }", "The member `first` is deprecated."),
            ("func f(_ n: Node) -> Any? { n.next }", "The member `next` is deprecated."),
            ("func f(_ p: inout Plain) { p.aB = \"\" }", "The member `a-b` is deprecated."),
        ]
        for (code, message) in uses {
            let result = try check("import APIRuntime\n\(code)")
            #expect(result.status != 0 && result.errors.contains("deprecated: \(message)"), "\(code): \(result.errors)")
        }
    }

    @Test("members are written and read by their own names")
    func coding() throws {
        let text = try Generation(Self.document, configuration: "modes: [types]").file("Models.swift")
        #expect(
            text.contains(
                """
                @available(*, deprecated, message: "The member `a-b` is deprecated.")
                public var aB: String {
                get { _aB }
                set { _aB = newValue }
                }
                private var _aB: String
                """), "\(text)")
        #expect(text.contains("case _aB = \"a-b\"") && text.contains("private var _default: Int?"))
        #expect(text.contains("private var _third: Presence<String>") && text.contains("private var _next: Box<Node>?"))
    }

    @Test("does not trouble a server, which has to go on serving it")
    func server() throws {
        let generation = Generation(Self.document, configuration: "modes: [server, client]")
        #expect(try !generation.file("Models.swift").contains("@available"))
        #expect(try !generation.file("Protocols.swift").contains("@available"))
        #expect(try generation.file("Models.swift").contains("/// Deprecated."))
        #expect(try generation.file("Client.swift").contains("@available(*, deprecated"))
    }
}
