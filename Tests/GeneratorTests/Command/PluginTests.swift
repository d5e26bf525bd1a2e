import Foundation
import Testing

@Suite("The build plugin")
struct PluginTests {
    @Test("knows every file that the generator reads: overlays, what is referred to, and so on")
    func inputs() throws {
        try Tools.withFolder { folder in
            let files = [
                "generator.yaml": """
                modes: [server]   # overlays: [commented.yaml]
                overlays:
                  - over/public.yaml
                  - 'over/second one.yaml' # the last
                """,
                "openapi.yaml": """
                a: {$ref: schemas/Pet.yaml}
                b: {$ref: "common.json#/a", c: $ref, d: missing.yaml}
                mapping: {dog: ./schemas/Dog.yaml, cat: Cat}
                folder: {$ref: schemas}
                """,
                "over/public.yaml": "update: {$ref: ../schemas/Added}\n",
                "over/second one.yaml": "update: {$ref: over%20there.yaml}\n",
                "over/over there.yaml": "{}",
                "schemas/Pet.yaml": "{$ref: '../openapi.yaml'}",
                "schemas/Dog.yaml": "{}",
                "schemas/Added": "{}",
                "common.json": #"{"$ref":"schemas/Deep.json","a":{"$ref" : "schemas/Deeper"}}"#,
                "schemas/Deep.json": "{}",
                "schemas/Deeper": "{}",
                "commented.yaml": "{}",
                "other.yaml": "{}",
                "Cat": "{}",
            ]
            for (path, text) in files {
                let url = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            let main = folder.appending(path: "main.swift")
            try Data(
                #"""
                import Foundation
                let folder = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
                let files = InputFiles.all(
                    spec: folder.appending(path: "openapi.yaml"), configuration: folder.appending(path: "generator.yaml"))
                for file in files { print(file.path(percentEncoded: false)) }
                """#.utf8
            ).write(to: main)
            let program = folder.appending(path: "program").path(percentEncoded: false)
            // A plugin cannot be imported.
            let source = Repository.root.appending(path: "Plugins/GenerateAPI/InputFiles.swift")
            let compiled = try Tools.run(
                URL(filePath: "/usr/bin/env"),
                ["swiftc", "-swift-version", "6", "-o", program]
                    + [source, main].map { $0.path(percentEncoded: false) }
            )
            try #require(compiled.status == 0, "\(compiled.errors)")
            let path = folder.standardizedFileURL.path(percentEncoded: false)
            let result = try Tools.run(URL(filePath: program), [path])
            let found = result.output.split(separator: "\n").map { String($0.dropFirst(path.utf8.count)) }
                .map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
            let unused: Set = ["commented.yaml", "other.yaml", "Cat"]
            #expect(found.sorted() == files.keys.filter { !unused.contains($0) }.sorted(), "\(result)")
            #expect(found.first == "generator.yaml")
        }
    }
}
