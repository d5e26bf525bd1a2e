/// `generate`: Swift from an OpenAPI document.
struct GenerateCommand: Command {
    static let description = CommandDescription(
        name: "generate", summary: "Generates Swift from an OpenAPI document.",
        options: [
            .value("--spec", "FILE", isRequired: true, "the document, in YAML or JSON; `-` is the standard input"),
            .value("--output", "FOLDER", isRequired: true, "where the files go; only files that change are written"),
            .value("--config", "FILE", "generator.yaml: imports, the credential's type, rules for extensions"),
            .value(
                "--overlay", "FILE", isRepeatable: true,
                "an OpenAPI overlay that is applied to the document first, after those of generator.yaml"),
            .format,
            .flag(
                "--allow-unsupported",
                "leave out operations that cannot be generated, and list them; warn of unknown keywords"),
            .allowRemoteReferences,
        ])

    let spec: String
    let configuration: String?
    let overlays: [String]
    let output: String
    let format: Diagnostics.Format
    let allowsUnsupported: Bool
    let fetch: RemoteFiles.Fetch?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        spec = arguments.value("--spec") ?? ""
        overlays = arguments.values("--overlay")
        output = arguments.value("--output") ?? ""
        guard output != "-" else {
            throw Arguments.UsageError(message: "`--output` is a folder, and not the standard output")
        }
        configuration = arguments.value("--config")
        format = try arguments.format()
        allowsUnsupported = arguments.has("--allow-unsupported")
        fetch = arguments.fetch
    }

    func run() throws(FileError) -> Int32 {
        let diagnostics = Diagnostics()
        var input = Pipeline.Input(spec: try Files.read(spec), allowsUnsupported: allowsUnsupported)
        if let configuration { input.configuration = try Files.read(configuration) }
        for overlay in overlays { input.overlays.append(try Files.read(overlay)) }
        input.load = { try? Files.read($0) }
        input.fetch = fetch
        let files = Pipeline.generate(input, diagnostics: diagnostics)
        if !diagnostics.all.isEmpty || format == .json {
            StandardStream.error.write(diagnostics.rendered(format))
        }
        guard !diagnostics.hasErrors else { return 1 }
        try Files.write(files, to: output)
        return 0
    }
}
