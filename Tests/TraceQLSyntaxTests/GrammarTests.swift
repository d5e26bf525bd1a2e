import Testing

@testable import TraceQLSyntax

@Suite("Grammar and validation")
struct GrammarTests {
    @Test(
        "What is no query",
        arguments: [
            "", " ", "{", "}", "{ } }", "()", "({ )", "{ } |", "| { }", "{ } | | { }", "coalesce()", "rate()",
            "{ } | nope()",
            "{ } { }", "count()", "count() >", "> 1", "1", "1 = 1", "(1)", "{ } + { }", "{ } && 1", "1 && { }",
            "{ } > 1", "count() && { }", "{ } && count() > 1", "({ } | { }) | { }", "({ } | { }) && { }",
            "({ }) && ({ } | { })", "{ } | ({ } | { })", "{ } | ({ } | rate())", "({ } | rate()) | { }",
            "({ } | rate()) % 2", "({ } | rate()) ^ 2", "({ } | rate()) && ({ } | rate())", "({ } | rate()) + { }",
            "({ } | rate()) + count()", "count() + ({ } | rate()) > 1", "{ } | rate() | { }", "{ } | rate() + 1",
            "(({ } | rate()) > 1)", "(({ } | rate()) | topk(1))", "{ } | topk(1)", "{ } | rate() | topk()",
            "{ } | rate() | topk(1.5)", "{ } | rate() | topk(-1)", "{ } | rate() by", "{ } | rate() by ()",
            "{ } | rate(.a)", "{ } | max_over_time()", "{ } | max_over_time(1)", "{ } | max_over_time(.a, .b)",
            "{ } | quantile_over_time(.a)", "{ } | quantile_over_time(.a, -1)", "{ } | compare()",
            "{ } | compare({ }, 1, 2)",
            "{ } | compare({ } && { })", "{ } | compare({ }) by (.a)", "select()", "select(1)", "select(.a,)", "by()",
            "by(.a, .b)", "{ } with", "{ } with ()", "{ } with (a)", "{ } with (a=)", "{ } with (a=-1)",
            "{ } with (name=1)",
            "{ } with (a=.b)", "with (a=1)", "{ } with (a=1) | { }", "{ (.a }", "{ .a) }", "{ .a .b }", "{ .a = }",
            "{ = .a }", "{ nil }", "{ (nil) = .a }", "{ nil > .a }", "{ .a > nil }", "{ .a && nil }", "{ .a, .b }",
            "{ .a > { } }", "{ count() }", "-count() > 1", "1 ^ 2 > count()", "count() > 1 % 2", "count() > 1 > 2",
            "count() > 1s * 2", "count() > 1 / 0", "({ } | count()) + 1 > 2", "(({ } | count()) > 1)",
            "-({ } | rate())", "({ } | rate()) + -({ } | rate())", "{ } | count() > -{ }", "{ } ; { }", "{ } # x",
            "({ } | count() > 1", "max() > 1", "max(.a .b) > 1", "{ } || by(.a)", "(by(.a)) | { }",
        ])
    func refused(query: String) {
        #expect(refusal(query) != nil)
    }

    @Test(
        "What Tempo parses and then refuses, in its words",
        arguments: [
            ("{ kind }", "span filter field expressions must resolve to a boolean: { kind }"),
            ("{ .a + 1 }", "span filter field expressions must resolve to a boolean: { .a + 1 }"),
            ("{ 1 + \"a\" = 1 }", "binary operations must operate on the same type: 1 + `a`"),
            ("{ status = 1 }", "binary operations must operate on the same type: status = 1"),
            ("{ kind < server }", "illegal operation for the given types: kind < server"),
            ("{ name + \"a\" = \"b\" }", "illegal operation for the given types: name + `a`"),
            ("{ true < false }", "illegal operation for the given types: true < false"),
            ("{ .a =~ 1 }", "illegal operation for the given types: .a =~ 1"),
            ("{ .a =~ .b }", "invalid type for =~ or !~: .b"),
            ("{ .a =~ \"(\" }", "invalid regex: `(`"),
            ("{ -name = 1 }", "illegal operation for the given type: -name"),
            ("{ !duration }", "illegal operation for the given type: !duration"),
            ("{ name = nil }", "name=nil is not valid because intrinsics cannot be nil"),
            ("{ parent.a }", "parent not yet supported"), ("{ parent = nil }", "intrinsic (parent) not yet supported"),
            ("select(parent)", "intrinsic (parent) not yet supported"),
            ("by(1)", "grouping field expressions must reference the span: by(1)"),
            ("max(1) > 1", "aggregate field expressions must reference the span: max(1)"),
            ("max(name) > 1", "aggregate field expressions must resolve to a number type: max(name)"),
            ("1 < count()", "scalar filter lhs of type (%v) not yet supported"),
            ("count() > count()", "scalar filter rhs of type (%v) not yet supported"),
            ("count() * 2 > 1", "scalar filter lhs of type (%v) not yet supported"),
            ("({ } | count()) > 1", "scalar filter lhs of type (%v) not yet supported"),
            ("({ } | count()) + ({ } | count()) > 1", "scalar filter lhs of type (%v) not yet supported"),
            ("{ } | rate() | topk(0)", "limit must be greater than 0"),
            ("{ } | quantile_over_time(.a, 1.5)", "quantile must be between 0 and 1: 1.5"),
            ("{ } | rate() by (.a,.b,.c,.d,.e,.f)", "metrics group by 6 values not yet supported"),
            ("{ } | histogram_over_time(.a) by (.a,.b,.c,.d,.e)", "metrics group by 5 values not yet supported"),
            ("{ } | compare({ }, 0)", "compare() top number of values must be an integer between 1 and 1000"),
            ("{ } | compare({ }) > 1", "`compare()` cannot be used with second stage functions"),
            ("({ } | compare({ })) | topk(1)", "`compare()` cannot be used with second stage functions"),
            ("2 * ({ } | compare({ }))", "`compare()` cannot be used with second stage functions"),
        ])
    func invalid(query: String, message: String) {
        do {
            _ = try TraceQLExpression.parse(query)
            Issue.record("\(query) was accepted")
        } catch {
            #expect(error.message == message)
        }
    }

