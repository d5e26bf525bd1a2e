import GeneratedAPI

/// `palisade openapi`
enum OpenAPICommand {
    static let help = """
        Usage: palisade openapi [--json | --html]

        Prints the OpenAPI document that this program was built from, to the byte.

          --json   print it as JSON
          --html   print a page that shows it with Redoc; openapi.json and redoc.standalone.js belong beside it
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, flags: ["--help", "-h", "--json", "--html"])
        guard arguments.positional.isEmpty else { throw UsageError(message: "openapi takes options only") }
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        switch (arguments.has("--json"), arguments.has("--html")) {
        case (true, true): throw UsageError(message: "--json and --html exclude each other")
        case (true, false): Console.print(bytes: OpenAPIDocument.json)
        case (false, true):
            Console.print(bytes: RedocPage.published(title: "\(OpenAPIDocument.title) \(OpenAPIDocument.version)"))
        case (false, false): Console.print(bytes: OpenAPIDocument.yaml)
        }
        return ExitCode.success
    }
}
