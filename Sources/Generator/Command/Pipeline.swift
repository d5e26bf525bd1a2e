/// From the bytes of a document to the text of Swift files, without touching a disk.
enum Pipeline {
    /// The files, or none after problems were reported.
    static func generate(
        spec: SourceFile, configuration: SourceFile?, diagnostics: Diagnostics, allowsUnsupported: Bool = false
    ) -> [(name: String, text: String)] {
        guard
            let (plan, root) = Self.plan(
                spec: spec, configuration: configuration, diagnostics: diagnostics,
                allowsUnsupported: allowsUnsupported)
        else { return [] }
        return GeneratedFiles.files(plan, yaml: spec.bytes, root: root)
    }

    /// What is to be generated, or nil after problems were reported.
    static func plan(
        spec: SourceFile, configuration: SourceFile?, diagnostics: Diagnostics, allowsUnsupported: Bool = false
    ) -> (Plan, Node)? {
        let root = YAMLReader.read(spec, diagnostics: diagnostics)
        let settings = configuration.flatMap { YAMLReader.read($0, diagnostics: diagnostics) }
            .map { ConfigurationReader(diagnostics: diagnostics).read($0) }
        let isConfigured = !diagnostics.hasErrors
        guard let root, var document = DocumentReader.read(root, diagnostics: diagnostics) else { return nil }
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
        return diagnostics.hasErrors ? nil : (plan, root)
    }
}
