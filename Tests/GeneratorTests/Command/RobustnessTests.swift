import Foundation
import Testing

@testable import Generator

@Suite("No document makes the generator crash")
struct RobustnessTests {
    /// A generator of the same numbers each time.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test("broken copies of a document generate code or are refused with places", arguments: 0..<8)
    func mutations(seed: Int) {
        var numbers = Numbers(state: UInt64(seed))
        let lines = Everything.document.split(separator: "\n", omittingEmptySubsequences: false)
        let pieces = ["- ", ": ", "{", "}", "[", "]", "\"", "&a ", "*a", "|", "$ref: \"#/\"", "~", "0", "é", "\u{1}"]
        for _ in 0..<40 {
            var changed = lines.map { String($0) }
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let line = Int.random(in: 0..<changed.count, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: changed.remove(at: line)
                case 1: changed[line] = String(changed[line].dropFirst(2))
                case 2: changed.swapAt(line, Int.random(in: 0..<changed.count, using: &numbers))
                default:
                    let index = changed[line].indices.randomElement(using: &numbers) ?? changed[line].startIndex
                    changed[line].insert(contentsOf: pieces.randomElement(using: &numbers) ?? "", at: index)
                }
            }
            let generation = Generation(changed.joined(separator: "\n"), configuration: CommandTests.configuration)
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
