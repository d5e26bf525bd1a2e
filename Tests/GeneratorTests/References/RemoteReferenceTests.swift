import Foundation
import Testing

@testable import Generator

@Suite("References to other hosts")
struct RemoteReferenceTests {
    /// What comes of a document where fetching is allowed.
    private struct Fetched {
        let generation: Generation
        /// The local files that were asked for.
        var loaded: [String] = []

        init(_ document: String, _ files: RemoteFiles = RemoteFiles()) {
            var loaded: [String] = []
            let diagnostics = Diagnostics()
            let input = Pipeline.Input(
                spec: SourceFile(path: "api.yaml", bytes: Array(document.utf8)),
                load: {
                    loaded.append($0)
                    return nil
                }, fetch: { (url) throws(FileError) in try files.fetch(url) })
            generation = Generation(Pipeline.generate(input, diagnostics: diagnostics), diagnostics)
            self.loaded = loaded
        }
    }

    private static let files = [
        "schemas/pet.yaml": """
        Pet:
          type: object
          properties:
            owner: {$ref: ../people/owner.yaml}
            color: {$ref: "/colors.json#/Color"}
            parent: {$ref: "#/Pet"}
        """,
        "people/owner.yaml": """
        type: object
        properties: {pets: {type: array, items: {$ref: "../schemas/./pet.yaml#/Pet"}}}
        """,
        "colors.json": #"{"Color": {"enum": ["red", "blue"]}}"#,
        "wrong.yaml": "A:\n  type: text\n",
        "broken.yaml": "A: [\n",
        "page.html": "<!DOCTYPE html><title>Sign in</title>",
        "local.yaml": """
        A: {$ref: /etc/hostname}
        B: {$ref: "../../../secret.yaml"}
        C: {$ref: "file:///etc/hostname"}
        D: {$ref: "//[/etc/hostname"}
        """,
    ]

