/// One rule of lint: its name and severities are those of Redocly CLI, what it does is ours.
/// https://redocly.com/docs/cli/rules/built-in-rules
struct LintRule: Sendable {
    enum Severity: String, Sendable, CaseIterable {
        case off, warn, error
    }

    let name: String
    /// The severities in the rulesets `recommended`, `minimal` and `spec`.
    let recommended: Severity
    let minimal: Severity
    let spec: Severity
    /// The versions of OpenAPI that it is about.
    var versions: Set<Document.Version> = [.v30, .v31, .v32]
    /// One sentence for the list of rules.
    let summary: String
    let check: @Sendable (LintContext) -> Void

    init(
        _ name: String, _ recommended: Severity, _ minimal: Severity, _ spec: Severity,
        versions: Set<Document.Version> = [.v30, .v31, .v32], _ summary: String,
        check: @escaping @Sendable (LintContext) -> Void
    ) {
        self.name = name
        self.recommended = recommended
        self.minimal = minimal
        self.spec = spec
        self.versions = versions
        self.summary = summary
        self.check = check
    }

    /// Every rule, in the order in which the documentation lists them.
    static let all: [LintRule] =
        documentRules + infoRules + serverRules + tagRules + pathRules + parameterRules + operationRules
        + responseRules + securityRules + schemaRules + exampleRules + componentRules
}

/// What a rule looks at, and where it reports.
struct LintContext {
    let document: LintDocument
    /// What `redocly.yaml` says about the rule beside its severity.
    let options: Mapping?
    let report: (Location, String, String?, [Diagnostic.Note]) -> Void

    func report(
        _ location: Location, _ message: String, advice: String? = nil, notes: [Diagnostic.Note] = []
    ) {
        report(location, message, advice, notes)
    }

    func option(_ name: Name) -> Bool { options?[name]?.value.boolean ?? false }

    /// A member that has to be there and must not be empty.
    func checkPresent(_ key: Name, in mapping: Mapping, at location: Location, _ what: String, advice: String? = nil) {
        guard let entry = mapping[key] else {
            report(location, "\(what) has no `\(key)`", advice: advice)
            return
        }
        if let text = entry.value.scalar?.text, text.isEmpty {
            report(entry.keyLocation, "the `\(key)` of \(what) is empty", advice: advice)
        }
    }
}
