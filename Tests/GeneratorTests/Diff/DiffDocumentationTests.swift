import Testing

@testable import Generator

@Suite("The documentation of diff")
struct DiffDocumentationTests {
    @Test("its table is that of the changes")
    func table() throws {
        let rows = ChangeRule.allCases.map { rule in
            "| `\(rule.rawValue)` | \(rule.levels.request.rawValue) | \(rule.levels.response.rawValue) | \(rule.summary) |"
        }
        let text = try Repository.text("docs/diff.md")
        let table = rows.joined(separator: "\n")
        #expect(text.contains("|---|---|---|---|\n\(table)\n\n"), "put there:\n\(table)")
    }
}
