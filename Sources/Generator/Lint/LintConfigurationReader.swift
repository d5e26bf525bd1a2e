/// Reads `redocly.yaml`. What is not known there is told, for who wrote it relies on it.
struct LintConfigurationReader {
    let diagnostics: Diagnostics
    let load: (String) -> SourceFile?
    /// The files that are being read, for those that extend each other in a circle.
    private var open: Set<String> = []

    private typealias Settings = [String: [Document.Version: LintConfiguration.Setting]]

    /// Rules of Redocly CLI that only other specifications have.
    private static let sectionsOfOthers: [Name] = [
        "oas2Rules", "async2Rules", "async3Rules", "arazzo1Rules", "arazzo1_1Rules", "overlay1Rules", "openrpc1Rules",
        "graphqlRules",
    ]
    private static let sections: [(Name, [Document.Version])] = [
        ("rules", LintConfiguration.versions), ("oas3_0Rules", [.v30]), ("oas3_1Rules", [.v31]),
        ("oas3_2Rules", [.v32]),
    ]
    /// Rules that have got other names since.
    private static let renamed: [String: String] = [
        "spec": "struct", "path-params-defined": "path-parameters-defined", "info-license-url": "info-license-strict",
        "no-servers-empty-enum": "no-server-variables-empty-enum", "tags-duplicated-names": "no-duplicated-tag-names",
    ]

    init(diagnostics: Diagnostics, load: @escaping (String) -> SourceFile?) {
        self.diagnostics = diagnostics
        self.load = load
    }

    mutating func read(_ file: SourceFile) -> LintConfiguration {
        var configuration = LintConfiguration()
        guard let root = YAMLReader.read(file, diagnostics: diagnostics),
            let mapping = mapping(root, "the configuration")
        else { return .standard }
        let folder = Self.folder(of: file.path)
        open.insert(References.normalized(file.path))
        if mapping["extends"] == nil { LintConfiguration.apply(.recommended, to: &configuration.settings) }
        read(mapping, folder: folder, into: &configuration.settings)
        for entry in mapping["apis"].flatMap({ self.mapping($0.value, "`apis`") })?.entries ?? [] {
            guard let api = self.mapping(entry.value, "an API") else { continue }
            guard let root = api["root"]?.value.string else {
                warn(entry.keyLocation, "the API `\(entry.key)` has no `root`")
                continue
            }
            var settings = configuration.settings
            read(api, folder: folder, into: &settings)
            configuration.apis.append(
                .init(name: entry.key, root: References.normalized(folder + root), settings: settings))
        }
        return configuration
    }

    private mutating func read(_ mapping: Mapping, folder: String, into settings: inout Settings) {
        if let extended = mapping["extends"]?.value {
            for node in extended.sequence ?? [extended] { extend(node, folder: folder, &settings) }
        }
        for (section, versions) in Self.sections {
            guard let entry = mapping[section] else { continue }
            for rule in self.mapping(entry.value, "`\(section)`")?.entries ?? [] {
                read(rule, versions, into: &settings)
            }
        }
        for keyword in ["plugins", "preprocessors"] as [Name] {
            guard let entry = mapping[keyword] else { continue }
            warn(entry.keyLocation, "`\(keyword)` cannot be run here, so that their rules are not checked")
        }
    }

    private mutating func extend(_ node: Node, folder: String, _ settings: inout Settings) {
        guard let text = node.string else {
            warn(node.location, "what is extended has to be a string, not \(node.kindDescription)")
            return
        }
        if let ruleset = LintConfiguration.Ruleset(rawValue: text) {
            LintConfiguration.apply(ruleset, to: &settings)
            return
        }
        guard text.hasSuffix(".yaml") || text.hasSuffix(".yml"), !text.contains("://") else {
            let known = LintConfiguration.Ruleset.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            warn(node.location, "there is no ruleset `\(text)` here", advice: "there are \(known), and files")
            return
        }
        let path = References.normalized(folder + text)
        guard open.insert(path).inserted else {
            warn(node.location, "`\(text)` extends itself")
            return
        }
        defer { open.remove(path) }
        guard let file = load(path) else {
            warn(node.location, "the file `\(path)` cannot be read")
            return
        }
        guard let root = YAMLReader.read(file, diagnostics: diagnostics), let mapping = mapping(root, "a ruleset")
        else {
            return
        }
        read(mapping, folder: Self.folder(of: path), into: &settings)
    }

    private func read(_ rule: Mapping.Entry, _ versions: [Document.Version], into settings: inout Settings) {
        let options = rule.value.mapping
        let node = options?["severity"]?.value ?? rule.value
        var severity = LintRule.Severity.error
        if options == nil || options?["severity"] != nil {
            guard let text = Self.severityText(node), let found = LintRule.Severity(rawValue: text) else {
                warn(node.location, "a severity is `off`, `warn` or `error`")
                return
            }
            severity = found
        }
        guard let known = LintRule.all.first(where: { Name($0.name) == rule.key }) else {
            // What is off anyway is not missed.
            guard severity != .off else { return }
            let advice = Self.renamed[rule.key.text].map { "it is called `\($0)` now" }
            if rule.key.hasPrefix("rule/") {
                warn(rule.keyLocation, "`\(rule.key)` is not checked: rules of your own are not supported")
            } else {
                warn(rule.keyLocation, "`\(rule.key)` is not checked: there is no such rule here", advice: advice)
            }
            return
        }
        for version in versions {
            settings[known.name, default: [:]][version] = .init(severity: severity, options: options)
        }
    }

    /// `off` is a string in YAML 1.2, but may be quoted or not; `false` is what YAML 1.1 made of it.
    private static func severityText(_ node: Node) -> String? {
        node.string ?? (node.boolean == false ? "off" : nil)
    }

    private func mapping(_ node: Node, _ what: String) -> Mapping? {
        if let mapping = node.mapping { return mapping }
        warn(node.location, "\(what) has to be an object, not \(node.kindDescription)")
        return nil
    }

    private func warn(_ location: Location, _ message: String, advice: String? = nil) {
        diagnostics.report(
            Diagnostic(
                location: location, rule: .lintConfiguration, message: message, severity: .warning, advice: advice))
    }

    /// The folder of a file with a slash at the end, or nothing.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
