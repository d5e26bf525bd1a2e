import Foundation
import Testing

/// A generated client at work against the generated server of the same document, in one process.
@Suite("Generated clients")
struct CallsTests {
    /// Generates both from a document and runs a program over them; its output without spaces at the ends of lines.
    private func run(_ document: String, _ program: String) throws -> String {
        try Tools.withFolder { folder in
            let spec = folder.appending(path: "api.yaml")
            try Data(document.utf8).write(to: spec)
            let configuration = folder.appending(path: "generator.yaml")
            try Data("modes: [server, client]\n".utf8).write(to: configuration)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", spec.path(percentEncoded: false), "--config",
                configuration.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
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

    @Test("write every style of parameter and read every kind of answer, and say what went wrong")
    func answers() throws {
        #expect(try run(Calls.document, Calls.program) == Calls.output)
    }

    @Test("compile without warnings whatever is named how, and need nothing of a server's configuration")
    func names() throws {
        try Tools.withFolder { folder in
            let spec = folder.appending(path: "api.yaml")
            try Data(Everything.document.utf8).write(to: spec)
            let configuration = folder.appending(path: "generator.yaml")
            try Data("modes: [client]\n".utf8).write(to: configuration)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", spec.path(percentEncoded: false), "--config",
                configuration.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
            ])
            #expect(generation.errors.isEmpty)
            let files = try FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)
            let result = try Tools.typeCheck(files)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        }
    }

    @Test("write every kind of body and of credentials that the server reads")
    func inputs() throws {
        #expect(try run(Inputs.document, Inputs.handlers + Inputs.caller) == Inputs.callerOutput)
    }
}
