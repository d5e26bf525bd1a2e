import PromQLSyntax
import Testing

@Suite("Syntax errors")
struct SyntaxErrorTests {
    @Test(
        "An unexpected token is named with the construct it stands in",
        arguments: [
            ("x y", #"1:3: parse error: unexpected identifier "y""#),
            ("x y:z", #"1:3: parse error: unexpected metric identifier "y:z""#),
            ("1 2", #"1:3: parse error: unexpected number "2""#),
            ("1 5m", #"1:3: parse error: unexpected duration "5m""#),
            (#"x "abcdefghijkl""#, #"1:3: parse error: unexpected string "\"abcdefghi"..."#),
            ("on", "1:1: parse error: unexpected <on>"),
            ("x sum", "1:3: parse error: unexpected <aggr:sum>"),
            ("x = y", #"1:3: parse error: unexpected "=""#),
            ("1 +", "1:4: parse error: unexpected end of input"),
            ("()", #"1:2: parse error: unexpected ")""#),
            ("x start", #"1:3: parse error: unexpected "start""#),
            ("sum(x y)", #"1:7: parse error: unexpected identifier "y" in aggregation"#),
            ("sum by (a) x", #"1:12: parse error: unexpected identifier "x" in aggregation"#),
            ("sum(rate(x y))", #"1:12: parse error: unexpected identifier "y" in aggregation"#),
            ("sum x", #"1:5: parse error: unexpected identifier "x""#),
            ("sum(x) by (a) by (b)", "1:15: parse error: unexpected <by>"),
            ("sum by a (x)", #"1:8: parse error: unexpected identifier "a" in grouping opts, expected "(""#),
            ("sum by (1) (x)", #"1:9: parse error: unexpected number "1" in grouping opts, expected label"#),
            (
                "sum by (a b) (x)",
                #"1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")""#
            ),
            ("sum by (a,,) (x)", #"1:11: parse error: unexpected "," in grouping opts, expected label"#),
            ("sum by (inf) (x)", #"1:9: parse error: unexpected number "inf" in grouping opts, expected label"#),
            (#"sum by ("") (x)"#, #"1:9: parse error: invalid label name for grouping: """#),
            (#"sum by ("\xff") (x)"#, #"1:9: parse error: invalid label name for grouping: "\xff""#),
            ("x{a}", #"1:4: parse error: unexpected "}" in label matching, expected label matching operator"#),
            ("x{a=b}", #"1:5: parse error: unexpected identifier "b" in label matching, expected string"#),
            ("x{,}", #"1:3: parse error: unexpected "," in label matching, expected identifier or "}""#),
            (
                #"x{a="b" c="d"}"#,
                #"1:9: parse error: unexpected identifier "c" in label matching, expected "," or "}""#
            ),
            (#"x{a="b",,}"#, #"1:9: parse error: unexpected "," in label matching, expected identifier or "}""#),
            (#"x{a=="b"}"#, #"1:5: parse error: unexpected "=" in label matching, expected string"#),
            (#"x{"a" "b"}"#, #"1:7: parse error: unexpected string "\"b\"" in label matching, expected "," or "}""#),
            (
                "x offset y",
                #"1:10: parse error: unexpected identifier "y" in offset, expected number, duration, step(), or range()"#
            ),
            (
                "x offset -y",
                #"1:11: parse error: unexpected identifier "y" in offset, expected number, duration, step(), or range()"#
            ),
            ("x @ y", #"1:5: parse error: unexpected identifier "y" in @, expected timestamp"#),
            ("x @ start", "1:10: parse error: unexpected end of input in @, expected timestamp"),
            ("x[5m,]", #"1:5: parse error: unexpected "," in subquery or range, expected ":" or "]""#),
            (
                "x[5m+]",
                #"1:6: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#
            ),
            (
                "x[]",
                #"1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#
            ),
            (
                "x[5m:,]",
                #"1:6: parse error: unexpected "," in subquery selector, expected number, duration, step(), range(), or "]""#
            ),
            ("x[5m:5m,]", #"1:8: parse error: unexpected "," in subquery selector, expected "]""#),
            ("f(x,)", "1:4: parse error: trailing commas not allowed in function call args"),
            ("sum(x,)", "1:6: parse error: trailing commas not allowed in function call args"),
            ("f(,x)", #"1:3: parse error: unexpected ",""#),
            ("x + group_left y", "1:5: parse error: unexpected <group_left>"),
            (
                "x * on (a) group_left * y",
                #"1:23: parse error: unexpected <op:*> in grouping opts, expected "(""#
            ),
            ("x + fill_left(1) fill_left(2) y", #"1:27: parse error: unexpected "(""#),
            ("x + fill(y) z", #"1:10: parse error: unexpected identifier "y""#),
            ("fill(1)", #"1:5: parse error: unexpected "(""#),
            (
                "(x) offset 5m",
                "1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery"
            ),
            ("(x)[5m]", "1:4: parse error: ranges only allowed for vector selectors"),
            ("(x) anchored", "1:1: parse error: anchored modifier not implemented"),
            ("x[5m:] smoothed", "1:1: parse error: smoothed modifier is not supported for subqueries"),
            ("x anchored smoothed", "1:1: parse error: anchored and smoothed modifiers cannot be used together"),
            ("x @ 1 @ 2", "1:1: parse error: @ <timestamp> may not be set multiple times"),
            ("x offset 1 offset 2", "1:1: parse error: offset may not be set multiple times"),
            ("x offset 5m [5m]", "1:13: parse error: no offset modifiers allowed before range"),
            ("x @ 1 [5m]", "1:7: parse error: no @ modifiers allowed before range"),
            (
                "sum(x) @ 1",
                "1:1: parse error: @ modifier must be preceded by an instant vector selector or range vector selector or a subquery"
            ),
            ("x[5m/0]", "1:5: parse error: division by zero"),
            ("x[5m%0s]", "1:5: parse error: modulo by zero"),
        ])
    func messages(query: String, message: String) {
        #expect(refusal(query) == message)
    }

    @Test("A zero offset may be followed by another one")
    func zeroOffset() throws {
        expectSame(try printed("x offset 0 offset 2"), "x offset 2s")
    }

    @Test("Of two mistakes the one that Prometheus meets first is reported")
    func firstMistake() {
        #expect(refusal("nosuch(x) ;") == #"1:1: parse error: unknown function with name "nosuch""#)
        #expect(refusal("sum() ;") == "1:7: parse error: unexpected character: ';'")
        #expect(refusal("sum() by (a) ;") == "1:1: parse error: no arguments for aggregate expression provided")
        #expect(refusal("abs(1) + sum(") == "1:14: parse error: unclosed left parenthesis")
        #expect(refusal("x offset 1 offset 2 ;") == "1:1: parse error: offset may not be set multiple times")
    }

    @Test("An excerpt shows the line and a caret below the place, in characters")
    func excerpt() throws {
        let query = "sum(x)\n  + \"é\" ; y\n+ z"
        let error = try #require(throws: PromQLError.self) { try PromQLExpression.parse(query) }
        #expect(error.line == 2)
        #expect(error.column == 10)
        #expect(error.excerpt(of: query) == "  + \"é\" ; y\n        ^")
        let long = String(repeating: "a", count: 500) + " b"
        let second = try #require(throws: PromQLError.self) { try PromQLExpression.parse(long) }
        #expect(second.excerpt(of: long, width: 10) == "aaaaaaaaa b\n          ^")
    }
}
