/// `lint`: holds documents to rules.
struct LintCommand: Command {
    static let description = CommandDescription(
        name: "lint", summary: "Holds OpenAPI documents to Redocly's rules and to those of generator.yaml.",
        operandNames: "[FILE]…", operands: 0...Int.max,
        options: [
            .value(
                "--config", "FILE", "which rules are on; without it redocly.yaml of the working directory,",
                "and without that the ruleset `recommended`"),
            .value("--extends", "RULESET", "that ruleset instead of what the configuration says"),
            .value("--generator", "FILE", "generator.yaml, whose rules for extensions are checked as well"),
            .format, .allowRemoteReferences,
            .flag("--rules", "prints all rules with their severities, and does nothing else"),
        ],
        details: [
            "A FILE may also be the name of an API in the configuration; without any, all of those are looked at.",
            "Problems that .redocly.lint-ignore.yaml beside the configuration names are not reported.",
        ])

    let documents: [String]
    let configuration: String?
    let ruleset: LintConfiguration.Ruleset?
    let generator: String?
    let format: Diagnostics.Format
    let listsRules: Bool
    let fetch: RemoteFiles.Fetch?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        documents = arguments.operands
        configuration = arguments.value("--config")
        ruleset = try arguments.choice("--extends")
        generator = arguments.value("--generator")
        format = try arguments.format()
        listsRules = arguments.has("--rules")
        fetch = arguments.fetch
    }

    func run() throws -> Int32 {
        if listsRules {
            try Files.write(Self.ruleList, to: nil)
            return 0
        }
        let diagnostics = Diagnostics()
        let load = { (path: String) in try? Files.read(path) }
        var linter = Linter(diagnostics: diagnostics, load: load, fetch: fetch)
        let path = configuration ?? "redocly.yaml"
        let file = configuration == nil ? try Files.present(path) : try Files.read(path)
        if let file {
            var reader = LintConfigurationReader(diagnostics: diagnostics, load: load)
            linter.configuration = reader.read(file)
        }
        if let ruleset {
            linter.configuration.settings = [:]
            LintConfiguration.apply(ruleset, to: &linter.configuration.settings)
            for index in linter.configuration.apis.indices {
                linter.configuration.apis[index].settings = linter.configuration.settings
            }
        }
        let folder = LintConfigurationReader.folder(of: path)
        linter.ignored = try Files.present(folder + ".redocly.lint-ignore.yaml").map { ($0, folder) }
        if let generator { linter.generator = try Files.read(generator) }
        let apis = linter.configuration.apis
        let paths =
            documents.isEmpty
            ? apis.map(\.root) : documents.map { name in apis.first { $0.name == Name(name) }?.root ?? name }
        guard !paths.isEmpty else {
            throw Arguments.UsageError(message: "no FILE is given, and \(path) names no APIs")
        }
        var isComplete = true
        for path in paths {
            do throws(FileError) {
                linter.lint(try Files.read(path))
            } catch {
                StandardStream.error.write("error: \(error.message)\n")
                isComplete = false
            }
        }
        try Files.write(diagnostics.rendered(format), to: nil)
        if format == .text { StandardStream.error.write(Self.summary(diagnostics, paths.count)) }
        return diagnostics.hasErrors || !isComplete ? 1 : 0
    }

    private static func summary(_ diagnostics: Diagnostics, _ count: Int) -> String {
        let errors = diagnostics.count(.error)
        let warnings = diagnostics.count(.warning)
        func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
        return "\(counted(errors, "error")) and \(counted(warnings, "warning")) in \(counted(count, "document"))\n"
    }

    private static var ruleList: String {
        let width = LintRule.all.map(\.name.utf8.count).max() ?? 0
        return LintRule.all.map { rule in
            let space = String(repeating: " ", count: width - rule.name.utf8.count)
            let severity = rule.recommended.rawValue
            return
                "\(rule.name)\(space)  \(severity)\(String(repeating: " ", count: 5 - severity.utf8.count))  \(rule.summary)\n"
        }.joined()
    }
}
