import Foundation

/// The query corpora beside the project; tests that need them are skipped where they are missing.
enum Corpus {
    struct Valid: Decodable {
        var q: String
        var out: String
        var reparse: Bool
    }

    struct Invalid: Decodable {
        var q: String
        var stage: String
        var err: String
    }

    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/corpus")

    static let isThere = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("traceql_valid.jsonl").path)

    static func valid() throws -> [Valid] { try load("traceql_valid.jsonl") }
    static func invalid() throws -> [Invalid] { try load("traceql_invalid.jsonl") }

    private static func load<Entry: Decodable>(_ name: String) throws -> [Entry] {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Entry.self, from: $0) }
    }
}
