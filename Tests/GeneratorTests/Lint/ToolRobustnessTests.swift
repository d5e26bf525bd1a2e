import Testing

@testable import Generator

@Suite("No document makes the tools crash")
struct ToolRobustnessTests {
    @Test("broken copies of documents are linted, compared and bundled", arguments: 0..<6)
    func mutations(seed: Int) {
        var numbers = RobustnessTests.Numbers(state: UInt64(seed))
        let pieces = ["- ", ": ", "{", "}", "[", "]", "\"", "$ref: \"#/\"", "~", "0", "é", "{$ref: '#/components'}"]
        for document in [LintRulesTests.document, OperationComparisonTests.document, Everything.document] {
            let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
            for _ in 0..<6 {
                var changed = lines.map { String($0) }
                for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                    let line = Int.random(in: 0..<changed.count, using: &numbers)
                    switch Int.random(in: 0..<4, using: &numbers) {
                    case 0: changed.remove(at: line)
                    case 1: changed[line] = String(changed[line].dropFirst(2))
                    case 2: changed.swapAt(line, Int.random(in: 0..<changed.count, using: &numbers))
                    default:
                        let index = changed[line].indices.randomElement(using: &numbers) ?? changed[line].startIndex
                        changed[line].insert(contentsOf: pieces.randomElement(using: &numbers) ?? "", at: index)
                    }
                }
                let text = changed.joined(separator: "\n")
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
