/// `generate`: Swift from an OpenAPI document.
struct GenerateCommand: Command {
    static let description = CommandDescription(
        name: "generate", summary: "Generates Swift from an OpenAPI document.",
        options: [
            .value("--spec", "FILE", isRequired: true, "the document, in YAML or JSON; `-` is the standard input"),
            .value("--output", "FOLDER", isRequired: true, "where the files go; only files that change are written"),
            .value("--config", "FILE", "generator.yaml: imports, the credential's type, rules for extensions"),
            .format,
            .flag(
                "--allow-unsupported",
                "leave out operations that cannot be generated, and list them; warn of unknown keywords"),
        ])

    let spec: String
    let configuration: String?
    let output: String
    let format: Diagnostics.Format
    let allowsUnsupported: Bool

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        spec = arguments.value("--spec") ?? ""
        output = arguments.value("--output") ?? ""
        configuration = arguments.value("--config")
        format = try arguments.format()
        allowsUnsupported = arguments.has("--allow-unsupported")
    }

    func run() throws(FileError) -> Int32 {
        let diagnostics = Diagnostics()
        let document = try Files.read(spec)
        var settings: SourceFile?
        if let configuration { settings = try Files.read(configuration) }
        let files = Pipeline.generate(
            spec: document, configuration: settings, diagnostics: diagnostics, allowsUnsupported: allowsUnsupported)
        if !diagnostics.all.isEmpty || format == .json {
            StandardStream.error.write(diagnostics.rendered(format))
        }
        guard !diagnostics.hasErrors else { return 1 }
        try Files.write(files, to: output)
        return 0
    }
}
