import Testing

@testable import Generator

@Suite("Filters")
struct FilterTests {
    static let document = """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        security: [{key: []}]
        paths:
          /pets:
            get: {operationId: getPets, tags: [pets], responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}}}
            post: {operationId: addPet, tags: [pets, admin], responses: {"204": {description: d}}, requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}}}
          /pets/{id}:
            parameters: [{$ref: "#/components/parameters/ID"}]
            get: {operationId: getPet, tags: [pets], responses: {"200": {$ref: "#/components/responses/One"}}}
          /shops:
            get: {operationId: getShops, tags: [shops], responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Shop"}}}}}}
        webhooks:
          born: {post: {operationId: born, tags: [pets], requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Birth"}}}}, responses: {"204": {description: d}}}}
        components:
          securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
          parameters: {ID: {name: id, in: path, required: true, schema: {$ref: "#/components/schemas/PetID"}}}
          responses: {One: {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
          schemas:
            Pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
            Pet: {type: object, properties: {kind: {type: string}, parent: {$ref: "#/components/schemas/Pet"}}, discriminator: {propertyName: kind, mapping: {cat: Cat}}, oneOf: [{$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Cat"}]}
            Cat: {type: object, properties: {kind: {type: string}}}
            Dog: {type: object, properties: {kind: {type: string}, id: {$ref: "#/components/schemas/PetID"}}}
            PetID: {type: integer}
            NewPet: {type: object}
            Shop: {type: object}
            Birth: {type: object}
            Unused: {type: object}
        """

    /// The operations and the schemas that are left, and what was reported.
    static func filter(_ filter: String) -> (operations: [String], schemas: [String], problems: String) {
        let diagnostics = Diagnostics()
        guard
            let root = YAMLReader.read(
                SourceFile(path: "api.yaml", bytes: Array(document.utf8)), diagnostics: diagnostics),
            let node = YAMLReader.read(
                SourceFile(path: "generator.yaml", bytes: Array("filter: \(filter)".utf8)), diagnostics: diagnostics),
            let read = ConfigurationReader(diagnostics: diagnostics).read(node).filter
        else { return ([], [], diagnostics.rendered()) }
        var filter = DocumentFilter(read, diagnostics: diagnostics)
        let result = filter.filtered(root)
        let operations = (["paths", "webhooks"] as [Name]).flatMap { section in
            (result.mapping?[section]?.value.mapping?.entries ?? []).flatMap { item in
                (item.value.mapping?.entries ?? []).compactMap { $0.value.mapping?["operationId"]?.value.string }
            }
        }
        let schemas = result.mapping?["components"]?.value.mapping?["schemas"]?.value.mapping?.entries.map(\.key.text)
        return (operations, schemas ?? [], diagnostics.rendered())
    }

    @Test(
        "operations are chosen by tag, path, id or method and path, and only the schemas that they lead to stay",
        arguments: [
            ("{include: {tags: [shops]}}", ["getShops"], ["Shop"]),
            ("{include: {operations: [getPet]}}", ["getPet"], ["Pet", "Cat", "Dog", "PetID"]),
            ("{include: {operations: [GET /pets]}}", ["getPets"], ["Pets", "Pet", "Cat", "Dog", "PetID"]),
            ("{include: {paths: [/pets]}}", ["getPets", "addPet"], ["Pets", "Pet", "Cat", "Dog", "PetID", "NewPet"]),
            (
                "{include: {paths: [/pets*]}, exclude: {tags: [admin]}}", ["getPets", "getPet"],
                ["Pets", "Pet", "Cat", "Dog", "PetID"]
            ),
            ("{include: {tags: [shops], operations: [addPet]}}", ["addPet", "getShops"], ["NewPet", "Shop"]),
            ("{exclude: {tags: [pets]}}", ["getShops"], ["Shop"]),
            ("{exclude: {operations: [getPets, getPet, born]}}", ["addPet", "getShops"], ["NewPet", "Shop"]),
            (
                "{exclude: {}}", ["getPets", "addPet", "getPet", "getShops", "born"],
                ["Pets", "Pet", "Cat", "Dog", "PetID", "NewPet", "Shop", "Birth"]
            ),
        ])
    func filter(filter: String, operations: [String], schemas: [String]) {
        let result = Self.filter(filter)
        #expect(result.operations == operations)
        #expect(result.schemas == schemas)
        #expect(result.problems.isEmpty)
    }

    @Test(
        "what selects nothing is told with its place",
        arguments: [
            (
                "{include: {tags: [shop, pets]}}",
                "generator.yaml:1:27: error: `shop` selects no operation [unmatched-name]"
            ),
            ("{exclude: {paths: [/pet]}}", "generator.yaml:1:28: error: `/pet` selects no operation [unmatched-name]"),
            (
                "{exclude: {operations: [PUT /pets]}}",
                "generator.yaml:1:33: error: `PUT /pets` selects no operation [unmatched-name]"
            ),
            ("{only: {}}", "generator.yaml:1:10: error: the filter has no keyword `only` [unknown-keyword]"),
            (
                "{include: {tag: [a]}}",
                "generator.yaml:1:20: error: a selection of operations has no keyword `tag` [unknown-keyword]"
            ),
        ])
    func unmatched(filter: String, expected: String) {
        #expect(Self.filter(filter).problems.contains(expected), "\(Self.filter(filter).problems)")
    }

    @Test("methods that OpenAPI 3.2 adds are chosen like others")
    func additionalOperations() throws {
        let diagnostics = Diagnostics()
        let text = """
            openapi: 3.2.0
            paths: {/a: {get: {tags: [x]}, additionalOperations: {LOCK: {tags: [x]}, COPY: {tags: [y]}}}}
            """
        let root = try #require(
            YAMLReader.read(SourceFile(path: "a", bytes: Array(text.utf8)), diagnostics: diagnostics))
        let tag = Located("y", at: root.location)
        var filter = DocumentFilter(
            OperationFilter(include: .init(tags: [tag])), diagnostics: diagnostics)
        #expect(
            String(decoding: JSONText.text(of: filter.filtered(root)), as: UTF8.self)
                == #"{"openapi":"3.2.0","paths":{"/a":{"additionalOperations":{"COPY":{"tags":["y"]}}}}}"#)
    }

    @Test("code is generated for what is left, and the document that is built in is what is left")
    func generated() throws {
        let generation = Generation(Self.document, configuration: "filter: {include: {tags: [shops]}}")
        #expect(try generation.file("Protocols.swift").contains("func getShops("))
        #expect(try !generation.file("Protocols.swift").contains("func getPets("))
        #expect(try !generation.file("Models.swift").contains("struct Pet"))
        #expect(try generation.file("OpenAPIDocument.swift").contains("/shops:"))
        #expect(try !generation.file("OpenAPIDocument.swift").contains("/pets"))
    }

    @Test("a problem of what is left out stops nobody")
    func problems() {
        let document = Self.document.replacing("Shop: {type: object}", with: "Shop: {type: object, foo: 1}")
        #expect(!Generation(document).problems.isEmpty)
        #expect(Generation(document, configuration: "filter: {exclude: {tags: [shops]}}").problems.isEmpty)
    }
}
