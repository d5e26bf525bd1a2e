import Foundation
import Testing

@testable import Generator

@Suite("Text as Swift source and as JSON")
struct TextTests {
    @Test("quoted literals")
    func quoted() {
        #expect(StringLiteral.quoted("a\"b\\(c)\n\r\t\u{7}é\u{2028}") == #""a\"b\\(c)\n\r\t\u{7}é\u{2028}""#)
    }

    @Test("a literal over several lines has as many marks as its text needs")
    func multiline() {
        #expect(StringLiteral.multiline("a\nb") == "#\"\"\"\na\nb\n\"\"\"#")
        #expect(StringLiteral.multiline("a\"##\n").hasPrefix("###\"\"\"\n"))
        #expect(StringLiteral.multiline("\\###(x)").hasPrefix("####\"\"\"\n"))
        #expect(StringLiteral.multiline("a\r\n").contains("a\\#u{d}\n"))
    }

    private func json(_ yaml: String) -> String {
        let diagnostics = Diagnostics()
        let node = YAMLReader.read(SourceFile(path: "a", bytes: Array(yaml.utf8)), diagnostics: diagnostics)
        return node.map { String(decoding: JSONText.text(of: $0), as: UTF8.self) } ?? diagnostics.rendered()
    }

    @Test(
        "YAML becomes compact JSON, its keys in order",
        arguments: [
            ("b: 1\na: [x, ~, true]", #"{"b":1,"a":["x",null,true]}"#),
            ("a: \"\\u0001\\\"\\\\\"", #"{"a":"\u0001\"\\"}"#),
            ("[0010, +5, -0, 0x1F, 0o17, -007]", "[10,5,-0,31,15,-7]"),
            ("[.5, 5., -01.50, 1.e3, +1E-2, 00.1]", "[0.5,5,-1.50,1e3,1E-2,0.1]"),
            ("0xFFFFFFFFFFFFFFFFFFFF", "1208925819614629174706175"), ("é: |\n  a\n  b", "{\"é\":\"a\\nb\"}"),
            ("[]", "[]"), ("{}", "{}"), ("200: {a: b}", #"{"200":{"a":"b"}}"#), ("a: no", #"{"a":"no"}"#),
        ])
    func jsonText(yaml: String, expected: String) throws {
        #expect(json(yaml) == expected)
        _ = try JSONSerialization.jsonObject(with: Data(json(yaml).utf8), options: .fragmentsAllowed)
    }

    @Test("entity tags differ when a byte does")
    func entityTags() {
        #expect(EntityTag.tag(of: []) == "cbf29ce4842223256c62272e07bb0142")
        #expect(EntityTag.tag(of: Array("a".utf8)).hasPrefix("af63dc4c8601ec8c"), "FNV-1a of `a`")
        #expect(EntityTag.tag(of: [1]) != EntityTag.tag(of: [2]))
    }

    @Test("the embedded document is the file to the byte, and its JSON is JSON")
    func embedded() throws {
        let lines = [
            Snippet.head + "servers:", "  - url: /", "    description: |",
            "      a \"\"\"# b \\#(c) \\(d) \\n é 日本 \u{1F600}",
            "      \"\"\"", "      # \u{A0} and \u{FEFF}", "# a comment with a return\r", Snippet.operation,
        ]
        let yaml = Array(lines.joined(separator: "\n").utf8)
        let generation = Generation(yaml)
        let text = try #require(generation.files["OpenAPIDocument.swift"], Comment(rawValue: generation.problems))
        try Tools.withFolder { folder in
            let file = folder.appending(path: "OpenAPIDocument.swift")
            try Data(text.utf8).write(to: file)
            let main = folder.appending(path: "main.swift")
            try Data(
                """
                import Foundation
                FileHandle.standardOutput.write(Data(OpenAPIDocument.yaml + [0] + OpenAPIDocument.json))
                """.utf8
            ).write(to: main)
            let program = folder.appending(path: "program")
            let compiled = try Tools.run(
                URL(filePath: "/usr/bin/env"),
                ["swiftc", "-o"] + [program, file, main].map { $0.path(percentEncoded: false) })
            try #require(compiled.status == 0, "\(compiled.errors)")
            let parts = try Tools.run(program, []).output.utf8.split(separator: 0)
            #expect(parts.count == 2)
            #expect(parts.first.map { Array($0) } == yaml)
            let json = try JSONSerialization.jsonObject(with: Data(parts.last ?? "".utf8[...])) as? [String: Any]
            let server = (json?["servers"] as? [[String: String]])?.first
            #expect(server?["description"]?.hasPrefix("a \"\"\"# b \\#(c) \\(d) \\n é 日本 \u{1F600}\n") == true)
        }
    }
}
