import Foundation
import Testing

@testable import Generator

@Suite("The command line")
struct CommandTests {
    @Test(
        "wrong usage is told and ends with 2",
        arguments: [
            ([], "a command is missing"), (["spoil"], "there is no command `spoil`"),
            (["generat"], "there is no command `generat`; did you mean `generate`?"),
            (["generate"], "`--spec` is missing"), (["generate", "--spec", "a"], "`--output` is missing"),
            (["generate", "--spec"], "`--spec` needs a value"), (["generate", "--spec="], "`--spec` needs a value"),
            (["generate", "--foo", "a"], "there is no option `--foo`"),
            (["generate", "--spek", "a"], "there is no option `--spek`; did you mean `--spec`?"),
            (["generate", "--spec", "a", "--spec=b"], "`--spec` is given twice"),
            (["generate", "--spec", "a", "--output", "b", "c"], "`c` is one argument too many"),
            (["generate", "--allow-unsupported=no"], "`--allow-unsupported` takes no value"),
            (
                ["json", "a", "--format", "xml"],
                "`--format` cannot be `xml`; it is one of `text`, `json`, `github`"
            ),
            (["help", "spoil"], "there is no command `spoil`"), (["spoil", "--help"], "there is no command `spoil`"),
            (["lint", "--config", "/dev/null"], "no FILE is given, and /dev/null names no APIs"),
            (["generate", "--spec", "a", "--output", "-"], "`--output` is a folder, and not the standard output"),
            (["diff", "-", "-"], "the standard input, `-`, can be read only once"),
            (["diff", "--git", "--all", "a"], "`--all` is no revision"),
            (["json"], "`FILE` is missing"), (["json", "--", "-a", "-b"], "`-b` is one argument too many"),
        ] as [([String], String)])
    func usage(arguments: [String], message: String) throws {
        let result = try Tools.generate(arguments)
        #expect(result.status == 2)
        #expect(result.errors.hasPrefix("error: \(message)\n\nusage: Generator "))
        #expect(result.output.isEmpty)
    }

