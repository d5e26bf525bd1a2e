import Testing

@testable import MiniTempo

@Suite("Parameters")
struct ParameterTests {
    @Test(
        "A query string is read as Go reads it",
        arguments: [
            ("q=a", "a"), ("q=a&q=b", "a"), ("q=&q=b", nil), ("q", nil), ("q=a;b", nil), ("q=a;&q=b", "b"),
            ("q=%", nil), ("q=%zz&q=b", "b"), ("q=%ff", nil), ("q=a+b%2B", "a b+"), ("&&q=a=b&", "a=b"), ("Q=a", nil),
            ("%71=a", "a"), ("q=%C3%A9", "é"),
        ] as [(String, String?)])
    func query(_ text: String, _ value: String?) {
        #expect(QueryParameters(text)["q"] == value)
    }

    @Test(
        "logfmt: names and values, in quotation marks where they have spaces",
        arguments: [
            ("a=b", ["a:b"]), (" a=b  c=d ", ["a:b", "c:d"]), (#"a="b c" d=e"#, ["a:b c", "d:e"]),
            (#"a="b\"c\\""#, [#"a:b"c\"#]), ("a= b", ["a:", "b:"]), ("a", ["a:"]), ("", []),
        ])
    func logfmt(_ text: String, _ pairs: [String]) {
        #expect(Logfmt.parse(text)?.map { "\($0.name):\($0.value)" } == pairs)
    }

    @Test("What is no logfmt is refused", arguments: [#"a="b"#, "=b", #""a"=b"#, #"a=b"c"#, "a=b=c"])
    func badLogfmt(_ text: String) {
        #expect(Logfmt.parse(text) == nil)
    }

    @Test("A window's steps begin at whole multiples of their length and hold what begins after them")
    func window() throws {
        let window = try TimeWindow(aligning: 15_000_000, 31_000_000, step: 10_000_000)
        #expect(window.start == 10_000_000 && window.end == 40_000_000 && window.count == 3)
        #expect(window.index(of: 10_000_000) == nil)
        #expect(window.index(of: 10_000_001) == 0)
        #expect(window.index(of: 20_000_000) == 0)
        #expect(window.index(of: 20_000_001) == 1)
        #expect(window.index(of: 40_000_000) == 2)
        #expect(window.index(of: 40_000_001) == nil)
        #expect((0..<3).map { window.milliseconds($0) } == [20, 30, 40])
        #expect(throws: Refusal.self) { try TimeWindow(aligning: 0, 11_002, step: 1) }
        #expect(throws: Refusal.self) { try TimeWindow(instant: 2, 2) }
        #expect(try TimeWindow(aligning: 0, .max, step: 1 << 62).count == 3)
        #expect(try TimeWindow(instant: 0, .max).index(of: .max) == 0)
    }
}
