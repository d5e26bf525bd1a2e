import Testing

@testable import Generator

@Suite("Names that the configuration gives")
struct NameOverrideTests {
    static let document = """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        paths:
          /pets:
            get:
              operationId: list_pets
              tags: [T]
              responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/pet_v2"}}}}}
            put:
              tags: [T]
              responses: {"204": {description: d}}
        components:
          schemas:
            pet_v2:
              type: object
              required: [full_name]
              properties:
                full_name: {type: string}
                status: {type: string, enum: [in-progress, done]}
                tags: {type: array, items: {type: string, enum: [a, b]}}
            Pet: {type: object}
            Kind: {type: string, enum: [cat, dog]}
        """

    @Test("schemas, operations, properties and cases get them, and the wire keeps its own")
    func names() throws {
        let generation = Generation(
            Self.document,
            configuration: """
                names:
                  schemas: {pet_v2: Animal}
                  operations: {list_pets: allAnimals, PUT /pets: replaceAll}
                  properties: {pet_v2: {full_name: name}}
                  enum-cases: {Kind: {cat: feline}, pet_v2/status: {in-progress: underway}, pet_v2/tags: {a: first}}
                """)
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        let models = try generation.file("Models.swift")
        #expect(models.contains("public struct Animal:"))
        #expect(models.contains("public var name: String"))
        #expect(models.contains("\"full_name\""))
        #expect(models.contains("case feline = \"cat\""))
        #expect(models.contains("case underway = \"in-progress\""))
        #expect(models.contains("case first = \"a\""))
        let protocols = try generation.file("Protocols.swift")
        #expect(protocols.contains("func allAnimals("))
        #expect(protocols.contains("func replaceAll("))
        #expect(try generation.file("Operations.swift").contains("enum AllAnimals"))
    }

    @Test(
        "what names nothing, or takes another's name, is told with its place",
        arguments: [
            ("schemas: {pet_v3: A}", "generator.yaml:2:13: error: there is no schema `pet_v3` [unmatched-name]"),
            (
                "operations: {list_pet: a}",
                "generator.yaml:2:16: error: there is no operation `list_pet` [unmatched-name]"
            ),
            ("properties: {Kind: {a: b}}", "generator.yaml:2:23: error: there is no property `a` [unmatched-name]"),
            ("properties: {Kinds: {a: b}}", "generator.yaml:2:16: error: there is no schema `Kinds` [unmatched-name]"),
            ("enum-cases: {Kind: {cow: b}}", "generator.yaml:2:23: error: there is no value `cow` [unmatched-name]"),
            (
                "enum-cases: {pet_v2/state: {a: b}}",
                "generator.yaml:2:16: error: there is no schema `pet_v2/state` [unmatched-name]"
            ),
            ("schemas: {pet_v2: String}", "generator.yaml:2:21: error: the name `String` is taken [invalid-value]"),
            (
                "properties: {pet_v2: {status: fullName}}",
                "generator.yaml:2:33: error: the name `fullName` is taken [invalid-value]"
            ),
            ("schemas: {pet_v2: \"A B\"}", "generator.yaml:2:21: error: `A B` is not a name in Swift [invalid-value]"),
            ("types: {}", "generator.yaml:2:3: error: `names` has no keyword `types` [unknown-keyword]"),
        ])
    func problems(names: String, expected: String) {
        let problems = Generation(Self.document, configuration: "names:\n  \(names)").problems
        #expect(problems.contains(expected), "\(problems)")
    }
}
