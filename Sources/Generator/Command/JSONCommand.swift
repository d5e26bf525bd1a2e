/// `json`: a document as JSON, with the files that it refers to.
struct JSONCommand: Command {
    static let description = CommandDescription(
        name: "json", summary: "Prints a document as JSON, as one with the files that it refers to.",
        operandNames: "FILE", operands: 1...1,
        options: [
            .value("--output", "FILE", "where the JSON goes; without it, or as `-`, to the standard output"),
            .flag("--pretty", "with line breaks and indentation"),
            .format, .allowRemoteReferences,
        ])

    let document: String
    let output: String?
    let isPretty: Bool
    let format: Diagnostics.Format
    let fetch: RemoteFiles.Fetch?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        document = arguments.operands[0]
        output = arguments.value("--output")
        isPretty = arguments.has("--pretty")
        format = try arguments.format()
        fetch = arguments.fetch
    }

    func run() throws(FileError) -> Int32 {
        let diagnostics = Diagnostics()
        var root = YAMLReader.read(try Files.read(document), diagnostics: diagnostics)
        // What is no OpenAPI document is printed as it is.
        if let whole = root, Document.Version(of: whole) != nil {
            root = Bundler.bundle(whole, diagnostics: diagnostics, fetch: fetch) { try? Files.read($0) } ?? whole
        }
        if !diagnostics.all.isEmpty || format == .json {
            StandardStream.error.write(diagnostics.rendered(format))
        }
        guard let root, !diagnostics.hasErrors else { return 1 }
        try Files.write((isPretty ? JSONText.pretty(root) : JSONText.text(of: root)) + [UInt8(ascii: "\n")], to: output)
        return 0
    }
}