    @Test("what they lead to is fetched once and becomes a part of the document")
    func fetches() throws {
        let server = try WebServer(Self.files)
        let document = Snippet.schemas(
            """
            A: {$ref: "\(server.url("schemas/pet.yaml"))#/Pet"}
            B: {properties: {pet: {$ref: "\(server.url("schemas/pet.yaml"))#/Pet"}}}
            C: {$ref: "\(server.url("redirect/%2Fpeople%2Fowner.yaml"))"}
            """)
        let fetched = Fetched(document)
        #expect(fetched.generation.problems.isEmpty, "\(fetched.generation.problems)")
        let models = try fetched.generation.file("Models.swift")
        for wanted in ["public struct A: Codable", "public var owner: C?", "case red", "public var pets: [A]"] {
            #expect(models.contains(wanted), "\(wanted) \(models)")
        }
        #expect(
            server.asked.sorted() == [
                "colors.json", "people/owner.yaml", "redirect/%2Fpeople%2Fowner.yaml", "schemas/pet.yaml",
            ])
        #expect(fetched.loaded.isEmpty)
    }

    @Test("nothing is fetched without being asked for")
    func refused() throws {
        let server = try WebServer(Self.files)
        let url = server.url("colors.json")
        let generation = Generation(Snippet.schemas("A: {$ref: \"\(url)#/Color\"}"))
        #expect(
            generation.problems.hasPrefix(
                "api.yaml:12:15: error: `\(url)#/Color` is not in this file or in one beside it; nothing is loaded"))
        #expect(generation.problems.contains("or allow it with `--allow-remote-references`"))
        #expect(server.asked.isEmpty)
    }

    @Test("what is wrong in a fetched document is told with its URL, line and column")
    func places() throws {
        let server = try WebServer(Self.files)
        func problems(_ path: String) -> String {
            Fetched(Snippet.schemas("A: {$ref: \"\(server.url(path))#/A\"}")).generation.problems
        }
        #expect(
            problems("wrong.yaml").hasPrefix("\(server.url("wrong.yaml")):2:9: error: there is no type `text`"),
            "\(problems("wrong.yaml"))")
        #expect(problems("wrong.yaml").contains("\n  type: text\n        ^\n"))
        #expect(problems("broken.yaml").contains("\(server.url("broken.yaml")):2:1: error: "))
        #expect(
            problems("colors.json").hasPrefix(
                "api.yaml:12:15: error: there is no `#/A` in `\(server.url("colors.json"))`"))
    }

    @Test("what cannot be fetched is told where the reference stands, and why")
    func failures() throws {
        let server = try WebServer(Self.files)
        func problem(_ address: String, _ files: RemoteFiles = RemoteFiles()) -> String {
            let fetched = Fetched(Snippet.schemas("A: {$ref: \"\(address)\"}"), files)
            #expect(fetched.generation.files.isEmpty && fetched.loaded.isEmpty)
            #expect(fetched.generation.rules == [.remoteReference], "\(fetched.generation.problems)")
            let line = fetched.generation.problems.prefix { $0 != "\n" }
            #expect(line.hasPrefix("api.yaml:12:15: error: "))
            return String(line.dropFirst("api.yaml:12:15: error: ".count))
        }
        let missing = problem(server.url("missing.yaml"))
        #expect(missing.hasPrefix("`\(server.url("missing.yaml"))` cannot be fetched: "))
        #expect(missing.contains("404"))
        #expect(problem(server.url("page.html")).contains("is a page for people (text/html), and no document"))
        #expect(problem("http://127.0.0.1:1/a.yaml").contains("cannot be fetched: Failed to connect to 127.0.0.1"))
        #expect(
            problem(server.url("zeros/2000"), RemoteFiles(limit: 1000)).contains("is larger than 1000 bytes"))
        #expect(
            problem(server.url("zeros/9000000"), RemoteFiles(limit: 1000)).contains("is larger than 1000 bytes"))
        #expect(
            problem(server.url("schemas/pet.yaml"), RemoteFiles(limit: 20)).contains("is larger than 20 bytes"))
        #expect(problem(server.url("redirect/file:%2F%2F%2Fetc%2Fhostname")).contains("cannot be fetched: "))
        #expect(
            problem(server.url("a.yaml"), RemoteFiles(program: "no-such-curl")).hasPrefix(
                "the program `no-such-curl`, which fetches documents, cannot be started"))
        for address in ["file:///etc/hostname", "ftp://127.0.0.1/a.yaml", "//127.0.0.1/a.yaml", "http:a.yaml"] {
            #expect(problem(address).contains("what is fetched are `http` and `https`"), "\(address)")
        }
        let asked = server.asked.count
        #expect(problem(server.url("redirect/") + "redirect%2F").contains("cannot be fetched: "))
        #expect(server.asked.count <= asked + 7)
    }

    @Test("a fetched document leads to no file of this machine")
    func confined() throws {
        let server = try WebServer(Self.files)
        for name in ["A", "B", "C", "D"] {
            let fetched = Fetched(Snippet.schemas("A: {$ref: \"\(server.url("local.yaml"))#/\(name)\"}"))
            #expect(fetched.loaded.isEmpty, "\(name)")
            #expect(fetched.generation.rules.allSatisfy { $0 == .remoteReference }, "\(fetched.generation.problems)")
            #expect(fetched.generation.problems.hasPrefix(server.url("local.yaml")), "\(fetched.generation.problems)")
        }
        #expect(server.asked.filter { $0 == "etc/hostname" }.count == 1)
        #expect(server.asked.filter { $0 == "secret.yaml" }.count == 1)
        // Those who lint and compare follow references in a way of their own.
        let diagnostics = Diagnostics()
        var loaded: [String] = []
        let files = RemoteFiles()
        let text = Snippet.schemas("A: {$ref: \"\(server.url("local.yaml"))#/D\"}")
        let linter = Linter(
            diagnostics: diagnostics,
            load: {
                loaded.append($0)
                return nil
            }, fetch: { (url) throws(FileError) in try files.fetch(url) })
        linter.lint(SourceFile(path: "api.yaml", bytes: Array(text.utf8)))
        #expect(loaded.isEmpty)
        #expect(diagnostics.rendered().contains("is no URL"), "\(diagnostics.rendered())")
    }

    @Test(
        "references within a fetched document are relative to its URL",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
            ("./g/.", "http://a/b/c/g/"), ("g/../h", "http://a/b/c/h"), ("https://b/g", "https://b/g"),
        ])
    func relative(reference: String, wanted: String) throws {
        let file = SourceFile(path: "http://a/b/c/d;p?q", bytes: [], isRemote: true)
        #expect(try FileReference(reference).place(from: file) == .remote(wanted))
    }

    @Test("every command that follows references has the option")
    func commands() throws {
        let server = try WebServer(Self.files)
        try Tools.withFolder { folder in
            let document = folder.appending(path: "api.yaml").path(percentEncoded: false)
            let schema = "{schema: {$ref: \"\(server.url("schemas/pet.yaml"))#/Pet\"}}"
            let text = Snippet.operation("requestBody: {content: {application/json: \(schema)}}", method: "put")
            try Data(text.utf8).write(to: URL(filePath: document))
            let output = folder.appending(path: "out").path(percentEncoded: false)
            let commands = [
                ["generate", "--spec", document, "--output", output], ["json", document], ["diff", document, document],
                ["lint", document],
            ]
            for command in commands {
                let without = try Tools.generate(command)
                #expect(server.asked.isEmpty, "\(command)")
                let result = try Tools.generate(command + ["--allow-remote-references"])
                #expect(
                    server.asked.sorted() == ["colors.json", "people/owner.yaml", "schemas/pet.yaml"],
                    "\(command) \(result)")
                try server.forget()
                switch command[0] {
                case "generate": #expect(without.status == 1 && result.status == 0, "\(result.errors)")
                case "json": #expect(result.output.contains(#""enum":["red","blue"]"#), "\(result)")
                case "diff": #expect(result.status == 0 && result.errors.hasPrefix("changes: 0 "), "\(result)")
                default:
                    #expect(without.output.contains("[no-unresolved-refs]"))
                    #expect(!result.output.contains("[no-unresolved-refs]"), "\(result)")
                }
            }
        }
    }
}
