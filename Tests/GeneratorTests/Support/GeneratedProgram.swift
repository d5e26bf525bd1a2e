import Foundation
import Testing

/// A program over the code that is generated from a document.
enum GeneratedProgram {
    /// Generates a server and a client, compiles a program over them, and runs it; its output without spaces at the
    /// ends of lines.
    static func output(
        of document: String, _ program: String, configuration: String = "modes: [server, client]\n"
    ) throws -> String {
        try Tools.withFolder { folder in
            let spec = folder.appending(path: "api.yaml")
            try Data(document.utf8).write(to: spec)
            let settings = folder.appending(path: "generator.yaml")
            try Data(configuration.utf8).write(to: settings)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", spec.path(percentEncoded: false), "--config",
                settings.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
            ])
            try #require(generation.status == 0, "\(generation.errors)")
            let source = folder.appending(path: "Program.swift")
            try Data(program.utf8).write(to: source)
            let executable = folder.appending(path: "program")
            let generated = try FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)
            let compiled = try Tools.link(
                generated + [source], modules: ["APIRuntime", "JSON", "JSONSchema"], named: "Program",
                into: executable)
            try #require(compiled.status == 0, "\(compiled.errors)")
            let result = try Tools.run(executable, [])
            #expect(result.errors.isEmpty)
            return result.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                var line = line
                while line.last == " " { line = line.dropLast() }
                return line
            }.joined(separator: "\n")
        }
    }
}
