import Testing

@testable import Generator

@Suite("References")
struct ReferenceTests {
    @Test("a pointer is read by RFC 6901, percent-decoded first")
    func pointers() throws {
        func tokens(_ text: String) -> [String]? {
            JSONPointer(fragment: Substring(text).utf8)?.tokens.map(\.text)
        }
        #expect(tokens("") == [])
        #expect(tokens("/a/b") == ["a", "b"])
        #expect(tokens("/~1a~0b/") == ["/a~b", ""])
        #expect(tokens("/%7Ea") == nil)
        #expect(tokens("/%C3%A9") == ["é"])
        #expect(tokens("/%FF") == nil)
        #expect(tokens("/%4") == nil)
        #expect(tokens("/~2") == nil)
        #expect(tokens("a") == nil)
        #expect("\(JSONPointer(tokens: ["/a~b", "c"]))" == "#/~1a~0b/c")
    }

    @Test("a schema may be anywhere in the document")
    func anywhere() throws {
        let generation = Generation(
            Snippet.schemas(
                """
                A: {type: object, properties: {x: {type: object, properties: {y: {type: string}}}}}
                B: {type: object, properties: {z: {$ref: "#/components/schemas/A/properties/x"}}}
                """))
        #expect(try generation.has("public var z: APropertiesX?", in: "Models.swift"), "\(generation.problems)")
    }

    @Test("references to references are followed")
    func chains() throws {
        let document =
            Snippet.operation("parameters: [{$ref: \"#/components/parameters/A\"}]") + """
                components:
                  parameters:
                    A: {$ref: "#/components/parameters/B"}
                    B: {name: b, in: query, schema: {$ref: "#/components/schemas/C"}}
                  schemas:
                    C: {$ref: "#/components/schemas/D"}
                    D: {type: integer, minimum: 1}

                """
        let generation = Generation(document)
        #expect(
            try generation.has(
                "let b = decoder.optional(\"b\", in: .query, IntegerSchema<Int>(minimum: 1))", in: "Operations.swift"))
        #expect(try generation.has("public typealias C = D", in: "Models.swift"))
    }

    @Test(
        "a reference that leads nowhere is told",
        arguments: [
            ("#/components/schemas/Bx", "there is no `Bx` in `#/components/schemas`", "unresolved-reference"),
            ("#/components/schemaz/B", "there is no `schemaz` in `#/components`", "unresolved-reference"),
            ("#components", "is no JSON pointer", "unresolved-reference"),
            ("other.yaml#/A", "the file `other.yaml` cannot be read", "unresolved-reference"),
            ("https://example.com/a", "nothing is loaded over the network", "remote-reference"),
            ("//example.com/a.yaml#/A", "what is fetched are `http` and `https`", "remote-reference"),
        ])
    func broken(reference: String, message: String, rule: String) {
        let generation = Generation(Snippet.schemas("A: {$ref: \"\(reference)\"}\nB: {type: string}"))
        #expect(generation.problems.hasPrefix("api.yaml:12:15: error: "), "\(generation.problems)")
        #expect(generation.problems.contains(message))
        #expect(generation.problems.contains("[\(rule)]"))
    }

    @Test("words and demands may stand beside a reference")
    func siblings() throws {
        let words = Generation(
            Snippet.schemas(
                "A: {properties: {b: {$ref: \"#/components/schemas/B\", description: The b.}}}\nB: {type: string}"))
        #expect(try words.has("/// The b.\npublic var b: B?", in: "Models.swift"))
        let demands = Generation(
            Snippet.schemas("A: {$ref: \"#/components/schemas/B\", maxLength: 3}\nB: {type: string}"))
        #expect(try demands.has("public typealias A = B\n", in: "Models.swift"))
    }

    @Test("references that lead in a circle are told")
    func circles() {
        let parameters = """
            components:
              parameters:
                A: {$ref: "#/components/parameters/B"}
                B: {$ref: "#/components/parameters/A"}

            """
        #expect(Generation(Snippet.head + Snippet.operation + parameters).rules.contains(.referenceCycle))
        let schemas = Generation(
            Snippet.schemas("A: {$ref: \"#/components/schemas/B\"}\nB: {$ref: \"#/components/schemas/A\"}"))
        #expect(schemas.rules == [.referenceCycle], "\(schemas.problems)")
        #expect(schemas.problems.contains("`A` is defined by itself: A → B → A"))
    }

    @Test("arrays and dictionaries of themselves hold JSON, as Swift has no such type")
    func containersOfThemselves() throws {
        let array = Generation(Snippet.schemas("A: {type: array, items: {$ref: \"#/components/schemas/A\"}}"))
        #expect(try array.has("public typealias A = [JSONValue]", in: "Models.swift"))
        let around = Generation(
            Snippet.schemas(
                """
                A: {$ref: "#/components/schemas/B"}
                B: {type: object, additionalProperties: {$ref: "#/components/schemas/C"}}
                C: {type: [array, "null"], items: {$ref: "#/components/schemas/A"}}
                D: {type: object, properties: {c: {$ref: "#/components/schemas/C"}}}
                """))
        #expect(try around.has("public typealias A = B\n", in: "Models.swift"), "\(around.problems)")
        #expect(try around.has("public typealias B = [String: JSONValue]", in: "Models.swift"))
        #expect(try around.has("public typealias C = [A]", in: "Models.swift"))
        #expect(try around.has("public var c: Presence<C>", in: "Models.swift"))
    }

    @Test("a type that would contain itself has one box in each circle, behind an array none")
    func recursion() throws {
        let direct = Generation(
            Snippet.schemas(
                """
                A: {type: object, properties: {b: {$ref: "#/components/schemas/B"}}}
                B: {type: object, properties: {in: {type: object, properties: {a: {$ref: "#/components/schemas/A"}}}}}
                """))
        #expect(direct.problems.isEmpty, "\(direct.problems)")
        #expect(try direct.has("private var _a: Box<A>?", in: "Models.swift"))
        #expect(try direct.has("case _a = \"a\"", in: "Models.swift"))
        #expect(try direct.has("public var b: B?\n", in: "Models.swift"))
        let indirect = Generation(
            Snippet.schemas(
                """
                A: {type: object, properties: {b: {$ref: "#/components/schemas/List"}}}
                List: {type: array, items: {$ref: "#/components/schemas/A"}}
                """))
        #expect(indirect.problems.isEmpty)
        #expect(try !indirect.file("Models.swift").contains("Box"))
    }
}
