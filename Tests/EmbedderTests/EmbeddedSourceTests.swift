import Foundation
import Testing

@testable import Embedder

@Suite("Embedded files")
struct EmbeddedSourceTests {
    private func source(_ texts: [String: String]) throws -> String {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("embedder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        for (name, text) in texts { try Data(text.utf8).write(to: root.appendingPathComponent(name)) }
        return try EmbeddedSource(
            root: root.path, files: texts.keys.sorted().map { root.appendingPathComponent($0).path }
        ).text
    }

    @Test("each is a literal of its text, under its path")
    func literals() throws {
        #expect(
            try source(["a.js": "one\n", "b.css": "two"]) == """
                /// Every file by its path.
                let embeddedFiles: [(path: String, text: StaticString)] = [
                    ("a.js", #\"""
                one

                \"""#),
                    ("b.css", #\"""
                two
                \"""#),
                ]

                """)
    }

    @Test("no text ends its literal, or is taken for an escape")
    func marks() throws {
        let text = "\"\"\"# and \\##(x) and \\u{61}"
        #expect(try source(["a": text]).contains("###\"\"\"\n\(text)\n\"\"\"###"))
    }

    @Test("what would not be the same to the byte is refused", arguments: ["a\r\nb", "\u{0}", "\u{1b}[1m"])
    func refused(_ text: String) {
        #expect(throws: EmbeddedSource.Unusable.self) { try source(["a": text]) }
    }

    @Test("so is a file that is somewhere else")
    func elsewhere() {
        #expect(throws: EmbeddedSource.Unusable.self) {
            try EmbeddedSource(root: "/nowhere", files: ["/etc/hostname"])
        }
    }
}
