/// Runs the command and returns its exit code: 0, 1 for problems that were printed, 2 for wrong usage.
enum CommandLineTool {
    static var commands: [any Command.Type] {
        [GenerateCommand.self, LintCommand.self, DiffCommand.self, JSONCommand.self, OverlayCommand.self]
    }

    static func run(_ arguments: [String], program: String = "Generator") -> Int32 {
        var command: (any Command.Type)?
        do {
            let isHelp = arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
            guard let first = arguments.first else { throw Arguments.UsageError(message: "a command is missing") }
            // `help COMMAND` is `COMMAND --help`.
            let name = first == "help" ? arguments.dropFirst().first ?? "--help" : first
            command = commands.first { $0.description.name == name }
            if name.hasPrefix("-"), isHelp || first == "help" {
                try Files.write(help(program), to: nil)
                return 0
            }
            guard let command else {
                let near = commands.first { editDistance($0.description.name, name) <= 2 }
                let advice = near.map { "; did you mean `\($0.description.name)`?" } ?? ""
                throw Arguments.UsageError(message: "there is no command `\(name)`\(advice)")
            }
            if isHelp || first == "help" {
                try Files.write(command.description.help(program), to: nil)
                return 0
            }
            return try command.init(Arguments(arguments.dropFirst(), of: command.description)).run()
        } catch let error as Arguments.UsageError {
            let usage = command.map { "usage: \($0.description.synopsis(program))\n" } ?? help(program)
            let hint = command.map { "`\(program) \($0.description.name) --help` says more.\n" } ?? ""
            StandardStream.error.write("error: \(error.message)\n\n\(usage)\(hint)")
            return 2
        } catch {
            StandardStream.error.write("error: \((error as? FileError)?.message ?? "\(error)")\n")
            return 1
        }
    }

    /// The help of the tool as a whole.
    private static func help(_ program: String) -> String {
        let width = commands.map { $0.description.name.utf8.count }.max() ?? 0
        let list = commands.map { command in
            let name = command.description.name
            return
                "  \(name)\(String(repeating: " ", count: width - name.utf8.count))  \(command.description.summary)\n"
        }
        return """
            usage: \(program) COMMAND …

            \(list.joined())
            `\(program) COMMAND --help` describes a command.

            Exit codes: 0, 1 for problems in what was read, 2 for wrong usage.

            """
    }
}
