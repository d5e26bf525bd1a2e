import PromQLSyntax
import Testing

/// The caller is tenant a, the victim tenant b.
@Suite("Attacks on isolation")
struct AttackCaseTests {
    /// Restricts and looks at each selector of the result, by the parser and by a scanner of its own.
    private func expectConfined(
        _ query: String, selectors: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try restrict(query, by: tenantA())
        #expect(result.selectorCount == selectors, sourceLocation: sourceLocation)
        let found = try PromQLExpression.parse(result.text).selectors
        #expect(found.count == selectors, sourceLocation: sourceLocation)
        for selector in found {
            #expect(
                selector.matchers.contains {
                    $0.label == Array("tenant_id".utf8) && $0.operation == .equal && $0.value == Array("a".utf8)
                }, sourceLocation: sourceLocation)
        }
        let gap = SelectorScanner.unconfinedPart(of: result.text, condition: result.condition)
        #expect(gap == nil, sourceLocation: sourceLocation)
    }

    private let victim = #"secret{tenant_id="b"}"#

    @Test("The victim's selector in any operand")
    func operands() throws {
        for operation in [
            "+", "-", "*", "/", "%", "^", "==", "!=", "<", ">", "</", ">/", "atan2", "and", "or", "unless",
        ] {
            try expectConfined("up \(operation) \(victim)", selectors: 2)
            try expectConfined("\(victim) \(operation) up", selectors: 2)
        }
    }

    @Test("The victim's selector in any function argument")
    func arguments() throws {
        try expectConfined("abs(\(victim))", selectors: 1)
        try expectConfined("rate(\(victim)[5m])", selectors: 1)
        try expectConfined("clamp(up, scalar(\(victim)), scalar(\(victim)))", selectors: 3)
        try expectConfined("histogram_quantile(scalar(\(victim)), \(victim))", selectors: 2)
        try expectConfined("quantile_over_time(scalar(\(victim)), up[5m])", selectors: 2)
        try expectConfined("predict_linear(up[5m], scalar(\(victim)))", selectors: 2)
        try expectConfined("vector(scalar(\(victim)))", selectors: 1)
        try expectConfined("hour(\(victim))", selectors: 1)
        try expectConfined(#"info(\#(victim), {tenant_id="b"})"#, selectors: 2)
    }

    @Test("The victim's selector in a subquery")
    func subqueries() throws {
        try expectConfined("max_over_time(\(victim)[1h:1m])", selectors: 1)
        try expectConfined("max_over_time(max_over_time((up + \(victim))[1h:1m])[1d:])", selectors: 2)
    }

    @Test("The victim's selector in an aggregation parameter, also nested")
    func parameters() throws {
        for name in ["topk", "bottomk", "quantile", "limitk", "limit_ratio"] {
            try expectConfined("\(name)(scalar(\(victim)), up)", selectors: 2)
            try expectConfined("\(name) by (x) (scalar(\(name)(scalar(\(victim)), up)), up)", selectors: 3)
            try expectConfined("\(name)(scalar(\(victim)), up) without (x)", selectors: 2)
        }
    }

    @Test("Either side of or, unless and and on()")
    func setOperators() throws {
        for query in [
            "up or \(victim)", "\(victim) or up", "up unless \(victim)", "up and on() \(victim)",
            "\(victim) and on() up",
        ] {
            try expectConfined(query, selectors: 2)
        }
    }

    @Test("Quoted and escaped label names")
    func quotedLabels() throws {
        for label in [
            #""tenant_id""#, #"'tenant_id'"#, "`tenant_id`", #""tenant\u005fid""#, #""tenant\x5fid""#,
            #""\164enant_id""#,
        ] {
            try expectConfined("secret{\(label)=\"b\"}", selectors: 1)
            expectSame(try restricted("secret{\(label)=\"b\"}"), #"secret{tenant_id="a",tenant_id="b"}"#)
        }
        #expect(throws: RestrictionError.self) { try restricted(#"secret{"tenant_id\"="b"}"#) }
    }

    @Test("Values in backticks, with hexadecimal escapes, with quotes and braces in them")
    func values() throws {
        try expectConfined("secret{tenant_id=`b`}", selectors: 1)
        try expectConfined(#"secret{tenant_id="\x62"}"#, selectors: 1)
        try expectConfined(#"secret{x="\"} or secret{y=\""}"#, selectors: 1)
        try expectConfined("secret{x=`\"} or secret{tenant_id=\"b`}", selectors: 1)
        try expectConfined(#"secret{x="a\\"} or other{y="b"}"#, selectors: 2)
        try expectConfined(#"secret{"\"} or x{\""="1"}"#, selectors: 1)
    }

    @Test("Two matchers on the tenant label")
    func doubled() throws {
        try expectConfined(#"secret{tenant_id="a",tenant_id="b"}"#, selectors: 1)
    }

    @Test("Negated, open and empty matchers on the tenant label")
    func widening() throws {
        for matcher in [#"!="a""#, #"=~".*""#, #"!~"a""#, #"="""#, #"!="""#, #"=~"a|b""#, #"=~"(?i)B""#] {
            try expectConfined("secret{tenant_id\(matcher)}", selectors: 1)
        }
    }

    @Test("Selectors of everything")
    func everything() throws {
        try expectConfined(#"{__name__=~".+"}"#, selectors: 1)
        try expectConfined(#"{"secret"}"#, selectors: 1)
        try expectConfined(#"count({tenant_id="b"})"#, selectors: 1)
    }

    @Test("Comments that swallow a brace or a line")
    func comments() throws {
        try expectConfined("up # }\n or secret", selectors: 2)
        try expectConfined("up # }\r or secret", selectors: 2)
        try expectConfined("up{x=\"1\" # }\n}", selectors: 1)
        try expectConfined("up{x=\"1\" # }\r, y=\"2\"}", selectors: 1)
        #expect(try !restricted("up # or secret").contains("#"))
    }

    @Test("absent as an oracle answers for the own tenant")
    func absentOracle() throws {
        try expectConfined("absent(\(victim))", selectors: 1)
        try expectConfined("absent_over_time(\(victim)[5m])", selectors: 1)
    }

    @Test("Forged and dropped labels change nothing in what is selected")
    func forgedLabels() throws {
        try expectConfined(#"label_replace(secret, "tenant_id", "a", "", "")"#, selectors: 1)
        try expectConfined(#"label_join(secret, "tenant_id", "", "x")"#, selectors: 1)
        try expectConfined(#"count_values("tenant_id", secret)"#, selectors: 1)
        try expectConfined("sum without (tenant_id) (secret)", selectors: 1)
        try expectConfined("up * on (job) group_left (tenant_id) secret", selectors: 2)
        try expectConfined(#"histogram_quantiles(secret, "tenant_id", 0.5)"#, selectors: 1)
    }

    @Test("@, offset and long ranges stay visible to whoever limits them")
    func timeTravel() throws {
        let query = "max_over_time(secret[100y] offset 90d) + max_over_time(up[2y:1d] @ 0 offset -1m)"
        try expectConfined(query, selectors: 2)
        let nodes = try PromQLExpression.parse(query).nodes
        let day: Int64 = 86_400_000_000_000
        #expect(nodes.compactMap(\.selectedNanoseconds) == [36_500 * day, 730 * day])
        #expect(nodes.filter { $0.type == .matrix }.map(\.offsetNanoseconds) == [90 * day, -60_000_000_000])
        let computed = try PromQLExpression.parse("x[step()] offset range()").root
        #expect(computed.selectedNanoseconds == nil)
        #expect(computed.offsetNanoseconds == nil)
    }

    @Test("The newest syntax")
    func newestSyntax() throws {
        try expectConfined("secret anchored", selectors: 1)
        try expectConfined("rate(secret[5m] smoothed)", selectors: 1)
        try expectConfined("up + fill(0) secret", selectors: 2)
        try expectConfined("rate(secret[max_of(step(), 5m)] offset -(step() * 2))", selectors: 1)
        try expectConfined("secret </ up", selectors: 2)
        try expectConfined(#"{"secret.metric", "label.x"=~".*"}"#, selectors: 1)
    }

    @Test(
        "Syntax that only VictoriaMetrics knows is refused",
        arguments: [
            #"up{a="b" or tenant_id="b"}"#, "WITH (x = secret) x", "secret keep_metric_names", "secret[5m] default 1",
            "up if secret",
            "sum(up) limit 1", "rate(secret)", "Rate(secret[5m])", "secret offset 5i", "union(up, secret)",
            "up default secret",
            "(up, secret)", "1Ki", "secret{tenant_id=\"a\"}[5m] @ up", "up ifnot secret",
        ])
    func metricsQL(query: String) {
        #expect(throws: RestrictionError.self) { try restricted(query) }
    }

    @Test("Combining marks after quotes, and what is not UTF-8")
    func textTricks() throws {
        #expect(throws: RestrictionError.self) { try restricted("up{a=\"\"\u{301}}") }
        try expectConfined("up{a=\"\u{301}\"}", selectors: 1)
        #expect(throws: RestrictionError.self) { try restricted("up{tenant_id=\"\u{FFFD}\"}") }
        #expect(throws: RestrictionError.self) { try restricted("up{ｔenant_id=\"b\"}") }
        #expect(throws: RestrictionError.self) { try restricted("up\u{2028}or secret") }
    }
}
