import Testing

@testable import Generator

@Suite("What is wrong in an operation is told with its place")
struct OperationProblemTests {
    @Test(
        "parameters, responses, security",
        arguments: [
            ("parameters: [{name: b, in: path, required: true, schema: {type: string}}]", "path-parameter"),
            ("parameters: [{name: b, in: nowhere, schema: {type: string}}]", "invalid-value"),
            ("parameters: [{name: b, in: query}]", "missing-keyword"),
            ("parameters: [{name: b, in: query, content: {}}]", "invalid-value"),
            ("parameters: [{name: b, in: query, style: matrix, schema: {type: string}}]", "invalid-value"),
            ("parameters: [{name: b, in: query, schema: {type: string, pattern: \"(?i:a)\"}}]", "unsupported-value"),
            (
                "parameters: [{name: b, in: query, schema: {type: string}}, {name: b, in: query, schema: {}}]",
                "duplicate-parameter"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: integer, minimum: 5, maximum: 4}}]",
                "contradictory-constraint"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: integer, format: int32, minimum: 3000000000}}]",
                "contradictory-constraint"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: string, minLength: 2, maxLength: 1}}]",
                "contradictory-constraint"
            ),
            ("parameters: [{name: b, in: query, schema: {type: integer, default: a}}]", "invalid-value"),
            ("parameters: [{name: b, in: query, schema: {type: string, enum: [a], default: b}}]", "invalid-value"),
            ("parameters: [{name: b, in: query, schema: {type: string, maxLength: 1, default: ab}}]", "invalid-value"),
            ("parameters: [{name: b, in: query, schema: {type: integer, multipleOf: 2, default: 3}}]", "invalid-value"),
            (
                "parameters: [{name: b, in: query, schema: {type: integer, format: int32, default: 3000000000}}]",
                "invalid-value"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: number, exclusiveMaximum: 1, default: 1}}]",
                "invalid-value"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: array, items: {type: integer}, default: [1, a]}}]",
                "invalid-value"
            ),
            (
                "parameters: [{name: b, in: query, schema: {type: array, items: {type: integer}, maxItems: 1, "
                    + "default: [1, 2]}}]", "invalid-value"
            ),
            ("parameters: [{name: a b, in: header, schema: {type: string}}]", "invalid-value"),
            ("security: [{a: []}]", "unknown-security-scheme"),
            ("security: [{a: []}, {b: []}]", "unknown-security-scheme"),
            ("callbacks: {a: []}", "unexpected-type"),
            ("callbacks: {a: {\"{$url}\": {post: {foo: 1}}}}", "unknown-keyword"),
        ])
    func operations(content: String, rule: String) {
        let generation = Generation(Snippet.operation(content))
        #expect(generation.rules.map(\.rawValue).contains(rule), "\(generation.problems)")
        #expect(generation.problems.hasPrefix("api.yaml:"), "\(generation.problems)")
        #expect(generation.files.isEmpty)
    }

    @Test(
        "request bodies",
        arguments: [
            ("{content: {application/json: {schema: {type: text}}}}", "invalid-value"),
            ("{content: {application/json: {schema: {pattern: \"(?i:a)\"}}}}", "unsupported-value"),
            ("{content: {application/json: {schema: {pattern: \"(a\"}}}}", "invalid-value"),
            ("{content: {application/json: {encoding: {a: {style: matrix}}}}}", "invalid-value"),
            ("{content: {application/json: {itemEncoding: {}}}}", "unsupported-keyword"),
            ("{content: {nonsense: {}}}", "invalid-value"),
            ("{}", "missing-keyword"),
        ])
    func bodies(body: String, rule: String) {
        let generation = Generation(Snippet.operation("requestBody: \(body)", method: "post"))
        #expect(generation.rules.map(\.rawValue).contains(rule), "\(generation.problems)")
    }

    @Test(
        "responses",
        arguments: [
            ("6XX: {description: d}", "invalid-value"), ("4xx: {description: d}", "invalid-value"),
            ("\"600\": {description: d}", "invalid-value"), ("ok: {description: d}", "invalid-value"),
            ("200: {}", "missing-keyword"),
            ("204: {description: d, content: {text/plain: {}}}", "invalid-value"),
            ("200: {description: d, headers: {\"A B\": {schema: {type: string}}}}", "invalid-value"),
            ("200: {description: d, content: {\"text/plain; a=\\n\": {}}}", "invalid-value"),
            ("200: {description: d, links: {a: {}}}", "missing-keyword"),
        ])
    func responses(response: String, rule: String) {
        let document = Snippet.operation("").replacing("\"204\": {description: Nothing.}", with: response)
        let generation = Generation(document)
        #expect(generation.rules.map(\.rawValue) == [rule], "\(generation.problems)")
    }

    @Test(
        "paths",
        arguments: [
            ("a", "invalid-value"), ("/a/{b", "invalid-value"), ("/a/{}", "invalid-value"),
            ("/{a}/{a}", "invalid-value"), ("/a/{b}.json", "path-parameter"), ("/a/{b}{c}", "invalid-value"),
            ("/a/{b.{c}", "invalid-value"),
            ("/a/b}.{c", "invalid-value"), ("/a?b=é", "invalid-value"),
            ("/é", "invalid-value"),
            ("/a/{b}", "path-parameter"),
        ])
    func paths(path: String, rule: String) {
        let generation = Generation(Snippet.operation("", path: "\"\(path)\""))
        #expect(generation.rules.map(\.rawValue).contains(rule), "\(generation.problems)")
    }

    @Test("two operations that match the same requests are told apart by nothing")
    func ambiguousPaths() {
        let operation = { (id: String, name: String) in
            """
              /a/{\(name)}:
                get:
                  operationId: \(id)
                  tags: [T]
                  parameters: [{name: \(name), in: path, required: true, schema: {type: string}}]
                  responses: {"204": {description: d}}

            """
        }
        let generation = Generation(Snippet.head + "paths:\n" + operation("one", "b") + operation("two", "c"))
        #expect(generation.rules == [.ambiguousPath], "\(generation.problems)")
        #expect(generation.problems.contains("`/a/{c}` matches the same paths as `/a/{b}`"))
    }

    @Test("nor are two whose paths differ by a fragment or the order of a query's pairs")
    func oddPaths() {
        let document = { (first: String, second: String) in
            Snippet.head + "paths:\n"
                + [first, second].map { "  \"\($0)\": {get: {responses: {\"204\": {description: d}}}}\n" }.joined()
        }
        let fragments = Generation(document("/a#b", "/a#c"))
        #expect(fragments.rules == [.pathQuery, .pathQuery, .unreachableOperation], "\(fragments.problems)")
        #expect(!fragments.files.isEmpty)
        #expect(Generation(document("/a?b&c", "/a?c&b")).rules.contains(.ambiguousPath))
        #expect(Generation(document("/a", "/a?b")).files["Router.swift"]?.contains("query: request.query") == true)
    }

    @Test("a body of a GET request is ignored in 3.0, as it says")
    func ignoredBody() throws {
        let body = "requestBody: {content: {text/plain: {}}}"
        let old = Generation(Snippet.operation(body).replacing("3.1.0", with: "3.0.3"))
        #expect(old.rules == [.bodyWithoutMeaning])
        #expect(try !old.file("Operations.swift").contains("let body"))
    }

    @Test("two operations cannot have one id")
    func identity() {
        let twice =
            Snippet.head + Snippet.operation
            + Snippet.operation.replacing("paths:\n", with: "").replacing("/a:", with: "/b:")
        let generation = Generation(twice)
        #expect(generation.rules == [.duplicateOperationId])
        #expect(generation.problems.contains("api.yaml:6:20: note: first used here"), "\(generation.problems)")
    }

    @Test(
        "security schemes that cannot be checked are refused",
        arguments: [
            ("{type: mutualTLS}", Rule.unsupportedValue), ("{type: http, scheme: digest}", .unsupportedValue),
            ("{type: apiKey, name: a, in: path}", .invalidValue), ("{type: apiKey, in: header}", .missingKeyword),
            ("{type: oauth2}", .missingKeyword), ("{type: openIdConnect}", .missingKeyword),
        ])
    func schemes(scheme: String, rule: Rule) {
        let generation = Generation(Snippet.operation("", rest: "components: {securitySchemes: {b: \(scheme)}}"))
        #expect(generation.rules == [rule], "\(generation.problems)")
    }

    @Test("a document without operations is refused")
    func nothing() {
        #expect(Generation(Snippet.head + "paths: {}\n").rules == [.unsupportedValue])
    }
}
