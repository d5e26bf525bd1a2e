import Foundation
import Testing

@testable import Generator

@Suite("The configuration of lint")
struct LintConfigurationTests {
    /// Two findings: no licence (warn), no summary (error).
    static let document = """
        openapi: 3.1.0
        info: {title: A, version: "1"}
        servers: [{url: /}]
        security: []
        paths:
          /a:
            get:
              operationId: a
              responses: {"200": {description: d}, 4XX: {description: d}}
        """
    static let licence = "warning: the info object has no `license` [info-license]"
    static let summary = "error: GET /a has no `summary` [operation-summary]"

    @Test("without a configuration the recommended rules are on")
    func standard() {
        #expect(Linting(Self.document).heads == ["2:1: \(Self.licence)", "7:5: \(Self.summary)"])
    }

    @Test(
        "a ruleset is extended, and rules override it",
        arguments: [
            ("extends: recommended", ["2: \(licence)", "7: \(summary)"]),
            ("extends: [recommended-strict]", ["2: error\(licence.dropFirst(7))", "7: \(summary)"]),
            ("extends: [minimal]", ["7: warning\(summary.dropFirst(5))"]),
            ("extends: [minimal-strict]", ["7: \(summary)"]),
            ("extends: [spec]", []), ("extends: []", []),
            ("rules: {info-license: off, operation-summary: warn}", ["7: warning\(summary.dropFirst(5))"]),
            (
                "rules: {info-license: {severity: error}, operation-summary: \"off\"}",
                ["2: error\(licence.dropFirst(7))"]
            ),
            ("oas3_1Rules: {info-license: off}\noas3_0Rules: {operation-summary: off}", ["7: \(summary)"]),
            ("rules: {operation-summary: off}\napis: {a: {root: ./api.yaml, rules: {info-license: off}}}", []),
            (
                "extends: minimal\napis: {a: {root: b.yaml, rules: {operation-summary: off}}}",
                ["7: warning\(summary.dropFirst(5))"]
            ),
        ] as [(String, [String])])
    func rulesets(configuration: String, expected: [String]) {
        let heads = Linting(Self.document, configuration: configuration).heads.map { head in
            let pieces = head.split(separator: ":", maxSplits: 2)
            return "\(pieces[0]):\(pieces[2])"
        }
        #expect(heads == expected)
    }

    @Test("rulesets may be files, which may extend others")
    func files() {
        let files = [
            "rules/a.yaml": "extends: [./b.yaml]\nrules: {operation-summary: warn}",
            "rules/b.yaml": "extends: [minimal]",
        ]
        let linting = Linting(Self.document, configuration: "extends: [rules/a.yaml]", files: files)
        #expect(linting.heads == ["7:5: warning\(Self.summary.dropFirst(5))"])
        let circle = Linting(
            Self.document, configuration: "extends: [a.yaml]", files: ["a.yaml": "extends: [a.yaml]"])
        #expect(circle.heads == ["a.yaml:1:11: warning: `a.yaml` extends itself [lint-configuration]"])
    }

    @Test(
        "what is not known here is told, never passed over",
        arguments: [
            ("rules: {path-segment-plural: warn}", "`path-segment-plural` is not checked: there is no such rule here"),
            ("rules: {spec: error}", "`spec` is not checked: there is no such rule here"),
            ("rules: {rule/mine: error}", "`rule/mine` is not checked: rules of your own are not supported"),
            ("rules: {info-license: loud}", "a severity is `off`, `warn` or `error`"),
            ("rules: [a]", "`rules` has to be an object, not an array"),
            ("extends: [https://a/b.yaml]", "there is no ruleset `https://a/b.yaml` here"),
            ("extends: [c.yaml]", "the file `c.yaml` cannot be read"),
            ("plugins: [a.js]", "`plugins` cannot be run here, so that their rules are not checked"),
            ("apis: {a: {}}", "the API `a` has no `root`"),
        ])
    func unknown(configuration: String, message: String) {
        let linting = Linting(Self.document, configuration: configuration)
        #expect(linting.text.contains("warning: \(message) [lint-configuration]"), "\(linting.text)")
    }

    @Test("rules that are off are not missed, nor those of other specifications")
    func others() {
        let configuration = """
            rules: {path-segment-plural: off, operation-summary: off, info-license: off}
            async2Rules: {channels-kebab-case: error}
            openapi: {hideLogo: true}
            """
        #expect(Linting(Self.document, configuration: configuration).heads.isEmpty)
    }

