import Foundation
import Testing

@testable import Generator

@Suite("Examples in doc comments")
struct ExampleTests {
    private func file(_ name: String, _ document: String) throws -> String {
        let generation = Generation(document, configuration: "modes: [server, client]")
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        return try generation.file(name)
    }

    @Test("stand in the line where they are short, and in a block where they are not")
    func shapes() throws {
        let text = try file(
            "Models.swift",
            Snippet.schemas(
                """
                A: {type: string, description: "Some text.\\n\\n", example: abc}
                B: {type: object, properties: {c: {type: integer, example: 7}}, example: {c: 8}}
                C: {type: array, items: {type: string}, examples: [[one hundred and one, two hundred and two, three hundred and three, four hundred and four], [no]]}
                D: {type: string, example: "a`b"}
                E: {type: string, example: null}
                """))
        #expect(text.contains("/// Some text.\n///\n/// Example: `\"abc\"`.\npublic typealias A"))
        #expect(text.contains("/// Example: `{\"c\":8}`.\npublic struct B"))
        #expect(text.contains("/// The member `c`.\n///\n/// Example: `7`.\npublic var c"))
        #expect(text.contains("/// Example:\n/// ```json\n/// [\n///   \"one hundred and one\",\n"))
        #expect(text.contains("/// Example:\n/// ```json\n/// \"a`b\"\n/// ```\npublic typealias D"))
        #expect(!text.contains("null"))
    }

    @Test("long ones are cut off, lines and lines of them")
    func long() throws {
        let many = (1...40).map { "\($0)" }.joined(separator: ", ")
        let text = try file(
            "Models.swift",
            Snippet.schemas(
                """
                A: {type: array, example: [\(many)]}
                B: {type: string, example: "\(String(repeating: "ä", count: 300))"}
                """))
        #expect(text.contains("///   11,\n/// …\n/// ```\npublic typealias A"))
        #expect(text.contains("\(String(repeating: "ä", count: 78))…\n/// ```\npublic typealias B"))
    }

    @Test("of parameters, header fields and media types, by reference, too, stand where those are used")
    func places() throws {
        let document = """
            \(Snippet.head)
            paths:
              /a/{id}:
                post:
                  operationId: getA
                  parameters:
                    - {name: id, in: path, required: true, example: seven, schema: {type: string, example: no}}
                    - {name: q, in: query, description: A query., schema: {type: integer, example: 5}}
                    - {name: r, in: query, examples: {x: {$ref: "#/components/examples/X"}}, schema: {type: integer}}
                  requestBody: {content: {application/json: {example: {b: 1}, schema: {type: object, properties: {b: {type: integer}}}}}}
                  responses:
                    "200":
                      description: Fine.
                      headers: {X-A: {schema: {type: integer}, examples: {y: {value: 3}}}}
                      content: {text/plain: {example: "two\\nlines"}}
            components: {examples: {X: {summary: s, value: 99}}}
            """
        let text = try file("Operations.swift", document)
        #expect(text.contains("/// Example: `\"seven\"`.\npublic let id: String") && !text.contains("`\"no\"`"))
        #expect(text.contains("/// A query.\n///\n/// Example: `5`.\npublic let q: Int?"))
        #expect(text.contains("/// Example: `99`.\npublic let r: Int?"))
        #expect(text.contains("/// Example: `{\"b\":1}`.\npublic let body: BodyValue?"))
        #expect(text.contains("/// Example: `3`.\npublic var xA: Int?"))
        #expect(
            text.contains("/// `text/plain`\n///\n/// Example:\n/// ```\n/// two\n/// lines\n/// ```\npublic var body"))
        #expect(try file("Client.swift", document).contains("/// two\n/// lines\n/// ```\npublic let body: BodyStream"))
    }

    @Test("whatever they hold, they stay within the comment")
    func hostile() throws {
        let breaks = [
            "\\n", "\\r", "\\r\\n", "\\u2028", "\\u2029", "\\u0085", "\\v", "\\f", "\\0", "*/", "```\\n", "`",
            "\\u202e",
        ]
        for text in breaks {
            let evil = "x\(text)let evil = 1 \(text)/* \(text)#if \(text)\"\"\""
            let document = """
                \(Snippet.head)
                paths:
                  /a:
                    get:
                      operationId: getA
                      parameters: [{name: a, in: query, example: "\(evil.replacing("\"", with: "\\\""))", schema: {type: string}}]
                      responses: {"200": {description: d, content: {text/plain: {example: "\(evil.replacing("\"", with: "\\\""))"}}}}
                components:
                  schemas: {A: {type: object, properties: {b: {type: string, example: "\(evil.replacing("\"", with: "\\\""))"}}, example: {b: ["\(evil.replacing("\"", with: "\\\""))"]}}}
                """
            for name in ["Models.swift", "Operations.swift", "Client.swift"] {
                let file = try file(name, document)
                // Swift ends a line at these two, and at nothing else.
                for line in file.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                    let line = String(Substring(line))
                    #expect(!line.contains("evil") || line.hasPrefix("///"), "\(text): \(line)")
                }
                #expect(file.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
                // A block ends with the fence that it began with.
                let fences = file.split(separator: "\n").filter { $0.hasPrefix("/// ```") }
                #expect(fences.count.isMultiple(of: 2) || text.hasPrefix("```"))
            }
        }
    }
}
