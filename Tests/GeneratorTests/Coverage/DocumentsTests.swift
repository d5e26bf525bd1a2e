import Foundation
import JSONSchema
import Testing

@testable import Generator

/// Documents that nobody wrote for these tests: each generates code that compiles, or is refused for reasons that a
/// person agreed with.
@Suite(
    "Documents of others",
    .enabled(if: Repository.exists(Repository.sharedSpecs), "the folder of shared documents is not here"))
struct DocumentsTests {
    /// Whether the large ones have their turn, which takes minutes (`scripts/test --full`).
    private static let isFull = ProcessInfo.processInfo.environment["PALISADE_ALL_DOCUMENTS"] != nil

    static let files: [URL] = {
        let all = try? FileManager.default.contentsOfDirectory(
            at: Repository.sharedSpecs, includingPropertiesForKeys: nil)
        return (all ?? []).filter { ["yaml", "json"].contains($0.pathExtension) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }()

    /// The files and what was reported; the schemas of the plan have to be such that the runtime can read them.
    private func generate(
        _ file: URL, _ bytes: [UInt8], allowsUnsupported: Bool, modes: String = "[server]"
    ) -> (
        files: [(name: String, text: String)], heads: [String]
    ) {
        let diagnostics = Diagnostics()
        let planned = Pipeline.plan(
            spec: SourceFile(path: file.lastPathComponent, bytes: bytes),
            configuration: SourceFile(path: "generator.yaml", bytes: Array("modes: \(modes)".utf8)),
            diagnostics: diagnostics, allowsUnsupported: allowsUnsupported)
        if let table = planned?.0.schemaTable, !table.isEmpty {
            #expect(throws: Never.self) { try SchemaSet(parsing: table) }
        }
        let files = planned.map { GeneratedFiles.files($0.0, yaml: bytes, root: $0.1) } ?? []
        let heads = diagnostics.rendered().split(separator: "\n")
            .filter { $0.contains(": error: ") || $0.contains(": warning: ") }
        return (files, heads.map { String($0) })
    }

    @Test("generate, with the warnings of Reports, or are refused for the reasons there", arguments: files)
    func outcome(file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        guard Self.isFull || bytes.count < 300_000 else { return }
        let name = file.lastPathComponent
        let (files, heads) = generate(file, bytes, allowsUnsupported: false)
        let golden = Repository.root.appending(path: "Tests/GeneratorTests/Coverage/Reports/\(name).txt")
        guard !heads.isEmpty else {
            #expect(!files.isEmpty)
            #expect(!Repository.exists(golden), "there is nothing to report")
            return
        }
        #expect(files.isEmpty == heads.contains { $0.contains(": error: ") })
        var text = "\(files.isEmpty ? "Refused" : "Generated"):\n" + heads.joined(separator: "\n") + "\n"
        if files.isEmpty {
            let lenient = generate(file, bytes, allowsUnsupported: true)
            #expect(lenient.files.isEmpty == name.contains("swagger2"), "\(lenient.heads)")
            text += "\nWith --allow-unsupported:\n" + lenient.heads.joined(separator: "\n") + "\n"
        }
        if ProcessInfo.processInfo.environment["PALISADE_WRITE_REPORTS"] != nil {
            try Data(text.utf8).write(to: golden)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    @Test("all but Swagger 2 and one with a mistake generate by default")
    func refusals() throws {
        let folder = Repository.root.appending(path: "Tests/GeneratorTests/Coverage/Reports")
        let refused = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { try String(contentsOf: $0, encoding: .utf8).hasPrefix("Refused:") }
            .map { $0.deletingPathExtension().lastPathComponent }
        #expect(refused.sorted() == ["alertmanager-swagger2.yaml", "superset.json"])
        #expect(Self.files.count >= 28)
    }

    @Test("and what is generated compiles, with a client", arguments: files)
    func compiles(file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        // The rest is the business of scripts/check-spec, in scripts/test --full.
        guard bytes.count < 30_000 else { return }
        let (files, _) = generate(file, bytes, allowsUnsupported: true, modes: "[server, client]")
        guard !files.isEmpty else { return }
        try Tools.withFolder { folder in
            let urls = try files.map { file in
                let url = folder.appending(path: file.name)
                try Data(file.text.utf8).write(to: url)
                return url
            }
            let result = try Tools.typeCheck(urls)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.isEmpty)
        }
    }
}
