/// Holds a document to the rules that are on.
struct Linter {
    let diagnostics: Diagnostics
    var configuration = LintConfiguration.standard
    /// Reads the files that a document refers to.
    var load: (String) -> SourceFile? = { _ in nil }
    /// Fetches what a document refers to on other hosts; nil where that is not allowed.
    var fetch: RemoteFiles.Fetch?
    /// The known problems of documents, with the folder that their paths are relative to.
    var ignored: (file: SourceFile, folder: String)?
    /// `generator.yaml`, whose rules for extensions are checked as well.
    var generator: SourceFile?

    /// Reports everything that the rules find.
    func lint(_ source: SourceFile) {
        guard let root = YAMLReader.read(source, diagnostics: diagnostics) else { return }
        guard let version = version(of: root) else { return }
        let references = References(root, diagnostics: diagnostics, fetch: fetch, load: load)
        let document = LintDocument(root, version: version, references: references)
        let settings = configuration.settings(forPath: source.path)
        let ignored = self.ignored.flatMap { ignored in
            YAMLReader.read(ignored.file, diagnostics: diagnostics).map {
                IgnoreFile(
                    $0, folder: ignored.folder, document: root, path: source.path, diagnostics: diagnostics)
            }
        }
        for rule in LintRule.all {
            guard rule.versions.contains(version), let setting = settings[rule.name]?[version] else { continue }
            guard setting.severity != .off else { continue }
            let severity: Diagnostic.Severity = setting.severity == .warn ? .warning : .error
            rule.check(
                LintContext(document: document, options: setting.options) { location, message, advice, notes in
                    if ignored?.accepts(rule.name, at: location) == true { return }
                    diagnostics.report(
                        Diagnostic(
                            location: location, rule: .lint, member: rule.name, message: message, severity: severity,
                            notes: notes, advice: advice))
                })
        }
        if let generator { checkExtensions(source, generator) }
    }

    /// The rules of `generator.yaml` are the generator's own; what else it has to say about the document is not asked.
    private func checkExtensions(_ source: SourceFile, _ generator: SourceFile) {
        let own = Diagnostics()
        _ = Pipeline.plan(
            Pipeline.Input(spec: source, configuration: generator, load: load, fetch: fetch), diagnostics: own)
        let files = own.files.map { file in
            diagnostics.files.firstIndex { $0.path == file.path }.map { UInt32($0) } ?? diagnostics.add(file)
        }
        func moved(_ location: Location) -> Location {
            var location = location
            if files.indices.contains(Int(location.file)) { location.file = files[Int(location.file)] }
            return location
        }
        let configurationFile = own.files.firstIndex { $0.path == generator.path }.map { UInt32($0) }
        for var diagnostic in own.all
        where diagnostic.rule.isAboutExtensions || diagnostic.location.file == configurationFile {
            diagnostic.location = moved(diagnostic.location)
            diagnostic.notes = diagnostic.notes.map { .init(location: moved($0.location), message: $0.message) }
            diagnostics.report(diagnostic)
        }
    }

    private func version(of root: Node) -> Document.Version? {
        if let version = Document.Version(of: root) { return version }
        let text = root.mapping?["openapi"]?.value
        diagnostics.report(
            .unsupportedVersion, at: text?.location ?? root.mapping?["swagger"]?.keyLocation ?? root.location,
            text == nil
                ? "this is no OpenAPI 3 document: it has no `openapi`"
                : "OpenAPI `\(text?.scalar?.text ?? "")` is not supported", advice: "3.0.x, 3.1.x and 3.2.x are")
        return nil
    }
}

extension Document.Version {
    /// What `openapi` says, where it is a version that is supported.
    init?(of root: Node) {
        let text = root.mapping?["openapi"]?.value.string ?? ""
        if text.hasPrefix("3.0.") {
            self = .v30
        } else if text.hasPrefix("3.1.") {
            self = .v31
        } else if text.hasPrefix("3.2.") {
            self = .v32
        } else {
            return nil
        }
    }
}
