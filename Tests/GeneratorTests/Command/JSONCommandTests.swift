import Foundation
import Testing

@testable import Generator

@Suite("The command json")
struct JSONCommandTests {
    @Test("prints the document in its own order, compact or with a line for each member")
    func prints() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "a.yaml").path(percentEncoded: false)
            try Data("b: {c: [0x10, +1.50, 'ä\"', []], d: {}}\na: ~\n".utf8).write(to: URL(filePath: document))
            let compact = try Tools.generate(["json", document])
            #expect(compact.output == #"{"b":{"c":[16,1.50,"ä\"",[]],"d":{}},"a":null}"# + "\n")
            #expect(compact.status == 0)
            let pretty = try Tools.generate(["json", "--pretty", document])
            #expect(
                pretty.output == """
                    {
                      "b": {
                        "c": [
                          16,
                          1.50,
                          "ä\\"",
                          []
                        ],
                        "d": {}
                      },
                      "a": null
                    }

                    """)
            let target = folder.appending(path: "a.json").path(percentEncoded: false)
            #expect(try Tools.generate(["json", document, "--output", target]).output.isEmpty)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == compact.output)
        }
    }

    @Test("what is no document is told with its place")
    func broken() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "a.yaml").path(percentEncoded: false)
            try Data("a: 1\na: 2\n".utf8).write(to: URL(filePath: document))
            let result = try Tools.generate(["json", document])
            #expect(result.status == 1)
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("\(document):2:1: error: the key `a` is already defined [duplicate-key]"))
        }
    }

    @Test("the files that a document refers to become part of it, also in circles and with names that are taken")
    func bundle() throws {
        try Tools.withFolder { folder in
            func write(_ name: String, _ text: String) throws -> String {
                let url = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
                return url.path(percentEncoded: false)
            }
            let document = try write(
                "api.yaml",
                """
                openapi: 3.1.0
                info: {title: A, version: "1"}
                paths:
                  /a: {$ref: parts/paths.yaml#/a, summary: s}
                components:
                  schemas:
                    Pet: {$ref: parts/pet.yaml}
                    Own: {$ref: "#/components/schemas/Pet"}
                """)
            _ = try write(
                "parts/paths.yaml",
                """
                a:
                  get:
                    responses: {"200": {$ref: "#/ok"}}
                ok: {description: d, content: {a/b: {schema: {$ref: "pet.yaml#/$defs/Pet"}}}}
                """)
            _ = try write(
                "parts/pet.yaml",
                """
                type: object
                properties: {parent: {$ref: "#"}, own: {$ref: "../api.yaml#/components/schemas/Own"}}
                $defs: {Pet: {type: integer}}
                """)
            let result = try Tools.generate(["json", document])
            #expect(result.errors.isEmpty)
            #expect(
                result.output == """
                    {"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"$ref":"#/components/pathItems/a",\
                    "summary":"s"}},"components":{"schemas":{"Pet":{"type":"object","properties":{"parent":\
                    {"$ref":"#/components/schemas/Pet"},"own":{"$ref":"#/components/schemas/Own"}},"$defs":{"Pet":\
                    {"type":"integer"}}},"Own":{"$ref":"#/components/schemas/Pet"},"pet_Pet":{"type":"integer"}},\
                    "pathItems":{"a":{"get":{"responses":{"200":{"$ref":"#/components/responses/ok"}}}}},"responses":\
                    {"ok":{"description":"d","content":{"a/b":{"schema":{"$ref":"#/components/schemas/pet_Pet"}}}}}}}

                    """)
            let lost = try write("lost.yaml", "openapi: 3.1.0\npaths: {/a: {$ref: nowhere.yaml}}")
            let failed = try Tools.generate(["json", lost])
            #expect(failed.status == 1)
            #expect(failed.errors.contains("nowhere.yaml` cannot be read [unresolved-reference]"))
        }
    }
}
