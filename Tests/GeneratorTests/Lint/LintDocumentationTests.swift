import Testing

@testable import Generator

@Suite("The documentation of lint")
struct LintDocumentationTests {
    @Test("its table is that of the rules")
    func table() throws {
        let rows = LintRule.all.map { rule in
            "| `\(rule.name)` | \(rule.recommended.rawValue) | \(rule.minimal.rawValue) | \(rule.spec.rawValue) | \(rule.summary) |"
        }
        let text = try Repository.text("docs/lint.md")
        #expect(
            text.contains("|---|---|---|---|---|\n\(rows.joined(separator: "\n"))\n\n"),
            "put there:\n\(rows.joined(separator: "\n"))")
    }
}
