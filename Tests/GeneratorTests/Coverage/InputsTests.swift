import Foundation
import Testing

/// Generated code at work for every style of parameter and every kind of body and security.
@Suite("Every kind of input is decoded, checked and answered")
struct InputsTests {
    @Test("and what is wrong is told with its place, several at once")
    func requests() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml")
            try Data(Inputs.document.utf8).write(to: document)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", document.path(percentEncoded: false), "--output",
                output.path(percentEncoded: false),
            ])
            try #require(generation.status == 0, "\(generation.errors)")
            let server = folder.appending(path: "Server.swift")
            try Data(Inputs.server.utf8).write(to: server)
            let program = folder.appending(path: "program")
            let generated = try FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)
            let compiled = try Tools.link(
                generated + [server], modules: ["APIRuntime", "JSON", "JSONSchema"], named: "Program", into: program)
            try #require(compiled.status == 0, "\(compiled.errors)")
            let result = try Tools.run(program, [])
            let printed = result.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                var line = line
                while line.last == " " { line = line.dropLast() }
                return line
            }
            .joined(separator: "\n")
            #expect(printed == Inputs.output)
            #expect(result.errors.isEmpty)
        }
    }
}
