import Foundation
import Testing

@testable import Generator

@Suite("References to other files")
struct BundlerTests {
    private let document = """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        paths:
          /pets/{id}: {$ref: paths/pet.yaml}
        components:
          schemas:
            Pet: {$ref: ./schemas/Pet.yaml}
            Local: {type: object, properties: {pet: {$ref: schemas/Pet.yaml}}}
            Error: {type: string}
        """

    private let files = [
        "paths/pet.yaml": """
        parameters: [{$ref: ../common.json#/parameters/id}]
        get:
          operationId: getPet
          responses:
            "200":
              description: d
              content: {application/json: {schema: {$ref: ../schemas/Pet.yaml}, example: {$ref: no-reference}}}
            default: {$ref: "../common.json#/responses/Failed"}
        """,
        "schemas/Pet.yaml": """
        type: object
        properties:
          owner: {$ref: Owner.yaml}
          local: {$ref: "../api.yaml#/components/schemas/Local"}
          tag: {$ref: "#/$defs/Tag"}
          color: {$ref: "../common.json#/a/b~1c/0"}
        $defs: {Tag: {type: string, maxLength: 5}}
        """,
        "schemas/Owner.yaml": """
        oneOf: [{$ref: Pet.yaml}, {$ref: ./Person.yaml}]
        discriminator: {propertyName: kind, mapping: {pet: ./Pet.yaml, man: Person.yaml}, defaultMapping: Person.yaml}
        """,
        "schemas/Person.yaml": "{type: object, properties: {pets: {type: array, items: {$ref: Pet.yaml}}}}",
        "common.json": """
        {"parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}},
         "responses": {"Failed": {"description": "f", "content": {"application/json": {"schema": {"$ref": "#/Error"}}}}},
         "Error": {"type": "object", "properties": {"code": {"type": "integer"}}},
         "a": {"b/c": [{"enum": ["red", "blue"]}]}}
        """,
    ]

