import Foundation
import Testing

/// A generated client at work against the generated server of the same document, in one process.
@Suite("Generated clients")
struct CallsTests {
    private func run(_ document: String, _ program: String) throws -> String {
        try GeneratedProgram.output(of: document, program)
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

    @Test("write and read bodies of items one by one, as the server does")
    func items() throws {
        #expect(try run(Streams.document, Streams.program) == Streams.output)
    }

    @Test("make multipart forms of structures, which the server reads as such")
    func forms() throws {
        #expect(try run(Forms.document, Forms.program) == Forms.output)
    }

    @Test("hold inputs to their schemas, where they are told to")
    func heldInputs() throws {
        #expect(try run(HeldInputs.document, HeldInputs.program) == HeldInputs.output)
    }

    @Test("write every kind of body and of credentials that the server reads")
    func inputs() throws {
        #expect(try run(Inputs.document, Inputs.handlers + Inputs.caller) == Inputs.callerOutput)
    }
}
