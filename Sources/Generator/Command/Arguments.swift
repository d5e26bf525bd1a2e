/// The command line.
enum Arguments {
    case help
    case generate(Generate)

    /// What `generate` is told.
    struct Generate: Equatable {
        var spec: String
        var configuration: String?
        var output: String
        var format = Diagnostics.Format.text
        var allowsUnsupported = false
    }

    /// What is wrong with a command line.
    struct UsageError: Error, Equatable {
        var message: String
    }

    static let usage = """
        usage: Generator generate --spec FILE [--config FILE] --output FOLDER [--format FORMAT] [--allow-unsupported]

        Generates Swift from an OpenAPI document.

          --spec FILE      the document, in YAML or JSON
          --config FILE    generator.yaml: imports, the credential's type, rules for extensions
          --output FOLDER  where the files go; only files that change are written
          --format FORMAT  how problems are printed: text (default), json or github
          --allow-unsupported
                           leave out operations that cannot be generated, and list them; warn of unknown keywords

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
        var allowsUnsupported = false
        while let option = rest.popFirst() {
            if option == "--allow-unsupported" {
                allowsUnsupported = true
                continue
            }
            guard ["--spec", "--config", "--output", "--format"].contains(option) else {
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
        var generate = Generate(spec: spec, configuration: options["--config"], output: output)
        generate.allowsUnsupported = allowsUnsupported
        if let name = options["--format"] {
            guard let format = Diagnostics.Format(rawValue: name) else {
                throw UsageError(message: "there is no format `\(name)`")
            }
            generate.format = format
        }
        self = .generate(generate)
    }
}
