/// What a command ends with.
enum ExitCode {
    static let success: Int32 = 0
    static let failure: Int32 = 1
    /// The command line or the configuration is wrong.
    static let usage: Int32 = 2
}

/// A command that was not called rightly.
struct UsageError: Error {
    let message: String
}

/// The program `palisade`.
enum Program {
    static let help = """
        palisade: a multi-tenant gateway for metrics

        Usage: palisade COMMAND [OPTION …]

        Commands:
          serve            serve requests; the environment and .env configure it
          token            print a development token, signed with JWT_HS256_SECRET_FILE
          explain promql   print a query as it would be sent for a tenant; nothing is executed
          explain traceql  the same for queries of traces
          config           print the effective configuration
          openapi          print the OpenAPI document that this program was built from
          version          print the version

        palisade COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
        """

    /// Runs a command line, without the program's name, and returns the exit code.
    static func run(_ arguments: [String]) -> Int32 {
        let rest = Array(arguments.dropFirst())
        do {
            switch arguments.first {
            case "serve": return try ServeCommand.run(rest)
            case "token": return try TokenCommand.run(rest)
            case "explain": return try ExplainCommand.run(rest)
            case "config": return try ConfigCommand.run(rest)
            case "openapi": return try OpenAPICommand.run(rest)
            case "version", "--version":
                guard rest.isEmpty else { throw UsageError(message: "version takes no arguments") }
                Console.print("palisade \(Version.current)")
                return ExitCode.success
            case "help", "--help", "-h":
                Console.print(help)
                return ExitCode.success
            case nil: throw UsageError(message: "a command is missing")
            case let command?: throw UsageError(message: "there is no command \"\(command)\"")
            }
        } catch let error as UsageError {
            Console.printError("palisade: \(error.message)\nTry: palisade --help")
            return ExitCode.usage
        } catch let error as Configuration.Invalid {
            let count = error.messages.count
            Console.printError("palisade: the configuration has \(count) \(count == 1 ? "mistake" : "mistakes"):")
            for message in error.messages { Console.printError("  \(message)") }
            return ExitCode.usage
        } catch let error as DotEnv.Refused {
            Console.printError("palisade: \(error.message)")
            return ExitCode.usage
        } catch {
            Console.printError("palisade: \(error)")
            return ExitCode.failure
        }
    }
}
