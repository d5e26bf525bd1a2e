import Testing

@testable import Generator

@Suite("How problems are shown")
struct DiagnosticsTests {
    private func rendered(_ text: String, _ line: UInt32, _ column: UInt32) -> String {
        let diagnostics = Diagnostics()
        let file = diagnostics.add(SourceFile(path: "a.yaml", bytes: Array(text.utf8)))
        diagnostics.report(
            .invalidValue, at: Location(file: file, line: line, column: column), "it is wrong", advice: "make it right")
        return diagnostics.rendered()
    }

    @Test("place, message, rule, excerpt, caret and advice")
    func shape() {
        #expect(
            rendered("a: 1\n  b: 2\r\nc: 3", 2, 6) == """
                a.yaml:2:6: error: it is wrong [invalid-value]
                  b: 2
                     ^
                help: make it right

                """)
    }

    @Test("tabs are shown as spaces, so that the caret is in its place")
    func tabs() {
        #expect(rendered("\ta: 1", 1, 5).contains("\n a: 1\n    ^\n"))
    }

    @Test("a place behind the end has a caret behind the line, a line that is not there no excerpt")
    func beyondTheEnd() {
        #expect(rendered("ab", 1, 9).contains("\nab\n  ^\n"))
        #expect(rendered("ab", 7, 1) == "a.yaml:7:1: error: it is wrong [invalid-value]\nhelp: make it right\n")
    }

    @Test("of a very long line only the surroundings are shown")
    func longLines() throws {
        let text = String(repeating: "a", count: 5_000) + "X" + String(repeating: "b", count: 5_000)
        let lines = rendered(text, 1, 5_001).split(separator: "\n", omittingEmptySubsequences: false)
        let caret = try #require(lines[2].firstIndex(of: "^"))
        #expect(lines[1].count == 160)
        #expect(Array(lines[1])[lines[2].distance(from: lines[2].startIndex, to: caret)] == "X")
    }

    @Test("problems come in the order of their places, equal ones once")
    func order() {
        let diagnostics = Diagnostics()
        let file = diagnostics.add(SourceFile(path: "a.yaml", bytes: Array("a\nb\n".utf8)))
        diagnostics.report(.invalidValue, at: Location(file: file, line: 2, column: 1), "second")
        diagnostics.report(.invalidValue, at: Location(file: file, line: 1, column: 1), "first")
        diagnostics.report(.invalidValue, at: Location(file: file, line: 2, column: 1), "second")
        #expect(
            diagnostics.rendered() == """
                a.yaml:1:1: error: first [invalid-value]
                a
                ^
                a.yaml:2:1: error: second [invalid-value]
                b
                ^

                """)
    }
}
