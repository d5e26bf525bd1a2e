import Testing

@testable import Generator

@Suite("Characters that JSON writes as two escapes")
struct SurrogatePairTests {
    private func read(_ text: String) -> (node: Node?, problems: String) {
        let diagnostics = Diagnostics()
        let node = YAMLReader.read(SourceFile(path: "a", bytes: Array(text.utf8)), diagnostics: diagnostics)
        return (node, diagnostics.rendered())
    }

    private func place(_ node: Node?) -> String {
        node.map { "\($0.location.line):\($0.location.column)" } ?? "nowhere"
    }

    @Test("are read in JSON, and what stands behind them keeps its column")
    func json() throws {
        let (node, problems) = read(
            #"{"a": "é\ud83d\ude00", "b": ["\\ud83d\\ude00", "\"\uD83D\uDE00\"", 1],"# + "\n"
                + #" "\ud834\udd1e": "\ud83d\ude00\ud83d\ude00", "c": 2}"#)
        #expect(problems.isEmpty, "\(problems)")
        let root = try #require(node?.mapping)
        #expect(root["a"]?.value.string == "é😀")
        #expect(place(root["a"]?.value) == "1:7")
        let items = try #require(root["b"]?.value.sequence)
        #expect(items[0].string == #"\ud83d\ude00"#)
        #expect(items[1].string == "\"😀\"")
        #expect(items.map(place) == ["1:30", "1:48", "1:68"])
        #expect(root["𝄞"]?.value.string == "😀😀")
        #expect(place(root["𝄞"]?.value) == "2:18")
        #expect(place(root["c"]?.value) == "2:51")
    }

    @Test("are read in double quotes of YAML alone")
    func yaml() throws {
        let (node, problems) = read(
            #"""
            a: "\ud83d\ude00" # "\ud83d\ude00
            b: '\ud83d\ude00'
            c: \ud83d\ude00 "\ud83d\ude00"
            d: |
              "\ud83d\ude00"
            e: ["\ud83d\ude00", "x
              \ud83d\ude00", f]
            """#)
        #expect(problems.isEmpty, "\(problems)")
        let root = try #require(node?.mapping)
        #expect(root["a"]?.value.string == "😀")
        #expect(root["b"]?.value.string == #"\ud83d\ude00"#)
        #expect(root["c"]?.value.string == #"\ud83d\ude00 "\ud83d\ude00""#)
        #expect(root["d"]?.value.string == "\"\\ud83d\\ude00\"\n")
        let items = try #require(root["e"]?.value.sequence)
        #expect(items.map(\.string) == ["😀", "x 😀", "f"])
        #expect(place(items.last) == "7:18")
    }

    @Test("are refused where one half is missing", arguments: [#"\ud83d"#, #"\ude00"#, #"\ud83d\u0041"#, #"\ud83dx"#])
    func halves(text: String) {
        let (node, problems) = read(#"{"a": "\ud83d\ude00", "b": "\#(text)"}"#)
        #expect(node == nil)
        #expect(problems.hasPrefix("a:1:31: error: found invalid Unicode character escape code"), "\(problems)")
    }
}
