import Testing

@testable import Generator

@Suite("allOf")
struct AllOfTests {
    private func generation(_ schemas: String, version: String = "3.1.0") -> Generation {
        Generation(Snippet.schemas(schemas, version: version))
    }

    @Test("objects are merged into one structure, the parts' properties first")
    func objects() throws {
        let generation = generation(
            """
            Animal: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
            Dog:
              description: A dog.
              allOf:
                - {$ref: "#/components/schemas/Animal"}
                - {required: [age], properties: {breed: {type: string}}}
              properties: {owner: {$ref: "#/components/schemas/Animal"}}
            """)
        #expect(
            try generation.has(
                "public init(name: String, age: Int, breed: String? = nil, owner: Animal? = nil) {",
                in: "Models.swift"),
            Comment(rawValue: generation.problems + (generation.files["Models.swift"] ?? "")))
        #expect(try generation.has("/// A dog.\npublic struct Dog: Codable, Sendable {", in: "Models.swift"))
    }

    @Test("of two descriptions of a property the one that says most is its type")
    func specialProperties() throws {
        let generation = generation(
            """
            Pet: {type: object, properties: {name: {type: string}}}
            Page: {type: object, properties: {data: {type: array, items: {type: object}}, links: {type: object}}}
            Pets:
              allOf:
                - {$ref: "#/components/schemas/Page"}
                - {properties: {data: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
                - {properties: {links: {allOf: [{$ref: "#/components/schemas/Pet"}, {properties: {next: {type: string}}}]}}}
            """)
        #expect(
            try generation.has("public init(data: [Pet]? = nil, links: Links? = nil) {", in: "Models.swift"),
            Comment(rawValue: generation.problems + (generation.files["Models.swift"] ?? "")))
    }

    @Test("one part with nothing beside it but words means that part")
    func onePart() throws {
        let generation = generation(
            """
            Kind: {type: string, enum: [a]}
            A: {type: object, properties: {kind: {description: Which., allOf: [{$ref: "#/components/schemas/Kind"}]}}}
            Same: {allOf: [{$ref: "#/components/schemas/Kind"}]}
            """)
        #expect(try generation.has("/// Which.\npublic var kind: Kind?", in: "Models.swift"))
        #expect(try generation.has("public typealias Same = Kind", in: "Models.swift"))
    }

    @Test("a null beside one part, as 3.0 has it, allows null")
    func nullable() throws {
        let generation = generation(
            """
            B: {type: object, properties: {x: {type: string}}}
            A:
              type: object
              required: [b]
              properties: {b: {nullable: true, allOf: [{$ref: "#/components/schemas/B"}]}}
            """, version: "3.0.3")
        #expect(try generation.has("public var b: B?", in: "Models.swift"))
        #expect(try generation.has("try container.encode(self.b, forKey: .b)", in: "Models.swift"))
    }

    @Test("a parameter's and a form's schema may be merged as well")
    func inputs() throws {
        let parameter = Generation(
            Snippet.operation(
                "parameters: [{name: a, in: query, schema: {allOf: [{type: string, maxLength: 3}]}}]"))
        #expect(
            try parameter.has(
                "let a = decoder.optional(\"a\", in: .query, StringSchema(maxLength: 3))", in: "Operations.swift"))
        let form = Generation(
            Snippet.operation(
                """
                requestBody:
                  required: true
                  content:
                    application/x-www-form-urlencoded:
                      schema:
                        allOf:
                          - {type: object, required: [a], properties: {a: {type: string}}}
                          - {type: object, properties: {b: {type: integer}}}
                """, method: "post"))
        #expect(try form.has("body = Body(a: a, b: b)", in: "Operations.swift"), Comment(rawValue: form.problems))
    }

    @Test(
        "what means nothing is refused",
        arguments: [
            ("{allOf: []}", "`allOf` needs at least one schema"),
            (
                "{properties: {b: {}}, allOf: [{$ref: \"#/components/schemas/A\"}]}", "this `allOf` contains itself"
            ),
        ])
    func refused(schema: String, message: String) {
        let generation = generation("A: \(schema)")
        #expect(generation.problems.contains(message), "\(generation.problems)")
        #expect(generation.files.isEmpty)
    }

    @Test(
        "what is no structure becomes the type that all parts agree on, or free-form JSON",
        arguments: [
            ("{allOf: [{type: string}, {type: string}]}", "String"),
            ("{type: string, allOf: [{maxLength: 3}]}", "String"),
            ("{maxLength: 1, allOf: [{$ref: \"#/components/schemas/E\"}]}", "E"),
            ("{description: d, allOf: [{$ref: \"#/components/schemas/E\"}], default: e}", "E"),
            ("{allOf: [{type: string}, {type: integer}]}", "JSONValue"),
            ("{allOf: [{type: array, items: {type: string}}, {maxItems: 3}]}", "[String]"),
        ])
    func others(schema: String, type: String) throws {
        let generation = generation("A: {properties: {a: \(schema)}}\nE: {enum: [e]}")
        #expect(try generation.has("public var a: \(type)?\n", in: "Models.swift"), "\(generation.problems)")
    }

    @Test("a property that several parts describe has the type that says most")
    func overlapping() throws {
        let generation = generation(
            """
            Base: {required: [kind], properties: {kind: {type: string}, free: {}}}
            A:
              allOf:
                - $ref: "#/components/schemas/Base"
                - {properties: {kind: {const: a}, free: {type: integer}}}
              additionalProperties: {type: boolean}
            """)
        #expect(try generation.has("public var kind: Kind\n", in: "Models.swift"))
        #expect(try generation.has("public var free: Int?\n", in: "Models.swift"))
        #expect(try generation.has("public var additionalProperties: [String: Bool]\n", in: "Models.swift"))
    }

    @Test("parts of parts of parts are merged once each")
    func diamonds() {
        var schemas = "A0: {properties: {x: {type: string}}}\n"
        for level in 1...60 {
            let part = "{$ref: \"#/components/schemas/A\(level - 1)\"}"
            schemas += "A\(level): {properties: {p\(level): {type: string}}, allOf: [\(part), \(part)]}\n"
        }
        #expect(generation(schemas).problems.isEmpty)
    }

    @Test("a very long chain of parts is refused, not followed until the stack ends")
    func chain() {
        var schemas = "A0: {properties: {x: {type: string}}}\n"
        for level in 1...5_000 {
            schemas +=
                "A\(level): {properties: {p\(level): {type: string}}, "
                + "allOf: [{$ref: \"#/components/schemas/A\(level - 1)\"}]}\n"
        }
        // The last one first, or each would find the one before it merged.
        let reversed = schemas.split(separator: "\n").reversed().joined(separator: "\n")
        #expect(generation(reversed).rules.contains(.nestingDepth))
    }
}
