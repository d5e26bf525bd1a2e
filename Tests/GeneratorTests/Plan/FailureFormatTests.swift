import Testing

@testable import Generator

@Suite("What failures are answered in")
struct FailureFormatTests {
    private static let configuration = """
        failures:
          - {media-type: application/problem+json}
          - {media-type: text/plain}
          - {media-type: application/json, schema: Envelope}
        """

    private func generation(_ responses: String, configuration: String? = configuration) -> Generation {
        let document = Snippet.operation(
            "",
            rest: """
                components:
                  responses:
                    Problem: {description: d, content: {application/problem+json: {schema: {type: object}}}}
                    Envelope:
                      description: d
                      content: {application/json: {schema: {$ref: "#/components/schemas/Envelope"}}}
                  schemas: {Envelope: {type: object}, Other: {type: object}}
                """
        ).replacing("\"204\": {description: Nothing.}", with: responses)
        return Generation(document, configuration: configuration)
    }

    @Test(
        "the operation says which format the document names, with its parameters",
        arguments: [
            ("400: {description: d, content: {text/plain; charset=utf-8: {}}}", "text/plain; charset=utf-8"),
            (
                "400: {$ref: \"#/components/responses/Envelope\"}\n"
                    + "        503: {$ref: \"#/components/responses/Envelope\"}", "application/json"
            ),
            (
                "400: {$ref: \"#/components/responses/Problem\"}\n        503: {description: d, content: "
                    + "{application/json: {schema: {$ref: \"#/components/schemas/Other\"}}}}",
                "application/problem+json"
            ),
        ])
    func named(responses: String, mediaType: String) throws {
        let generation = generation(responses)
        #expect(
            try generation.file("Operations.swift").contains("failureMediaType: \"\(mediaType)\""),
            "\(generation.problems)")
    }

    @Test("a good answer and an error without content name none")
    func unnamed() throws {
        let generation = generation(
            "200: {description: d, content: {text/plain: {}}}\n        400: {description: d}")
        #expect(try !generation.file("Operations.swift").contains("failureMediaType"))
    }

    @Test("an operation that mixes formats is refused, where the second stands")
    func mixed() {
        let generation = generation(
            "400: {$ref: \"#/components/responses/Problem\"}\n"
                + "        503: {$ref: \"#/components/responses/Envelope\"}")
        #expect(generation.rules == [.mixedFailures], "\(generation.problems)")
        #expect(
            generation.problems.hasPrefix("api.yaml:17:9: error: failures of this operation"), "\(generation.problems)")
        #expect(generation.problems.contains("api.yaml:5:41: note: the first of them"), "\(generation.problems)")
        let inOne = self.generation("400: {description: d, content: {text/plain: {}, application/problem+json: {}}}")
        #expect(inOne.rules == [.mixedFailures], "\(inOne.problems)")
    }

    @Test("without a configuration nothing is demanded, and mixed formats are none")
    func unconfigured() throws {
        let mixed =
            "400: {$ref: \"#/components/responses/Problem\"}\n"
            + "        503: {$ref: \"#/components/responses/Envelope\"}"
        #expect(
            try !generation(mixed, configuration: nil).file("Operations.swift").contains("failureMediaType"))
        #expect(
            try generation("400: {$ref: \"#/components/responses/Problem\"}", configuration: nil)
                .file("Operations.swift").contains("failureMediaType: \"application/problem+json\""))
    }

    @Test(
        "a format that is none is refused in the configuration",
        arguments: [
            ("failures: [{media-type: nonsense}]", "invalid-value"),
            ("failures: [{media-type: text/plain; a=b}]", "invalid-value"),
            ("failures: [{schema: Other}]", "missing-keyword"),
            ("failures: [{media-type: a/b, schema: Missing}]", "invalid-value"),
            ("failures: {media-type: a/b}", "unexpected-type"),
            ("failures: [{media-type: a/b, status: 400}]", "unknown-keyword"),
        ])
    func configuration(text: String, rule: String) {
        let generation = generation("200: {description: d}", configuration: text)
        #expect(generation.rules.map(\.rawValue) == [rule], "\(generation.problems)")
        #expect(generation.problems.hasPrefix("generator.yaml:1:"), "\(generation.problems)")
    }
}
