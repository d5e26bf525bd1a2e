import Foundation
import Testing

/// Generated code at work: compiled, linked with the runtime and asked.
@Suite("Generated code runs")
struct GoldenTests {
    @Test("requests are routed, authenticated, decoded, checked and answered as the document says")
    func requests() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml")
            try Data(Everything.document.utf8).write(to: document)
            let configuration = folder.appending(path: "generator.yaml")
            try Data(Golden.configuration.utf8).write(to: configuration)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", document.path(percentEncoded: false), "--config",
                configuration.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
            ])
            try #require(generation.status == 0, "\(generation.errors)")
            let server = folder.appending(path: "Server.swift")
            try Data(Golden.server.utf8).write(to: server)
            let program = folder.appending(path: "program")
            let generated = try FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)
            let compiled = try Tools.link(
                generated + [server], modules: ["APIRuntime", "JSON", "JSONSchema"], named: "Program", into: program)
            try #require(compiled.status == 0, "\(compiled.errors)")
            let result = try Tools.run(program, [])
            #expect(result.output == Golden.output)
            #expect(result.errors.isEmpty)
        }
    }
}
