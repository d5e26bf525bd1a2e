import Glibc

exit(
    CommandLineTool.run(
        Array(CommandLine.arguments.dropFirst()),
        program: CommandLine.arguments.first?.split(separator: "/").last.map { String($0) } ?? "Generator"))
