import Foundation

@testable import Generator

/// Two documents that were compared.
struct Comparing {
    let diagnostics = Diagnostics()

    init(_ old: String, _ new: String, extensions: Set<Name> = []) {
        func side(_ text: String, _ path: String) -> Comparison.Side? {
            YAMLReader.read(SourceFile(path: path, bytes: Array(text.utf8)), diagnostics: diagnostics).map {
                Comparison.Side(root: $0, references: References($0, diagnostics: diagnostics))
            }
        }
        guard let before = side(old, "old.yaml"), let after = side(new, "new.yaml") else { return }
        Comparison(old: before, new: after, extensions: extensions, diagnostics: diagnostics).compare()
    }

    var text: String { diagnostics.rendered() }

    /// `level: message [rule]` of each change.
    var changes: [String] {
        diagnostics.all.map { "\($0.severityName): \($0.message) [\($0.ruleName)]" }
    }

    /// `level [rule]` of each change, sorted.
    var kinds: [String] { diagnostics.all.map { "\($0.severityName) [\($0.ruleName)]" }.sorted() }
}
