import Testing

@testable import Generator

@Suite("YAML into located nodes")
struct YAMLReaderTests {
    private func read(_ text: String) -> (node: Node?, problems: String) {
        read(Array(text.utf8))
    }

    private func read(_ bytes: [UInt8]) -> (node: Node?, problems: String) {
        let diagnostics = Diagnostics()
        let node = YAMLReader.read(SourceFile(path: "a.yaml", bytes: bytes), diagnostics: diagnostics)
        return (node, diagnostics.rendered())
    }

    private func place(_ location: Location?) -> String {
        location.map { "\($0.line):\($0.column)" } ?? "nowhere"
    }

    @Test("every key and value knows its line and column")
    func locations() throws {
        let (node, problems) = read("a: 1\nb:\n  - x\n  - {c: \"é\", d: [true]}\n")
        #expect(problems.isEmpty)
        let root = try #require(node?.mapping)
        #expect(place(node?.location) == "1:1")
        #expect(place(root["a"]?.value.location) == "1:4")
        #expect(place(root["b"]?.keyLocation) == "2:1")
        let items = try #require(root["b"]?.value.sequence)
        #expect(place(items.first?.location) == "3:5")
        let inner = try #require(items.last?.mapping)
        #expect(place(inner["c"]?.keyLocation) == "4:6")
        #expect(place(inner["d"]?.keyLocation) == "4:14", "columns count characters, not bytes")
        #expect(place(inner["d"]?.value.sequence?.first?.location) == "4:18")
    }

    @Test("quoted scalars are strings, numbers keep their text")
    func scalars() throws {
        let root = try #require(read("a: \"1\"\nb: '~'\nc: 0010\nd: 1.50\ne: |\n  x\n").node?.mapping)
        #expect(root["a"]?.value.string == "1")
        #expect(root["b"]?.value.string == "~")
        #expect(root["c"]?.value.scalar?.text == "0010")
        #expect(root["c"]?.value.string == nil)
        #expect(root["d"]?.value.scalar?.text == "1.50")
        #expect(root["e"]?.value.string == "x\n")
    }

    @Test("JSON is read as it is")
    func json() throws {
        let (node, problems) = read("{\"a\": [1, null, false, {\"b\": \"\\u00e9\\n\"}]}")
        #expect(problems.isEmpty)
        let items = try #require(node?.mapping?["a"]?.value.sequence)
        #expect(items[1].isNull)
        #expect(items[2].boolean == false)
        #expect(items[3].mapping?["b"]?.value.string == "é\n")
    }

    @Test("two equal keys are refused with both places")
    func duplicateKeys() {
        let (_, problems) = read("a: 1\nb: 2\na: 3\n")
        #expect(
            problems == """
                a.yaml:3:1: error: the key `a` is already defined [duplicate-key]
                a: 3
                ^
                a.yaml:1:1: note: first defined here
                a: 1
                ^

                """)
    }

    @Test("keys are equal by their bytes, not by how they look")
    func canonicallyEquivalentKeys() throws {
        let (node, problems) = read("\u{e9}: 1\ne\u{301}: 2\n")
        #expect(problems.isEmpty)
        #expect(try #require(node?.mapping).entries.count == 2)
    }

    @Test(
        "what JSON cannot say is refused where it stands",
        arguments: [
            ("a: &x {b: 1}\nc:\n  <<: *x\n", "a.yaml:3:3", "merge-key"),
            ("a: !!str 1\n", "a.yaml:1:4", "yaml-tag"),
            ("a: !Ref x\n", "a.yaml:1:4", "yaml-tag"),
            ("a: 1\n---\nb: 2\n", "a.yaml:2:1", "multiple-documents"),
            ("", "a.yaml:1:1", "empty-document"),
            ("# nothing\n", "a.yaml:2:1", "empty-document"),
            ("? [a]\n: 1\n", "a.yaml:1:3", "mapping-key"),
            ("a: .inf\n", "a.yaml:1:4", "not-a-number"),
            ("a: .NaN\n", "a.yaml:1:4", "not-a-number"),
            ("a: *b\n", "a.yaml:1:4", "unknown-alias"),
            ("a: &a [*a]\n", "a.yaml:1:8", "unknown-alias"),
            ("a: [1, 2\nb: 3\n", "a.yaml:2:2", "yaml-syntax"),
            ("a: b: c\n", "a.yaml:1:5", "yaml-syntax"),
            ("a: \"b\n", "a.yaml:2:1", "yaml-syntax"),
            ("a:\n\t- b\n", "a.yaml:2:1", "yaml-syntax"),
            ("a: |\n  é\u{2028}b\n", "a.yaml:2:4", "line-separator"), ("a: \u{85}", "a.yaml:1:4", "line-separator"),
            ("a: 1\rb: 2\r\nb: 3\n", "a.yaml:3:1", "duplicate-key"),
            ("a: \u{7}\n", "a.yaml:1:4", "yaml-syntax"),
        ])
    func refused(text: String, place: String, rule: String) {
        let (_, problems) = read(text)
        let first = problems.split(separator: "\n").first ?? ""
        #expect(first.hasPrefix("\(place): error: "), "\(problems)")
        #expect(first.hasSuffix("[\(rule)]"), "\(problems)")
    }

    @Test("invalid UTF-8 is located by the characters before it")
    func invalidUTF8() {
        let (node, problems) = read(Array("a: 1\nb: é".utf8) + [0xFF, 0x0A])
        #expect(node == nil)
        #expect(problems.hasPrefix("a.yaml:2:5: error: the file is not valid UTF-8 here [invalid-utf8]"))
    }

    @Test("a byte order mark shifts nothing")
    func byteOrderMark() throws {
        let (node, problems) = read([0xEF, 0xBB, 0xBF] + Array("a: 1\n".utf8))
        #expect(problems.isEmpty)
        #expect(place(node?.mapping?["a"]?.keyLocation) == "1:1")
    }

    @Test("an alias repeats the value of its anchor")
    func aliases() throws {
        let root = try #require(read("a: &x [1, 2]\nb: *x\n").node?.mapping)
        #expect(root["b"]?.value.sequence?.count == 2)
    }

    @Test("aliases of aliases of aliases are refused before they grow")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let (node, problems) = read(text)
        #expect(node == nil)
        #expect(problems.contains("aliases repeat more than 100000 values [alias-expansion]"))
    }

    @Test("200 levels are read, one more is refused, a million does not crash", arguments: [200, 201, 1_000_000])
    func depth(levels: Int) {
        let (node, problems) = read(String(repeating: "[", count: levels) + String(repeating: "]", count: levels))
        #expect((node != nil) == (levels <= 200))
        #expect(problems.contains("[nesting-depth]") == (levels > 200), "\(problems.prefix(200))")
    }

    @Test("depth is counted through aliases")
    func aliasedDepth() {
        var text = "a0: &a0 " + String(repeating: "[", count: 90) + String(repeating: "]", count: 90) + "\n"
        text += "a1: &a1 " + String(repeating: "[", count: 90) + "*a0" + String(repeating: "]", count: 90) + "\n"
        #expect(read(text).problems.isEmpty)
        text += "a2: " + String(repeating: "[", count: 90) + "*a1" + String(repeating: "]", count: 90) + "\n"
        #expect(read(text).problems.contains("[nesting-depth]"))
    }
}