    @Test("Of a syntax error and an earlier one of types the syntax error is reported")
    func order() {
        #expect(refusal("{ kind } | { .a") == "1:16: parse error: syntax error: unexpected $end")
        #expect(refusal("{ kind } | { status }")?.hasPrefix("1:3:") == true)
    }

    @Test("What refused expressions print in messages has an end")
    func longMessages() {
        let chain = Array(repeating: ".a", count: 1000).joined(separator: " && ")
        let message = refusal("{ (\(chain)) + \"é\" = 1 && \"é\" }") ?? ""
        #expect(message.utf8.count < 600)
        #expect(message.hasSuffix("…"))
    }

    @Test(
        "Constants are folded as Tempo folds them",
        arguments: [
            ("1 + 2 * 3", "7"), ("7 / 2", "3"), ("-7 / 2", "(-3)"), ("7 % 4", "3"), ("7.0 / 2", "3.5"),
            ("1s * 2s", "2e+18"),
            ("1h + 1", "3.600000000001e+12"), ("2 ^ 3", "9"), ("1 / 0", "(1 / 0)"), ("1.0 / 0", "(1.0 / 0)"),
            ("2 ^ -1", "1"), ("1.5 ^ 2", "(1.5 ^ 2)"), ("5.5 % 2", "(5.5 % 2)"), ("- -1", "1"), ("-(1 - 3)", "2"),
            ("9223372036854775807 + 1", "minInt"), ("minInt / -1", "minInt"), ("minInt % -1", "0"),
            ("-minInt", "minInt"),
            ("50 ^ 3", "(50 ^ 3)"), ("0 ^ 0", "1"), ("100 ^ 1", "1"),
        ])
    func arithmetic(text: String, expected: String) throws {
        #expect(try printed("{ .a = \(text) }") == "{ .a = \(expected) }")
    }

    @Test(
        "Comparisons of constants come to true or false",
        arguments: [
            ("1 = 1.0", true), ("1 < 1h", true), ("1h = 3600000000000", true), ("\"a\" < \"b\"", true),
            ("\"b\" <= \"a\"", false),
            ("ok = ok", true), ("ok != error", true), ("server = client", false), ("true = false", false),
            ("!true", false),
            ("true && false", false), ("false || true", true), ("nil = nil", false), ("nil != nil", false),
            ("nil = 1", false), ("1 != nil", true), ("\"nil\" = nil", true), ("\"a\" =~ \"a\"", true),
            ("\"a\" !~ \"b\"", true),
            ("9007199254740993 > 9007199254740992", true), ("2 >= 2", true), ("1.5 <= 1", false),
            ("maxInt > minInt", true),
        ])
    func comparisons(text: String, expected: Bool) throws {
        #expect(try printed("{ \(text) }") == "{ \(expected) }")
    }

    @Test(
        "Regular expressions that Go refuses",
        arguments: [
            "(", ")", "[", "[]", "a**", "*", "+a", "a{2,1}", "a{1001}", "(?P<>x)", "(?z)", "(?i", "\\\\", "\\\\8",
            "\\\\C",
            "[b-a]", "[[:nope:]]", "\\\\x{110000}", "\\\\xg", "(?<1>", "a|*", "(?-)", "\\\\p{", "x{2}{3}",
            "\\\\Qa\\\\E*+",
        ])
    func badExpressions(text: String) {
        #expect(refusal("{ .a =~ \"\(text)\" }")?.contains("invalid regex") == true)
    }

    @Test(
        "Regular expressions that Go takes",
        arguments: [
            "", "a|", "|", "()", "(?:a)*", "a*?", "a{2}", "a{2,}", "a{2,3}?", "a{", "a{,2}", "{", "[]a]", "[^]]",
            "[a-]", "[-a]",
            "(?i)a", "(?i-s:a)", "(?P<n>a)", "(?<n>a)", "\\\\d\\\\pL\\\\p{Greek}\\\\P{L}", "[[:alpha:]\\\\d]",
            "\\\\Q(*\\\\E", "\\\\x41\\\\x{e9}",
            "\\\\.\\\\-\\\\ ", "é+", "^a$", "\\\\A\\\\z\\\\b\\\\B", "\\\\012\\\\0", "[\\\\]]", "(a|b)+",
        ])
    func goodExpressions(text: String) {
        #expect(refusal("{ .a =~ \"\(text)\" }") == nil)
    }
}
