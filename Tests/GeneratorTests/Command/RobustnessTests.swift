import Foundation
import Testing

@testable import Generator

@Suite("No document makes the generator crash")
struct RobustnessTests {
    @Test("broken copies of a document generate code or are refused with places", arguments: 0..<8)
    func mutations(seed: Int) {
        for copy in BrokenCopies(of: Everything.document, count: 40, seed: seed) {
            let generation = Generation(copy, configuration: CommandTests.configuration)
            #expect(generation.files.isEmpty != generation.problems.isEmpty)
        }
    }

    @Test("schemas as deep as values may be nested are read and written")
    func deepSchemas() throws {
        let items = String(repeating: "{items: ", count: 190) + "{}" + String(repeating: "}", count: 190)
        #expect(
            try Generation(Snippet.schemas("A: \(items)")).file("Models.swift").contains(
                String(repeating: "[", count: 190) + "JSONValue"))
        let objects =
            String(repeating: "{properties: {a: ", count: 95) + "{}" + String(repeating: "}}", count: 95)
        #expect(
            try Generation(Snippet.schemas("A: \(objects)")).file("Models.swift").contains("public struct AValue2:"))
        let tooDeep = String(repeating: "{items: ", count: 200) + "{}" + String(repeating: "}", count: 200)
        #expect(Generation(Snippet.schemas("A: \(tooDeep)")).rules == [.nestingDepth])
    }

    @Test(
        "documents of others generate code or are refused with places",
        .enabled(if: Repository.exists(Repository.sharedSpecs), "the folder of shared documents is not here"))
    func sharedDocuments() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Repository.sharedSpecs, includingPropertiesForKeys: [.fileSizeKey]
        ).filter { ["yaml", "json"].contains($0.pathExtension) }
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            // The largest take long in a debug build and hold nothing that the others do not.
            guard bytes.count < 1_000_000 else { continue }
            let generation = Generation(bytes)
            let heads = generation.problems.split(separator: "\n").filter { $0.contains(": error: ") }
            #expect(generation.files.isEmpty != heads.isEmpty, "\(file.lastPathComponent)")
            #expect(heads.allSatisfy { $0.contains(/^api\.yaml:\d+:\d+: error: .+ \[[a-z0-9-]+\]$/) })
        }
    }
}
