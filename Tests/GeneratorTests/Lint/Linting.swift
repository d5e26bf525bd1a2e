import Foundation

@testable import Generator

/// A document that was linted.
struct Linting {
    let diagnostics = Diagnostics()

    init(
        _ document: String, configuration: String? = nil, generator: String? = nil, ignored: String? = nil,
        files: [String: String] = [:]
    ) {
        func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, bytes: Array(text.utf8)) }
        let load = { (path: String) in files[path].map { file(path, $0) } }
        var linter = Linter(diagnostics: diagnostics, load: load)
        if let configuration {
            var reader = LintConfigurationReader(diagnostics: diagnostics, load: load)
            linter.configuration = reader.read(file("redocly.yaml", configuration))
        }
        linter.ignored = ignored.map { (file(".redocly.lint-ignore.yaml", $0), "") }
        linter.generator = generator.map { file("generator.yaml", $0) }
        linter.lint(file("api.yaml", document))
    }

    /// Everything that was found, as a terminal shows it.
    var text: String { diagnostics.rendered() }

    /// `line: severity: message [rule]`, in the order of the document.
    var heads: [String] {
        text.split(separator: "\n").compactMap { line in
            guard let match = line.wholeMatch(of: /([^:]+):(\d+):\d+: (error|warning|notice): .*\[[A-Za-z0-9.-]+\]/)
            else {
                return nil
            }
            return match.1 == "api.yaml"
                ? String(line.dropFirst("api.yaml:".count)) : String(line)
        }
    }

    /// The rules that found something.
    var rules: Set<String> { Set(diagnostics.all.map(\.ruleName)) }
}