    @Test("options of rules are heeded")
    func options() {
        let extra = """
              /b:
                get: {operationId: b, summary: s, responses: {"200": {description: d}, "400": {description: d}}}
            webhooks:
              w:
                post: {operationId: c, summary: s, responses: {"500": {description: d}}}
            tags: [{name: a, description: d}, {name: A, description: d}]
            """
        func rules(_ configuration: String) -> [String] {
            Linting(Self.document.replacing("security: []\n", with: "") + "\n" + extra, configuration: configuration)
                .heads
        }
        #expect(
            rules("extends: []\nrules: {security-defined: {exceptions: [{path: /a}, {path: /b, methods: [post]}]}}")
                == ["10:5: error: GET /b does not say what it demands of callers [security-defined]"])
        #expect(rules("extends: []\nrules: {operation-2xx-response: {severity: error}}") == [])
        #expect(
            rules("extends: []\nrules: {operation-2xx-response: {validateWebhooks: true}}")
                == ["13:40: error: POST w says nothing about success [operation-2xx-response]"])
        #expect(rules("extends: []\nrules: {no-duplicated-tag-names: error}") == [])
        #expect(
            rules("extends: []\nrules: {no-duplicated-tag-names: {ignoreCase: true}}")
                == ["14:42: error: there is a tag `A` already [no-duplicated-tag-names]"])
    }

    @Test("problems that the ignore file names are not reported, and pointers that lead nowhere are")
    func ignored() {
        let ignored = """
            api.yaml:
              operation-summary: ['#/paths/~1a/get']
              info-license: ['#/info/license', '#/info/what/ever']
            other.yaml:
              info-license: ['#/a']
            """
        #expect(
            Linting(Self.document, ignored: ignored).heads == [
                ".redocly.lint-ignore.yaml:3:36: warning: `#/info/what/ever` leads nowhere in api.yaml [lint-configuration]"
            ])
    }

    @Test("the rules of generator.yaml are checked where the document cannot be generated, too")
    func extensions() {
        let generator = """
            operation-extensions: {x-tenancy: {required: true, values: {own: {}}}}
            """
        let heads = Linting(Self.document + "\nfoo: 1", configuration: "extends: []", generator: generator).heads
        #expect(heads == ["7:5: error: GET /a needs `x-tenancy` [missing-extension]"])
        let broken = Linting(Self.document, configuration: "extends: []", generator: "foo: 1").heads
        #expect(broken == ["generator.yaml:1:1: error: the configuration has no keyword `foo` [unknown-keyword]"])
    }

    @Test("other files are followed, and what is wrong in them is found there")
    func otherFiles() {
        let document = Self.document.replacing(
            "\"200\": {description: d}", with: "\"200\": {$ref: parts/a.yaml#/ok}")
        let heads = Linting(
            document, configuration: "extends: []\nrules: {struct: error, no-unresolved-refs: error}",
            files: [
                "parts/a.yaml": "ok:\n  description: 1\n  content: {a/b: {schema: {$ref: ../b.yaml}}}",
                "b.yaml": "typ: string",
            ]
        ).heads
        #expect(
            heads == [
                "parts/a.yaml:2:16: error: `description` has to be a string, not an integer [struct]",
                "b.yaml:1:1: error: a schema has no keyword `typ` [struct]",
            ])
    }

    @Test("a path item in another file is that of its path")
    func pathItems() {
        let document = Self.document + "\n  /b/{id}: {$ref: b.yaml}"
        let item = "get: {operationId: b, summary: s, responses: {'200': {description: d}}}"
        let heads = Linting(
            document, configuration: "extends: []\nrules: {path-parameters-defined: error}", files: ["b.yaml": item]
        ).heads
        #expect(
            heads == [
                "b.yaml:1:1: error: GET /b/{id} does not declare the parameter `{id}` of its path [path-parameters-defined]"
            ])
    }

    @Test("references in a circle are followed once")
    func circles() {
        let components = """

            components:
              schemas:
                A: {allOf: [{$ref: '#/components/schemas/A'}], required: [b], properties: {a: {$ref: '#/components/schemas/B'}}}
                B: {$ref: '#/components/schemas/B'}
              examples: {E: {value: 1}}
            """
        let heads = Linting(Self.document + components, configuration: LintRulesTests.allRules).heads
        #expect(heads.contains { $0.contains("`b` is required, but no property of the schema") })
    }

    @Test("an OpenAPI document of another version is refused")
    func version() {
        #expect(
            Linting("swagger: '2.0'").heads
                == ["1:1: error: this is no OpenAPI 3 document: it has no `openapi` [unsupported-version]"])
        #expect(
            Linting("openapi: 4.0.0").heads == ["1:10: error: OpenAPI `4.0.0` is not supported [unsupported-version]"])
    }

    @Test("the command looks at APIs by name, prints to the standard output and ends with 1 for errors")
    func command() throws {
        try Tools.withFolder { folder in
            func write(_ name: String, _ text: String) throws -> String {
                let url = folder.appending(path: name)
                try Data(text.utf8).write(to: url)
                return url.path(percentEncoded: false)
            }
            let document = try write("api.yaml", Self.document)
            let configuration = try write("redocly.yaml", "apis: {pets: {root: api.yaml, rules: {info-license: off}}}")
            let result = try Tools.generate(["lint", "pets", "--config", configuration])
            #expect(result.status == 1)
            #expect(result.output.hasPrefix("\(document):7:5: \(Self.summary)\n"))
            #expect(result.errors == "1 error and 0 warnings in 1 document\n")
            let all = try Tools.generate(["lint", "--config", configuration, "--format", "github"])
            #expect(
                all.output
                    == "::error file=\(document),line=7,col=5,title=operation-summary::GET /a has no `summary`\n")
            let spec = try Tools.generate(["lint", document, "--extends", "spec", "--format", "json"])
            #expect(spec.output == "[]\n")
            #expect(spec.status == 0)
        }
    }
}
