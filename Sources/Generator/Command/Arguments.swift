/// The command line.
enum Arguments {
    case help
    case generate(spec: String, configuration: String?, output: String)

    /// What is wrong with a command line.
    struct UsageError: Error, Equatable {
        var message: String
    }

    static let usage = """
        usage: Generator generate --spec FILE [--config FILE] --output FOLDER

        Generates Swift from an OpenAPI document.

          --spec FILE      the document, in YAML or JSON
          --config FILE    generator.yaml: imports, the credential's type, rules for extensions
          --output FOLDER  where the files go; only files that change are written

        Exit codes: 0, 1 for problems in the document, 2 for wrong usage.

        """

    init(_ arguments: [String]) throws(UsageError) {
        if arguments.contains("--help") || arguments.contains("-h") {
            self = .help
            return
        }
        guard let command = arguments.first else { throw UsageError(message: "a command is missing") }
        guard command == "generate" else { throw UsageError(message: "there is no command `\(command)`") }
        var options: [String: String] = [:]
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            guard ["--spec", "--config", "--output"].contains(option) else {
                throw UsageError(message: "there is no option `\(option)`")
            }
            guard options[option] == nil else { throw UsageError(message: "`\(option)` is given twice") }
            guard let value = rest.popFirst(), !value.isEmpty else {
                throw UsageError(message: "`\(option)` needs a value")
            }
            options[option] = value
        }
        guard let spec = options["--spec"] else { throw UsageError(message: "`--spec` is missing") }
        guard let output = options["--output"] else { throw UsageError(message: "`--output` is missing") }
        self = .generate(spec: spec, configuration: options["--config"], output: output)
    }
}
