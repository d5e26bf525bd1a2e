/// From the bytes of a document to the text of Swift files, without touching a disk.
enum Pipeline {
    /// What a run works on.
    struct Input {
        var spec: SourceFile
        var configuration: SourceFile?
        /// Overlays that are applied after those that the configuration names.
        var overlays: [SourceFile] = []
        var allowsUnsupported = false
        /// Reads the files that the configuration names and those that the document refers to.
        var load: (String) -> SourceFile? = { _ in nil }
        /// Fetches what the document refers to on other hosts; nil where that is not allowed.
        var fetch: RemoteFiles.Fetch?
    }

    /// The files, or none after problems were reported.
    static func generate(_ input: Input, diagnostics: Diagnostics) -> [(name: String, text: String)] {
        guard let (plan, root) = Self.plan(input, diagnostics: diagnostics) else { return [] }
        // A document that was changed is no longer the text that it was read from.
        return GeneratedFiles.files(
            plan, yaml: plan.isDocumentChanged ? Array(YAMLText.text(of: root).utf8) : input.spec.bytes, root: root)
    }

    /// What is to be generated and the document that it is generated from, or nil after problems were reported.
    static func plan(_ input: Input, diagnostics: Diagnostics) -> (Plan, Node)? {
        let allowsUnsupported = input.allowsUnsupported
        let written = YAMLReader.read(input.spec, diagnostics: diagnostics)
        let settings = input.configuration.flatMap { YAMLReader.read($0, diagnostics: diagnostics) }
            .map { ConfigurationReader(diagnostics: diagnostics).read($0) }
        let prepared = written.flatMap { DocumentPreparation(input, settings, diagnostics: diagnostics).prepared($0) }
        let isConfigured = !diagnostics.hasErrors
        guard let (root, isChanged) = prepared, var document = DocumentReader.read(root, diagnostics: diagnostics)
        else { return nil }
        // Without its rules, what is right in a document would be reported as wrong.
        guard isConfigured else { return nil }
        if allowsUnsupported, diagnostics.hasErrors {
            // An unknown keyword of a schema says nothing, as JSON Schema has it.
            diagnostics.demote { $0.rule == .unknownKeyword }
            document.leaveOut(diagnostics)
        }
        if diagnostics.hasErrors {
            // What could not be read is missing in the plan; only what holds all the same is reported.
            let further = Diagnostics()
            _ = Planner.plan(document, settings ?? Configuration(), diagnostics: further)
            for diagnostic in further.all where diagnostic.rule.holdsInIncompleteDocuments {
                diagnostics.report(diagnostic)
            }
            return nil
        }
        var plan = Planner.plan(document, settings ?? Configuration(), diagnostics: diagnostics)
        // Each time at least one operation or schema less.
        var rest = allowsUnsupported ? 20 : 0
        while diagnostics.hasErrors, rest > 0 {
            document.leaveOut(diagnostics)
            if diagnostics.hasErrors { break }
            rest -= 1
            plan = Planner.plan(document, settings ?? Configuration(), diagnostics: diagnostics)
        }
        plan.isDocumentChanged = isChanged
        return diagnostics.hasErrors ? nil : (plan, root)
    }
}
