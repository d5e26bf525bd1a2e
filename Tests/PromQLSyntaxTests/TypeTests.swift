import PromQLSyntax
import Testing

@Suite("Types and arguments")
struct TypeTests {
    @Test(
        "Static checks use Prometheus' words and places",
        arguments: [
            ("sum()", "1:1: parse error: no arguments for aggregate expression provided"),
            (
                "1 + topk(x)",
                "1:5: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1"
            ),
            (
                "sum(1, x)",
                "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2"
            ),
            ("sum(1)", "1:5: parse error: expected type instant vector in aggregation expression, got scalar"),
            ("topk(\"a\", x)", "1:6: parse error: expected type scalar in aggregation parameter, got string"),
            (
                "topk(\"a\", x[5m])",
                "1:11: parse error: expected type instant vector in aggregation expression, got range vector"
            ),
            (
                "count_values(x, x)",
                "1:14: parse error: expected type string in aggregation parameter, got instant vector"
            ),
            ("x[5m] + 1", "1:1: parse error: binary expression must contain only scalar and instant vector types"),
            ("1 + \"a\"", "1:5: parse error: binary expression must contain only scalar and instant vector types"),
            ("1 == 2", "1:3: parse error: comparisons between scalars must use BOOL modifier"),
            ("x + bool y", "1:3: parse error: bool modifier can only be used on comparison operators"),
            ("x anchored + bool y", "1:3: parse error: bool modifier can only be used on comparison operators"),
            ("x offset 5m </ bool y", "1:13: parse error: bool modifier can only be used on comparison operators"),
            ("1 and x", #"1:1: parse error: set operator "and" not allowed in binary scalar expression"#),
            ("x and on(a) group_left y", #"1:1: parse error: no grouping allowed for "and" operation"#),
            (
                "x + on(a,b) group_left(c,b) y",
                #"1:3: parse error: label "b" must not occur in ON and GROUP clause at once"#
            ),
            ("x + on(a) 1", "1:1: parse error: vector matching only allowed between instant vectors"),
            ("x or fill(1) y", "1:1: parse error: filling in missing series not allowed for set operators"),
            ("x + fill(1) 1", "1:1: parse error: filling in missing series only allowed between instant vectors"),
            ("nosuch(x)", #"1:1: parse error: unknown function with name "nosuch""#),
            ("abs()", #"1:1: parse error: expected 1 argument(s) in call to "abs", got 0"#),
            ("hour(x, y)", #"1:1: parse error: expected at most 1 argument(s) in call to "hour", got 2"#),
            (
                "label_join(x, \"a\")",
                #"1:1: parse error: expected at least 3 argument(s) in call to "label_join", got 2"#
            ),
            (
                "rate(x)",
                #"1:6: parse error: expected type range vector in call to function "rate", got instant vector"#
            ),
            ("rate(abs(1))", #"1:10: parse error: expected type instant vector in call to function "abs", got scalar"#),
            (
                "sort_by_label(x, 1)",
                #"1:18: parse error: expected type string in call to function "sort_by_label", got scalar"#
            ),
            ("info(x, y)", "1:9: parse error: expected label selectors only, got vector selector instead"),
            ("info(x, ({a=\"b\"}))", "1:9: parse error: expected label selectors only"),
            ("info(x, 1)", #"1:1: parse error: expected type instant vector in call to function "info", got scalar"#),
            ("x[5m][5m:]", "1:1: parse error: subquery is only allowed on instant vector, got matrix instead"),
            (
                "-x[5m]",
                #"1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "range vector""#
            ),
            (
                "x + -\"a\"",
                #"1:5: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string""#
            ),
            (
                "sum(x[5m]) + rate(y)",
                "1:5: parse error: expected type instant vector in aggregation expression, got range vector"
            ),
        ])
    func refusals(query: String, message: String) {
        #expect(refusal(query) == message)
    }

    @Test(
        "Selectors need a matcher that does not match the empty string",
        arguments: [
            "{}", "{a=\"\"}", "{a=~\".*\"}", "{a!~\"x\"}", "{a!=\"x\"}", "{\"\"}", "{a=~\"x|\"}",
            "{a=~\"(x)?y*\",b!~\"z+\"}", "{a=~\"^$\"}",
        ])
    func emptySelectors(query: String) {
        #expect(refusal(query) == "1:1: parse error: vector selector must contain at least one non-empty matcher")
    }

    @Test(
        "Selectors with such a matcher are accepted",
        arguments: [
            "{a!=\"\"}", "{\"\",a=\"b\"}", "{a=~\".+\"}", "{a=~\"x|y\"}", "{a=~\"\\\\bx?\"}", "{\"x\",\"y\"}",
            "info(x, {})",
            "info(x, {a=~\".*\"})", "{__name__=\"x\"}", "{a!~\"|x\"}", "{a!~\".*\"}",
        ])
    func selectors(query: String) {
        #expect(refusal(query) == nil)
    }

    @Test("A metric has one name")
    func names() {
        #expect(refusal("x{__name__=\"y\"}") == #"1:1: parse error: metric name must not be set twice: "x" or "y""#)
        #expect(refusal("x{__name__!~\"y\"}") == #"1:1: parse error: metric name must not be set twice: "x" or "y""#)
        #expect(refusal("x{\"y\"}") == #"1:1: parse error: metric name must not be set twice: "x" or "y""#)
        #expect(
            refusal(#"x{"__n\u0061me__"="x"}"#) == #"1:1: parse error: metric name must not be set twice: "x" or "x""#)
    }

    @Test(
        "Types of expressions",
        arguments: [
            ("1", PromQLType.scalar), ("1 + 1", .scalar), ("x + 1", .vector), ("(1)", .scalar), ("-x", .vector),
            ("\"a\"", .string), ("x[5m]", .matrix), ("x[5m:]", .matrix), ("time()", .scalar), ("vector(1)", .vector),
            ("sum(x)", .vector), ("scalar(x)", .scalar), ("start()", .scalar),
        ])
    func types(query: String, type: PromQLType) throws {
        #expect(try PromQLExpression.parse(query).type == type)
    }
}
