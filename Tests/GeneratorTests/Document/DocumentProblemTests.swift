import Testing

@testable import Generator

@Suite("What is wrong in a document is told with its place")
struct DocumentProblemTests {
    @Test("an unknown keyword is shown with its line, a caret and a suggestion")
    func unknownKeyword() {
        let generation = Generation(Snippet.schemas("A:\n  type: string\n  maxLenght: 3"))
        #expect(generation.files.isEmpty)
        #expect(
            generation.problems == """
                api.yaml:14:7: error: a schema has no keyword `maxLenght` [unknown-keyword]
                      maxLenght: 3
                      ^
                help: did you mean `maxLength`?

                """)
    }

    @Test(
        "unknown keywords are found in every kind of object",
        arguments: [
            "openapi: 3.1.0\ninfo: {title: T, version: v, foo: 1}\npaths: {}",
            "openapi: 3.1.0\ninfo: {title: T, version: v}\nfoo: 1\npaths: {}",
            Snippet.head + "servers: [{url: /, foo: 1}]\n" + Snippet.operation,
            Snippet.head + "tags: [{name: T, foo: 1}]\n" + Snippet.operation,
            Snippet.head + "components: {foo: 1}\n" + Snippet.operation,
            Snippet.head + "paths: {/a: {foo: 1}}\n",
            Snippet.operation("foo: 1"),
            Snippet.operation("parameters: [{name: a, in: query, schema: {type: string}, foo: 1}]"),
            Snippet.operation("parameters: [{name: a, in: query, schema: {type: string, foo: 1}}]"),
            Snippet.operation("requestBody: {content: {}, foo: 1}", method: "post"),
            Snippet.operation("requestBody: {content: {text/plain: {foo: 1}}}", method: "post"),
            Snippet.head + "components: {responses: {A: {description: d, foo: 1}}}\n" + Snippet.operation,
            Snippet.head + "components: {headers: {A: {schema: {type: string}, foo: 1}}}\n" + Snippet.operation,
            Snippet.head + "components: {securitySchemes: {A: {type: http, scheme: bearer, foo: 1}}}\n"
                + Snippet.operation,
            Snippet.schemas("A: {$ref: \"#/components/schemas/B\", foo: 1}\nB: {type: string}"),
        ])
    func everywhere(document: String) {
        let generation = Generation(document)
        #expect(generation.rules.contains(.unknownKeyword), "\(generation.problems)")
        #expect(generation.problems.contains("has no keyword `foo`"))
    }

    @Test("extensions that nobody configured are ignored")
    func extensions() {
        let generation = Generation(Snippet.schemas("A: {type: string, x-anything: {at: all}}"))
        #expect(generation.problems.isEmpty)
        #expect(!generation.files.isEmpty)
    }

    @Test(
        "constructs that are not supported are refused, not skipped",
        arguments: [
            "$dynamicRef: \"#a\"", "$id: a", "$anchor: a", "$dynamicAnchor: a", "$vocabulary: {}",
        ])
    func unsupportedSchemas(keyword: String) {
        let generation = Generation(Snippet.schemas("A: {\(keyword)}"))
        #expect(generation.rules == [.unsupportedKeyword], "\(generation.problems)")
        #expect(generation.problems.hasPrefix("api.yaml:12:9: error: `\(keyword.prefix { $0 != ":" })` of a schema"))
    }

    @Test(
        "wrong types are named",
        arguments: [
            ("type: 1", "`type` has to be the name of a type, not an integer"),
            ("type: text", "there is no type `text`"),
            ("minLength: -1", "`minLength` has to be an integer of at least 0, not -1"),
            ("minLength: 1.5", "`minLength` has to be an integer of at least 0, not 1.5"),
            ("minLength: a", "`minLength` has to be an integer of at least 0, not a string"),
            ("minimum: low", "`minimum` has to be a number, not a string"),
            ("required: yes", "`required` has to be an array, not a string"),
            ("properties: []", "`properties` has to be an object, not an array"),
            ("description: 1", "`description` has to be a string, not an integer"),
            ("deprecated: \"true\"", "`deprecated` has to be true or false, not a string"),
            ("oneOf: []", "`oneOf` needs at least one schema"),
            ("not: 1", "a schema has to be an object, not an integer"),
            ("discriminator: {}", "a discriminator needs `propertyName`"),
            ("dependentRequired: {a: b}", "the names that `a` demands have to be an array, not a string"),
            ("enum: []", "`enum` needs at least one value"),
            ("enum: [a, a]", "the value `a` is listed twice"),
        ])
    func types(keyword: String, message: String) {
        let generation = Generation(Snippet.schemas("A: {\(keyword)}"))
        #expect(generation.problems.contains(message), "\(generation.problems)")
    }

    @Test("keywords of 3.1 are unknown in 3.0, and the other way round")
    func versions() {
        #expect(Generation(Snippet.schemas("A: {const: a}", version: "3.0.3")).rules == [.unknownKeyword])
        #expect(Generation(Snippet.schemas("A: {type: string, nullable: true}")).rules == [.meaninglessKeyword])
        #expect(
            Generation(Snippet.schemas("A: {type: string, nullable: true}", version: "3.0.3")).problems.isEmpty)
    }

    @Test("other versions are refused, Swagger 2 with advice")
    func otherVersions() {
        #expect(Generation("swagger: \"2.0\"\n").problems.contains("help: convert the document to OpenAPI 3"))
        #expect(Generation("openapi: 4.0.0\n").rules == [.unsupportedVersion])
        #expect(Generation("openapi: 3.1\n").rules == [.unsupportedVersion])
        #expect(Generation("[]").rules == [.unexpectedType])
        #expect(Generation("a: 1").rules == [.missingKeyword])
    }

    @Test("all problems of a document are told at once, in order")
    func everything() {
        let generation = Generation(
            Snippet.operation("foo: 1\nparameters: [{name: a, in: body}]\nx-a: 1", rest: "bar: 1")
                .replacing("operationId: getA", with: "operationId: [x]"))
        let places = generation.problems.split(separator: "\n").filter { $0.hasPrefix("api.yaml:") }
            .compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } }
        #expect(places.count >= 4, "\(generation.problems)")
        #expect(places == places.sorted())
    }
}
