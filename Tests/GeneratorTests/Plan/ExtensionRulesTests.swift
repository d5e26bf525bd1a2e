import Foundation
import Testing

@testable import Generator

@Suite("Rules for extensions")
struct ExtensionRulesTests {
    static let configuration = """
        credential: Caller
        operation-extensions:
          x-tenancy:
            required: true
            values:
              query: {security: required, input: [promql]}
              own: {security: required}
              public: {security: forbidden}
        input-extensions:
          x-confine:
            promql: Confined<PromQLQuery>
        """
    static let bearer = "components: {securitySchemes: {b: {type: http, scheme: bearer}}}"

    private func generation(_ content: String, method: String = "get") -> Generation {
        Generation(Snippet.operation(content, method: method, rest: Self.bearer), configuration: Self.configuration)
    }

    @Test("an operation without a required extension is refused with its own line")
    func missing() {
        let generation = generation("security: []")
        #expect(
            generation.problems == """
                api.yaml:6:5: error: GET /a needs `x-tenancy` [missing-extension]
                    get:
                    ^
                help: add `x-tenancy:` with one of `query`, `own`, `public`

                """)
    }

    @Test("an unknown value is refused with the known ones")
    func unknownValue() {
        let generation = generation("security: []\nx-tenancy: publik")
        #expect(
            generation.problems == """
                api.yaml:12:18: error: `x-tenancy` has no value `publik` [unknown-extension-value]
                      x-tenancy: publik
                                 ^
                help: the values are `query`, `own`, `public`

                """)
        #expect(self.generation("x-tenancy: [own]").problems.contains("`x-tenancy` has no value an array"))
    }

    @Test("security that a value demands or forbids")
    func security() {
        #expect(generation("x-tenancy: own").problems.contains("needs a secured operation, and this one is public"))
        #expect(generation("security: [{b: []}]\nx-tenancy: own").problems.isEmpty)
        #expect(generation("x-tenancy: public").problems.isEmpty)
        let secured = generation("security: [{b: []}]\nx-tenancy: public")
        #expect(secured.rules == [.extensionSecurity])
        #expect(secured.problems.hasPrefix("api.yaml:12:18: error: "), "\(secured.problems)")
    }

    private static let wrapping = """
        credential: Caller
        operation-extensions:
          x-tenancy: {values: {trace: {output: owned}}}
        output-wrappers: {owned: Owned}
        """

    /// An operation with these responses in place of the snippet's own.
    private func wrapped(_ responses: String, rest: String = "") -> Generation {
        let document = Snippet.operation("x-tenancy: trace\nresponses:\n" + responses, rest: rest)
        let own = "          responses:\n            \"204\": {description: Nothing.}\n"
        let shorter = own.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n") + "\n"
        return Generation(
            document.replacingOccurrences(of: own, with: "").replacingOccurrences(of: shorter, with: ""),
            configuration: Self.wrapping)
    }

    @Test("the body of a good answer is wrapped if a value demands it, others are not")
    func output() throws {
        let generation = wrapped(
            """
              "200": {description: d, content: {application/json: {schema: {type: string}}}}
              "201": {description: d, content: {text/plain: {schema: {type: string}}}}
              "404": {description: d, content: {text/plain: {schema: {type: string}}}}
            """)
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        #expect(try generation.has("public var body: Owned<JSONContent<String>>", in: "Operations.swift"))
        #expect(try generation.has("public var body: Owned<ByteContent>", in: "Operations.swift"))
        #expect(try generation.has("public var body: ByteContent", in: "Operations.swift"))
        #expect(try generation.has("body: try body.value.checkedBody(0)", in: "Operations.swift"))
    }

    @Test("a wrapped answer has content, and stands in the operation itself")
    func outputProblems() {
        #expect(wrapped("  \"204\": {description: d}").rules == [.extensionOutput])
        let shared = wrapped(
            "  \"200\": {$ref: \"#/components/responses/R\"}",
            rest: "components: {responses: {R: {description: d, content: {text/plain: {schema: {type: string}}}}}}")
        #expect(shared.rules == [.extensionOutput])
    }

    @Test("an unknown wrapper is refused with the known ones")
    func unknownWrapper() {
        let generation = Generation(
            Snippet.operation("x-tenancy: trace"),
            configuration: Self.wrapping.replacingOccurrences(of: "output: owned", with: "output: mine"))
        #expect(generation.problems.contains("no output wrapper is named `mine`"))
        #expect(generation.problems.contains("the names are `owned`"))
    }

    @Test("an operation inherits the document's security")
    func inheritedSecurity() {
        let document = Snippet.operation("x-tenancy: own", rest: "security: [{b: []}]\n" + Self.bearer)
        #expect(Generation(document, configuration: Self.configuration).problems.isEmpty)
    }

    @Test("an input that a value demands")
    func input() throws {
        let secured = "security: [{b: []}]\nx-tenancy: query"
        #expect(generation(secured).rules == [.extensionInput])
        #expect(generation(secured).problems.contains("needs an input with `x-confine` of `promql`"))
        let generation = generation(
            secured + "\nparameters: [{name: q, in: query, required: true, schema: {type: string}, x-confine: promql}]")
        #expect(try generation.has("public let q: Confined<PromQLQuery>", in: "Operations.swift"))
        #expect(
            try generation.has(
                """
                let q = try decoder.confined(
                Confined<PromQLQuery>.self,
                decoder.required("q", in: .query, StringSchema()),
                for: credential,
                "q",
                in: .query
                )
                """, in: "Operations.swift"))
    }

    @Test("an input of a form, and one that is optional")
    func formInput() throws {
        let generation = generation(
            """
            security: [{b: []}]
            x-tenancy: query
            requestBody:
              content:
                application/x-www-form-urlencoded:
                  schema: {type: object, properties: {q: {type: string, x-confine: promql}}}
            """, method: "post")
        #expect(
            try generation.has("public let q: Confined<PromQLQuery>?", in: "Operations.swift"), "\(generation.problems)"
        )
        #expect(try !generation.has("guard let q else", in: "Operations.swift"))
    }

    @Test("a confined array is never optional: absent is an empty list, which the type decides about")
    func confinedArray() throws {
        let generation = generation(
            """
            security: [{b: []}]
            x-tenancy: query
            parameters:
              - {name: q, in: query, schema: {type: array, items: {type: string}}, x-confine: promql}
            """)
        #expect(try generation.has("public let q: Confined<PromQLQuery>\n", in: "Operations.swift"))
        #expect(try generation.has("guard let q else { throw decoder.failure }", in: "Operations.swift"))
    }

    @Test("an array of a form may be repeated and confined too")
    func confinedFormArray() throws {
        let generation = generation(
            """
            security: [{b: []}]
            x-tenancy: query
            requestBody:
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    properties: {"match[]": {type: array, items: {type: string}, x-confine: promql}}
            """, method: "post")
        #expect(try generation.has("public let match: Confined<PromQLQuery>\n", in: "Operations.swift"))
        #expect(
            try generation.has(
                """
                decoder.array("match[]", in: .body, required: false, ArraySchema(StringSchema())),
                for: credential,
                "match[]",
                in: .body
                """, in: "Operations.swift"), "\(generation.problems)")
    }

    /// A path with an input in a parameter of its own and one in a form, both by reference to what `components` has.
    private func shared(_ schemas: String, reference: String) -> Generation {
        Generation(
            """
            \(Snippet.head)
            components:
              securitySchemes: {b: {type: http, scheme: bearer}}
              schemas: \(schemas)
            security: [{b: []}]
            paths:
              /a:
                parameters: [{name: q, in: query, schema: {$ref: "#/components/schemas/\(reference)"}}]
                get: {operationId: getA, tags: [T], x-tenancy: query, responses: {"204": {description: d}}}
                post:
                  operationId: postA
                  tags: [T]
                  x-tenancy: query
                  requestBody:
                    content: {application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/F"}}}
                  responses: {"204": {description: d}}

            """, configuration: Self.configuration)
    }

    @Test(
        "an extension on a schema that inputs refer to holds for each of them",
        arguments: [
            ("{F: {properties: {q: {$ref: \"#/components/schemas/Q\"}}}, Q: {type: string, x-confine: promql}}", "Q"),
            ("{F: {properties: {q: {type: string, x-confine: promql}}}}", "F/properties/q"),
            (
                "{F: {properties: {q: {allOf: [{$ref: \"#/components/schemas/Q\"}]}}}, "
                    + "Q: {$ref: \"#/components/schemas/R\"}, R: {type: string, x-confine: promql}}", "Q"
            ),
        ])
    func sharedSchema(schemas: String, reference: String) throws {
        let generation = shared(schemas, reference: reference)
        let text = try generation.file("Operations.swift")
        #expect(text.components(separatedBy: "public let q: Confined<PromQLQuery>?\n").count == 4, "\(text)")
        #expect(!text.contains("public let q: String"))
    }

    @Test("a confined schema as the items of an array is refused: nothing would be confined")
    func confinedItems() {
        let generation = shared(
            "{F: {properties: {q: {$ref: \"#/components/schemas/Q\"}, "
                + "r: {type: array, items: {$ref: \"#/components/schemas/Q\"}}}}, Q: {type: string, x-confine: promql}}",
            reference: "Q")
        #expect(generation.rules == [.extensionInput], "\(generation.problems)")
        #expect(generation.problems.hasPrefix("api.yaml:6:"), "\(generation.problems)")
    }

    @Test("an input cannot be confined in two ways")
    func contradiction() {
        let configuration = Self.configuration.replacing(
            "promql: Confined<PromQLQuery>", with: "promql: Confined<PromQLQuery>\n    other: Confined<Other>")
        let generation = Generation(
            Snippet.operation(
                """
                security: [{b: []}]
                x-tenancy: query
                parameters: [{name: q, in: query, x-confine: other, schema: {$ref: "#/components/schemas/Q"}}]
                """,
                rest: "components: {securitySchemes: {b: {type: http, scheme: bearer}}, "
                    + "schemas: {Q: {type: string, x-confine: promql}}}"), configuration: configuration)
        #expect(generation.rules.contains(.extensionInput), "\(generation.problems)")
        #expect(generation.problems.contains("only one input extension can choose"), "\(generation.problems)")
    }

    @Test("an unknown value of an input extension is refused")
    func unknownInputValue() {
        let generation = generation(
            "security: [{b: []}]\nx-tenancy: query\n"
                + "parameters: [{name: q, in: query, schema: {type: string}, x-confine: sql}]")
        #expect(generation.rules == [.unknownExtensionValue, .extensionInput])
        #expect(generation.problems.contains("help: the values are `promql`"))
    }

    @Test("a confined input of a public operation is refused: nobody is there to confine it to")
    func publicConfined() {
        let generation = generation(
            "x-tenancy: public\nparameters: [{name: q, in: query, schema: {type: string}, x-confine: promql}]")
        #expect(generation.rules == [.extensionSecurity], "\(generation.problems)")
    }

    @Test("a configured extension where nobody reads it is refused")
    func misplaced() {
        let inSchema = generation(
            "x-tenancy: public\nparameters: [{name: q, in: query, schema: {type: string, x-confine: promql}}]")
        #expect(inSchema.rules == [.misplacedExtension], "\(inSchema.problems)")
        #expect(inSchema.problems.contains("it belongs to a parameter (beside its `schema`) or to a field of a form"))
        let onPath = Generation(
            Snippet.operation("x-tenancy: public").replacing("    get:", with: "    x-tenancy: own\n    get:"),
            configuration: Self.configuration)
        #expect(onPath.rules == [.misplacedExtension], "\(onPath.problems)")
        #expect(onPath.problems.contains("help: it belongs to an operation"))
    }

    @Test("without a configuration nothing is demanded and nothing is generated")
    func unconfigured() throws {
        let generation = Generation(
            Snippet.operation("parameters: [{name: q, in: query, schema: {type: string}, x-confine: promql}]"))
        #expect(try generation.has("public let q: String?", in: "Operations.swift"))
        #expect(try !generation.file("Operations.swift").contains("extensions:"))
        #expect(try !generation.file("SecuritySchemes.swift").contains("protocol"))
        #expect(try !generation.file("Router.swift").contains("authenticat"))
    }

    @Test("missing extensions are told even if the document has other problems")
    func besidesOtherProblems() {
        let generation = generation("foo: 1")
        #expect(Set(generation.rules) == [.unknownKeyword, .missingExtension], "\(generation.problems)")
    }
}
