import Testing

@testable import Server

@Suite("Values of Tempo's parameters")
struct TempoValueTests {
    @Test(
        "times are read as Tempo reads them",
        arguments: [
            ("1767366245", "1767366245"), ("1767366245000000000", "1767366245"),
            ("1767366245.25", "1767366245250000000"), ("1767366245000000001", "1767366245000000001"),
            ("2026-01-02T15:04:05Z", "1767366245"), ("10", "10"), ("9", nil), ("0", nil), ("-5", nil), ("", nil),
            ("x", nil), ("99999999999999999999", nil), ("1e30", nil), ("12345678901", "12345678901"),
            ("9999999999999", "9999999999999"),
        ] as [(String, String?)])
    func times(_ text: String, _ parameter: String?) {
        #expect(TempoTime(text)?.parameter == parameter)
    }

    @Test(
        "durations are read as Go reads them",
        arguments: [
            ("100ms", "100ms"), ("1.5s", "1500ms"), ("1h30m", "5400s"), ("1us", "1000ns"), ("1µs", "1000ns"),
            ("2d", "172800s"), ("0s", "0s"), ("1", nil), ("", nil), ("s", nil), ("-1s", nil), ("1y", nil),
            ("1.2.3s", nil),
            (".s", nil), ("1s 2s", nil), ("99999999999h", nil),
        ] as [(String, String?)])
    func durations(_ text: String, _ parameter: String?) {
        #expect(TempoDuration(text)?.parameter == parameter)
    }

    @Test("steps are seconds or durations above zero")
    func steps() {
        #expect(TempoDuration(step: "15")?.parameter == "15s")
        #expect(TempoDuration(step: "0.5")?.parameter == "500ms")
        #expect(TempoDuration(step: "1m")?.parameter == "60s")
        #expect(TempoDuration(step: "100us")?.parameter == "100000ns")
        for text in ["0", "0s", "-1", "x", ""] { #expect(TempoDuration(step: text) == nil) }
    }

    @Test("logfmt is read strictly")
    func logfmt() throws {
        let pairs = try LogfmtTags.parse(#"  a=b  c="d \"e\" \\ \n" f= g="" é=ü "#)
        #expect(pairs.map(\.key) == ["a", "c", "f", "g", "é"])
        #expect(pairs.map(\.value) == ["b", "d \"e\" \\ \n", "", "", "ü"])
        #expect(throws: LogfmtTags.Invalid(message: "a quoted value does not end", column: 5)) {
            try LogfmtTags.parse(#"a="b"#)
        }
        for text in ["a", "=b", "a b=c", #"a="b"c=d"#, "a=b=c", #"a=b""#, "a=\u{1}", "a\t=b", #"a="\q""#] {
            #expect(throws: LogfmtTags.Invalid.self, "\(text)") { try LogfmtTags.parse(text) }
        }
    }

    @Test("texts are quoted so that the scanner reads them back")
    func quoting() {
        #expect(TraceFilterText.quoted("a\"b\\c\n\u{7F}é\u{FEFF}`") == #""a\"b\\c\u000a\u007fé\ufeff`""#)
    }
}
