/// Which rules are on, as a `redocly.yaml` says. https://redocly.com/docs/cli/configuration
struct LintConfiguration: Sendable {
    struct Setting: Sendable {
        var severity: LintRule.Severity
        /// What else is said about the rule.
        var options: Mapping?
    }

    /// A document that the configuration names.
    struct API: Sendable {
        var name: Name
        /// The path of the document, relative to the working directory.
        var root: String
        var settings: [String: [Document.Version: Setting]]
    }

    /// By the rule's name and the version of the document.
    var settings: [String: [Document.Version: Setting]] = [:]
    var apis: [API] = []

    /// The rulesets that have names of their own.
    enum Ruleset: String, Sendable, CaseIterable {
        case recommended, minimal, spec
        case recommendedStrict = "recommended-strict"
        case minimalStrict = "minimal-strict"

        func severity(_ rule: LintRule) -> LintRule.Severity {
            switch self {
            case .recommended: rule.recommended
            case .minimal: rule.minimal
            case .spec: rule.spec
            case .recommendedStrict: rule.recommended == .warn ? .error : rule.recommended
            case .minimalStrict: rule.minimal == .warn ? .error : rule.minimal
            }
        }
    }

    static let versions: [Document.Version] = [.v30, .v31, .v32]

    /// Without a file, the recommended rules are on.
    static var standard: LintConfiguration {
        var configuration = LintConfiguration()
        apply(.recommended, to: &configuration.settings)
        return configuration
    }

    static func apply(_ ruleset: Ruleset, to settings: inout [String: [Document.Version: Setting]]) {
        for rule in LintRule.all {
            for version in versions {
                settings[rule.name, default: [:]][version] = Setting(severity: ruleset.severity(rule))
            }
        }
    }

    /// The settings for a document: its own if the configuration names it.
    func settings(forPath path: String) -> [String: [Document.Version: Setting]] {
        apis.first { References.normalized($0.root) == References.normalized(path) }?.settings ?? settings
    }
}
