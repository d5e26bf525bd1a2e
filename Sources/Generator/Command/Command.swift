/// One command of the tool: how it is called, and what it does.
protocol Command {
    static var description: CommandDescription { get }

    init(_ arguments: Arguments) throws(Arguments.UsageError)

    /// Does its work and returns the exit code: 0, or 1 for problems that were printed. Throws an
    /// ``Arguments/UsageError`` for what could not be seen from the arguments alone, and otherwise a ``FileError``.
    func run() throws -> Int32
}

/// How a command is called.
struct CommandDescription: Sendable {
    let name: String
    /// One line for the list of commands.
    let summary: String
    var operandNames = ""
    var operands = 0...0
    let options: [Option]
    /// What the help says after the options.
    var details: [String] = []

    func synopsis(_ program: String) -> String {
        ([program, name] + options.filter(\.isRequired).map(\.synopsis)
            + options.filter { !$0.isRequired }.map(\.synopsis) + [operandNames])
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    func help(_ program: String) -> String {
        var text = "usage: \(synopsis(program))\n\n\(summary)\n"
        let labels = options.map { [$0.name, $0.value ?? ""].filter { !$0.isEmpty }.joined(separator: " ") }
        let width = min(labels.map(\.utf8.count).max() ?? 0, 20)
        if !options.isEmpty { text += "\n" }
        for (option, label) in zip(options, labels) {
            var lines = option.description
            let isShort = label.utf8.count <= width
            let first = isShort && !lines.isEmpty ? "  \(lines.removeFirst())" : ""
            text += "  \(label)\(String(repeating: " ", count: max(0, width - label.utf8.count)))\(first)\n"
            for line in lines { text += "  \(String(repeating: " ", count: width))  \(line)\n" }
        }
        if !details.isEmpty { text += "\n\(details.joined(separator: "\n"))\n" }
        return text + "\nExit codes: 0, 1 for problems in what was read, 2 for wrong usage.\n"
    }
}
