/// `overlay`: a document after the changes of overlays.
struct OverlayCommand: Command {
    static let description = CommandDescription(
        name: "overlay", summary: "Applies OpenAPI overlays to a document and prints the result.",
        operandNames: "OVERLAY…", operands: 1...Int.max,
        options: [
            .value("--spec", "FILE", "the document; without it, the one that the first overlay `extends`"),
            .value("--output", "FILE", "where the result goes; without it, or as `-`, to the standard output"),
            .flag("--json", "as JSON; YAML is the default, unless `--output` ends with .json"),
            .format,
        ])

    let overlays: [String]
    let document: String?
    let output: String?
    let isJSON: Bool
    let format: Diagnostics.Format

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        overlays = arguments.operands
        document = arguments.value("--spec")
        output = arguments.value("--output")
        isJSON = arguments.has("--json") || output?.hasSuffix(".json") == true
        format = try arguments.format()
    }

    func run() throws(FileError) -> Int32 {
        let diagnostics = Diagnostics()
        var read: [Overlay] = []
        for path in overlays {
            if let overlay = OverlayReader.read(try Files.read(path), diagnostics: diagnostics) { read.append(overlay) }
        }
        var root: Node?
        if let path = document ?? extended(read.first, diagnostics) {
            root = YAMLReader.read(try Files.read(path), diagnostics: diagnostics)
        }
        if let before = root, !diagnostics.hasErrors {
            root = read.reduce(before) { OverlayApplication(diagnostics: diagnostics).apply($1, to: $0) }
        }
        if !diagnostics.all.isEmpty || format == .json {
            StandardStream.error.write(diagnostics.rendered(format))
        }
        guard let root, !diagnostics.hasErrors else { return 1 }
        let bytes = isJSON ? JSONText.pretty(root) + [UInt8(ascii: "\n")] : Array(YAMLText.text(of: root).utf8)
        try Files.write(bytes, to: output)
        return 0
    }

    /// The document that an overlay names, beside the overlay.
    private func extended(_ overlay: Overlay?, _ diagnostics: Diagnostics) -> String? {
        guard let overlay else { return nil }
        guard let extends = overlay.extends else {
            if let target = overlay.actions.first?.target {
                diagnostics.report(
                    .missingKeyword, at: target.location, "the overlay does not say what it `extends`",
                    advice: "name the document with `--spec`")
            }
            return nil
        }
        guard !extends.value.contains("://") else {
            diagnostics.report(
                .remoteReference, at: extends.location, "`\(extends.value)` is not fetched",
                advice: "name a copy of the document with `--spec`")
            return nil
        }
        return References.normalized(LintConfigurationReader.folder(of: overlays.first ?? "") + extends.value)
    }
}