    @Test("help goes to the standard output, for the tool and for each command")
    func help() throws {
        for arguments in [["--help"], ["help"], ["-h"]] {
            let result = try Tools.generate(arguments)
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("usage: Generator COMMAND …\n"))
            for command in CommandLineTool.commands {
                #expect(result.output.contains("\n  \(command.description.name) "))
            }
            #expect(result.errors.isEmpty)
        }
        for command in CommandLineTool.commands {
            let description = command.description
            let result = try Tools.generate([description.name, "--help"])
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("usage: Generator \(description.name) "))
            #expect(description.options.allSatisfy { result.output.contains("\n  \($0.name)") })
            #expect(result.errors.isEmpty)
            #expect(try Tools.generate(["help", description.name]).output == result.output)
        }
        #expect(try Tools.generate(["generate", "--help"]).output == Self.generateHelp)
    }

    static let generateHelp = """
        usage: Generator generate --spec FILE --output FOLDER [--config FILE] [--overlay FILE]… [--format FORMAT] [--allow-unsupported] [--allow-remote-references]

        Generates Swift from an OpenAPI document.

          --spec FILE           the document, in YAML or JSON; `-` is the standard input
          --output FOLDER       where the files go; only files that change are written
          --config FILE         generator.yaml: imports, the credential's type, rules for extensions
          --overlay FILE        an OpenAPI overlay that is applied to the document first, after those of generator.yaml
          --format FORMAT       how problems are printed: text (default), json or github
          --allow-unsupported   leave out operations that cannot be generated, and list them; warn of unknown keywords
          --allow-remote-references
                                fetch with curl what `$ref`s to other hosts lead to, over http and https

        Exit codes: 0, 1 for problems in what was read, 2 for wrong usage.

        """

    @Test("always the same files, the same bytes, and none is written that would not change")
    func files() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml")
            try Data(Snippet.operation("").utf8).write(to: document)
            let output = folder.appending(path: "a/b")
            let arguments = [
                "generate", "--spec", document.path(percentEncoded: false), "--output",
                output.path(percentEncoded: false),
            ]
            #expect(try Tools.generate(arguments).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: output.path(percentEncoded: false)).sorted()
            #expect(
                names == [
                    "Client.swift", "Models.swift", "OpenAPIDocument.swift", "Operations.swift", "Protocols.swift",
                    "Router.swift",
                    "Schemas.swift", "SecuritySchemes.swift",
                ])
            let plugin = try Repository.text("Plugins/GenerateAPI/Plugin.swift")
            #expect(names.allSatisfy { plugin.contains("\"\($0)\"") }, "the plugin names the same files")

            let old = Date(timeIntervalSince1970: 1_000_000)
            for name in names {
                try FileManager.default.setAttributes(
                    [.modificationDate: old], ofItemAtPath: output.appending(path: name).path(percentEncoded: false))
            }
            try Data(Snippet.operation("summary: Changed").utf8).write(to: document)
            #expect(try Tools.generate(arguments).status == 0)
            let written = try names.filter { name in
                let path = output.appending(path: name).path(percentEncoded: false)
                return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date != old
            }
            #expect(written == ["OpenAPIDocument.swift", "Operations.swift", "Protocols.swift"])
        }
    }

    @Test("two runs give the same bytes")
    func determinism() {
        let first = Generation(Everything.document, configuration: Self.configuration)
        let second = Generation(Everything.document, configuration: Self.configuration)
        #expect(first.problems.isEmpty, "\(first.problems)")
        #expect(!first.files.isEmpty)
        #expect(first.files == second.files)
    }

    @Test("problems go to the standard error with the path as it was given, and nothing is written")
    func problems() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml").path(percentEncoded: false)
            try Data(Snippet.operation("foo: 1").utf8).write(to: URL(filePath: document))
            let output = folder.appending(path: "out").path(percentEncoded: false)
            let result = try Tools.generate(["generate", "--spec", document, "--output", output])
            #expect(result.status == 1)
            #expect(result.errors.hasPrefix("\(document):11:7: error: an operation has no keyword `foo`"))
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test("a file that cannot be read is told")
    func unreadable() throws {
        let result = try Tools.generate(["generate", "--spec", "/nowhere/api.yaml", "--output", "/nowhere/out"])
        #expect(result.status == 1)
        #expect(result.errors == "error: cannot read /nowhere/api.yaml: No such file or directory\n")
        #expect(try Tools.generate(["json", "/"]).errors == "error: cannot read /: Is a directory\n")
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml").path(percentEncoded: false)
            try Data(Snippet.operation("foo: 1").utf8).write(to: URL(filePath: document))
            let linted = try Tools.generate(["lint", "/nowhere/api.yaml", document])
            #expect(linted.errors.hasPrefix("error: cannot read /nowhere/api.yaml: No such file or directory\n"))
            #expect(linted.output.contains("\(document):11:7: "), "what else there is, is looked at: \(linted)")
            #expect(linted.status == 1)
        }
    }

    @Test("what cannot be written is told, and a device stays one")
    func unwritable() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml").path(percentEncoded: false)
            try Data(Snippet.operation("").utf8).write(to: URL(filePath: document))
            func errors(_ arguments: String...) throws -> String {
                let result = try Tools.generate(arguments)
                #expect(result.status == 1)
                return result.errors
            }
            #expect(
                try errors("json", document, "--output", "/nowhere/a.json")
                    == "error: cannot write to /nowhere/a.json: No such file or directory\n")
            #expect(
                try errors("json", document, "--output", "/dev/full")
                    == "error: cannot write to /dev/full: No space left on device\n")
            #expect(
                try errors("generate", "--spec", document, "--output", document)
                    == "error: cannot write to the folder \(document): File exists\n")
            let full = try Tools.run(
                URL(filePath: "/bin/sh"),
                [
                    "-c", "\"$0\" json \"$1\" > /dev/full",
                    Tools.buildFolder.appending(path: "Generator").path(percentEncoded: false), document,
                ])
            #expect(full.status == 1)
            #expect(full.errors == "error: cannot write to the standard output: No space left on device\n")
            let type = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type] as? FileAttributeType
            #expect(type == .typeCharacterSpecial)
        }
    }

    static let configuration = """
        imports: [Tenancy]
        credential: Principal
        operation-extensions:
          x-tenancy: {required: true, values: {promql: {input: [promql, promql-selectors]}, own: {security: required}, public: {}}}
        input-extensions: {x-confine: {promql: Confined<PromQLQuery>, promql-selectors: Confined<PromQLSelectors>}}
        routers: {x-listener: {admin: AdminRouter}}
        """
}
