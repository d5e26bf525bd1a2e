import Testing

@testable import Generator

@Suite("No document makes the tools crash")
struct ToolRobustnessTests {
    @Test("broken copies of documents are linted, compared and bundled", arguments: 0..<6)
    func mutations(seed: Int) {
        for document in [LintRulesTests.document, OperationComparisonTests.document, Everything.document] {
            for text in BrokenCopies(of: document, count: 6, seed: seed) {
                let linting = Linting(text, configuration: LintRulesTests.allRules)
                #expect(linting.diagnostics.all.allSatisfy { $0.location.line > 0 })
                let comparing = Comparing(document, text)
                #expect(comparing.diagnostics.all.allSatisfy { $0.location.line > 0 })
                let diagnostics = Diagnostics()
                let file = SourceFile(path: "a", bytes: Array(text.utf8))
                if let root = YAMLReader.read(file, diagnostics: diagnostics) {
                    _ = Bundler.bundle(root, diagnostics: diagnostics) { SourceFile(path: $0, bytes: file.bytes) }
                    _ = YAMLText.text(of: root)
                }
            }
        }
    }

    @Test("references may go as deep as they like")
    func deepReferences() {
        func document(_ type: String, _ wrap: (String) -> String) -> String {
            let count = 600
            let schemas = (0..<count).map { "    S\($0): \(wrap("{$ref: '#/components/schemas/S\($0 + 1)'}"))\n" }
                .joined()
            return """
                openapi: 3.1.0
                info: {title: A, version: "1"}
                paths:
                  /a: {post: {requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/S0'}, example: {a: {a: 1}}}}}}}
                components:
                  schemas:
                \(schemas)    S\(count): {type: \(type)}
                """
        }
        let wraps: [(String) -> String] = [
            { "{properties: {a: \($0)}}" }, { "{allOf: [\($0)], required: [a]}" }, { "{not: \($0)}" },
        ]
        for wrap in wraps {
            let old = document("string", wrap)
            let new = document("integer", wrap)
            #expect(!Linting(old).text.isEmpty)
            #expect(!Comparing(old, new).changes.isEmpty)
        }
    }
}
