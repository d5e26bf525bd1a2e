/// What is done to a document before it is read: overlays, what other files hold, and the filter.
struct DocumentPreparation {
    let input: Pipeline.Input
    let settings: Configuration?
    let diagnostics: Diagnostics

    init(_ input: Pipeline.Input, _ settings: Configuration?, diagnostics: Diagnostics) {
        self.input = input
        self.settings = settings
        self.diagnostics = diagnostics
    }

    /// The document as it is generated from, and whether that is another one than was written; nil after problems that
    /// make it pointless to read it.
    func prepared(_ root: Node) -> (root: Node, isChanged: Bool)? {
        var isComplete = true
        var root = root
        let folder = LintConfigurationReader.folder(of: input.configuration?.path ?? "")
        var files: [SourceFile] = []
        for path in settings?.overlays ?? [] {
            guard let file = input.load(References.normalized(folder + path.value)) else {
                diagnostics.report(.invalidValue, at: path.location, "the overlay `\(path.value)` cannot be read")
                isComplete = false
                continue
            }
            files.append(file)
        }
        for file in files + input.overlays {
            guard let overlay = OverlayReader.read(file, diagnostics: diagnostics) else {
                isComplete = false
                continue
            }
            root = OverlayApplication(diagnostics: diagnostics).apply(overlay, to: root)
        }
        var isChanged = !files.isEmpty || !input.overlays.isEmpty
        if let bundled = Bundler.bundle(root, diagnostics: diagnostics, fetch: input.fetch, read: input.load) {
            root = bundled
            isChanged = true
        }
        if isComplete, let filter = settings?.filter {
            var filter = DocumentFilter(filter, diagnostics: diagnostics)
            root = filter.filtered(root)
            isChanged = true
        }
        return isComplete ? (root, isChanged) : nil
    }
}
