import FoundationEssentials

/// `palisade config`
enum ConfigCommand {
    static let help = """
        Usage: palisade config [--check | --markdown | --template]

        Prints each setting's effective value and where it comes from; what may hold a secret is masked.

          --check      also check the values and the files that they name; exit code 2 lists every mistake
          --markdown   print the table of all settings in Markdown
          --template   print a .env that sets nothing, with all settings in comments
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, flags: ["--help", "-h", "--check", "--markdown", "--template"])
        guard arguments.positional.isEmpty else { throw UsageError(message: "config takes no arguments") }
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        if arguments.has("--markdown") {
            Console.print(ConfigurationText.markdown)
            return ExitCode.success
        }
        if arguments.has("--template") {
            Console.print(ConfigurationText.template)
            return ExitCode.success
        }
        let source = try SettingSource.ofProcess()
        Console.print(ConfigurationText.effective(source))
        if arguments.has("--check") {
            for warning in try Configuration(source).identity.keys.warnings {
                Console.printError("palisade: warning: \(warning)")
            }
            Console.printError("palisade: the configuration is right")
        }
        return ExitCode.success
    }
}

extension SettingSource {
    /// The process's environment, and `.env` in its working directory.
    static func ofProcess() throws(DotEnv.Refused) -> SettingSource {
        SettingSource(environment: ProcessInfo.processInfo.environment, dotEnv: try DotEnv.read() ?? [:])
    }
}