    @Test("whole files and parts of them, in circles, become parts of one document")
    func bundles() throws {
        let generation = Generation(document, beside: files)
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        let models = try generation.file("Models.swift")
        for wanted in [
            "public struct Pet: Codable", "public enum Owner: Codable", "public struct Person: Codable",
            "public typealias Tag = String", "public struct CommonError: Codable",
            "public var local: Local?", "case red", "indirect case pet(Pet)",
        ] {
            #expect(models.contains(wanted), "\(wanted) \(models)")
        }
        #expect(try generation.has("case ok(OK)", in: "Operations.swift"))
        #expect(try generation.file("Operations.swift").contains("case `default`(Responses.Failed, status: Int)"))
        #expect(
            try generation.file("Schemas.swift").contains(
                #""discriminator":{"propertyName":"kind","mapping":{"pet":0,"man":1},"defaultMapping":1}"#))
    }

    @Test("what is built in is one document that generates the same")
    func builtIn() throws {
        let diagnostics = Diagnostics()
        let load = { (path: String) in
            files[path].map { SourceFile(path: path, bytes: Array($0.utf8)) }
        }
        let planned = Pipeline.plan(
            spec: SourceFile(path: "api.yaml", bytes: Array(document.utf8)), configuration: nil,
            diagnostics: diagnostics, load: load)
        let (plan, root) = try #require(planned, "\(diagnostics.rendered())")
        #expect(plan.isDocumentChanged)
        let yaml = YAMLText.text(of: root)
        #expect(!yaml.contains(".yaml\"") && !yaml.contains(".json"), "\(yaml)")
        #expect(yaml.contains("$ref: no-reference"), "an example is data: \(yaml)")
        let json = String(decoding: JSONText.text(of: root), as: UTF8.self)
        let original = Generation(document, beside: files)
        for text in [yaml, json] {
            let again = Generation(text)
            #expect(again.problems.isEmpty, "\(again.problems)\n\(text)")
            for name in ["Models.swift", "Operations.swift", "Router.swift", "Schemas.swift"] {
                #expect(again.files[name] == original.files[name], "\(name)")
            }
        }
    }

    @Test("each file is read once, and a document of one file is left as it is")
    func once() {
        var asked: [String] = []
        let generate = { (document: String) in
            _ = Pipeline.plan(
                spec: SourceFile(path: "x/api.yaml", bytes: Array(document.utf8)), configuration: nil,
                diagnostics: Diagnostics(),
                load: { path in
                    asked.append(path)
                    return files[String(path.dropFirst(2))].map { SourceFile(path: path, bytes: Array($0.utf8)) }
                })
        }
        generate(document)
        #expect(asked.sorted() == files.keys.map { "x/\($0)" }.sorted())
        asked = []
        generate(Snippet.schemas("A: {type: string, default: {$ref: b.yaml}}"))
        #expect(asked.isEmpty)
    }

    @Test("problems are in the file where they stand")
    func places() {
        func problems(_ file: String) -> String {
            Generation(Snippet.schemas("A: {$ref: \"sub/b.yaml#/B\"}"), beside: ["sub/b.yaml": file]).problems
        }
        #expect(problems("B: {type: text}").hasPrefix("sub/b.yaml:1:11: error: there is no type `text`"))
        #expect(
            problems("B: {properties: {c: {$ref: \"#/C\"}}}").hasPrefix(
                "sub/b.yaml:1:28: error: there is no `#/C` in `sub/b.yaml`"))
        #expect(problems("B: {$ref: c.yaml}").hasPrefix("sub/b.yaml:1:11: error: the file `sub/c.yaml` cannot be read"))
        #expect(
            problems("B: {$ref: \"https://a/b\"}").contains("sub/b.yaml:1:11: error: `https://a/b` is not in this file")
        )
        #expect(problems("B: [").hasPrefix("api.yaml") || problems("B: [").contains("sub/b.yaml:"))
        #expect(problems("C: 1").hasPrefix("api.yaml:12:15: error: there is no `#/B` in `sub/b.yaml`"))
        #expect(problems("B: {$ref: ../api.yaml#/components/schemas/A}").contains("[reference-cycle]"))
        let items = Generation(
            Snippet.head + "paths: {/a: {$ref: a.yaml}}\n",
            beside: ["a.yaml": "$ref: b.yaml", "b.yaml": "$ref: a.yaml"])
        #expect(items.rules.contains(.referenceCycle), "\(items.problems)")
    }

    @Test(
        "paths are those of URLs, relative to the file",
        arguments: [
            ("b.yaml", "a.yaml", "b.yaml"), ("./b.yaml", "x/a.yaml", "x/b.yaml"),
            ("../b.yaml", "x/y/a.yaml", "x/b.yaml"),
            ("../../b.yaml", "x/a.yaml", "../b.yaml"), ("/b.yaml", "x/a.yaml", "/b.yaml"),
            ("b%20c.yaml", "/x/a.yaml", "/x/b c.yaml"), ("y/../b.yaml#/c", "x/a.yaml", "x/b.yaml"),
        ])
    func paths(reference: String, file: String, wanted: String) throws {
        #expect(try FileReference(reference).place(from: SourceFile(path: file, bytes: [])) == .file(wanted))
    }

    @Test("the executable reads the files, and what it writes compiles")
    func executable() throws {
        try Tools.withFolder { folder in
            for (path, text) in files.merging(["api.yaml": document], uniquingKeysWith: { $1 }) {
                let url = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            let output = folder.appending(path: "Generated")
            let result = try Tools.generate([
                "generate", "--spec", folder.appending(path: "api.yaml").path(percentEncoded: false), "--output",
                output.path(percentEncoded: false),
            ])
            #expect(result.status == 0, "\(result.errors)")
            let generated = try FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)
            let types = try Tools.typeCheck(generated)
            #expect(types.status == 0, "\(types.errors)")
        }
    }
}
