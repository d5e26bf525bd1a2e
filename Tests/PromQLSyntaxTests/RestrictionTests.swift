import PromQLSyntax
import TestSupport
import Testing

@Suite("Restriction")
struct RestrictionTests {
    @Test(
        "Every selector gets the condition, wherever it stands",
        arguments: [
            ("up", #"up{tenant_id="a"}"#),
            (#"up{job="x"}"#, #"up{job="x",tenant_id="a"}"#),
            (#"{"http.requests"}"#, #"{__name__="http.requests",tenant_id="a"}"#),
            ("rate(x[5m] offset 1m)", #"rate(x{tenant_id="a"}[5m] offset 1m)"#),
            ("a + b", #"a{tenant_id="a"} + b{tenant_id="a"}"#),
            ("topk(scalar(n), x)", #"topk(scalar(n{tenant_id="a"}), x{tenant_id="a"})"#),
            ("max_over_time(x[1h:1m])", #"max_over_time(x{tenant_id="a"}[1h:1m])"#),
            ("-(x)", #"-(x{tenant_id="a"})"#),
            ("info(x, {k=~\".+\"})", #"info(x{tenant_id="a"}, {k=~".+",tenant_id="a"})"#),
            ("info(x, {})", #"info(x{tenant_id="a"}, {tenant_id="a"})"#),
            ("1 + time()", "1 + time()"),
            ("sum", #"sum{tenant_id="a"}"#),
            ("absent(x)", #"absent(x{tenant_id="a"})"#),
        ])
    func everySelector(query: String, text: String) throws {
        expectSame(try restricted(query), text)
    }

    @Test("The result says how many selectors there are and what was added")
    func result() throws {
        let query = try restrict("a + b * c", by: TenantCondition(label: "t", values: ["x", "y.z"]))
        #expect(query.selectorCount == 3)
        #expect(query.condition == #"t=~"x|y\\.z""#)
        expectSame(query.text, #"a{t=~"x|y\\.z"} + b{t=~"x|y\\.z"} * c{t=~"x|y\\.z"}"#)
    }

    @Test("The caller's own matchers stay, also those on the tenant label")
    func callersMatchers() throws {
        expectSame(try restricted(#"x{tenant_id="b"}"#), #"x{tenant_id="a",tenant_id="b"}"#)
        expectSame(try restricted(#"x{tenant_id="a"}"#), #"x{tenant_id="a",tenant_id="a"}"#)
        expectSame(try restricted(#"x{tenant_id!~"a"}"#), #"x{tenant_id!~"a",tenant_id="a"}"#)
    }

    @Test("An equality with another tenant is refused where the condition says so, at the matcher")
    func conflicts() throws {
        let condition = try tenantA(conflict: .error)
        let error = #expect(throws: RestrictionError.self) {
            try restrict(#"sum(x) + y{job="j", tenant_id = "b"}"#, by: condition)
        }
        guard case .conflict(let place) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.column == 21)
        #expect(throws: RestrictionError.self) { try restrict(#"x{"tenant\u005fid"="b"}"#, by: condition) }
        #expect(throws: RestrictionError.self) { try restrict(#"x{tenant_id=""}"#, by: condition) }
        for query in [#"x{tenant_id="a"}"#, #"x{tenant_id=~"b"}"#, #"x{tenant_id!="a"}"#, #"x{tenant="b"}"#] {
            _ = try restrict(query, by: condition)
        }
        let two = try TenantCondition(label: "tenant_id", values: ["a", "b"], conflict: .error)
        _ = try restrict(#"x{tenant_id="b"}"#, by: two)
    }

    @Test("One-argument info is refused with an explanation at its place")
    func info() throws {
        let error = #expect(throws: RestrictionError.self) { try restrict("1 + sum(info(x))", by: tenantA()) }
        guard case .unsafe(let place) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.column == 9)
        #expect(place.message.contains("target_info"))
        #expect(try PromQLExpression.parse("info(x)").printed() == "info(x)")
    }

    @Test("A query that is no query is the caller's mistake")
    func invalid() throws {
        let error = #expect(throws: RestrictionError.self) { try restrict("sum(x", by: tenantA()) }
        guard case .invalid(let place) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.description == "1:6: parse error: unclosed left parenthesis")
    }

    @Test("An empty selector is refused as Prometheus refuses it, although the condition would fill it")
    func emptySelector() throws {
        #expect(throws: RestrictionError.self) { try restrict("{}", by: tenantA()) }
        #expect(throws: RestrictionError.self) { try restrict("{a=~\".*\"}", by: tenantA()) }
    }

    @Test(
        "Where Prometheus' print would mean something else, another text is sent",
        arguments: [
            ("x[0.0001]", #"x{tenant_id="a"}[0.0001]"#), ("x[1.0005]", #"x{tenant_id="a"}[1.0005]"#),
            ("x offset 0.0005", #"x{tenant_id="a"} offset 0.0005"#), ("x + 1s1ms", #"x{tenant_id="a"} + 1s1ms"#),
            ("x offset +(5m) * 2", #"x{tenant_id="a"} offset +(5m) * 2"#),
            ("x offset (5m) @ 1 * 2", #"x{tenant_id="a"} @ 1.000 offset +(5m) * 2"#),
            ("x offset (5m) * 2 @ 1 + 2", #"x{tenant_id="a"} @ 1.000 offset +((5m) * 2) + 2"#),
            ("x offset + + 5m * 2", #"x{tenant_id="a"} offset (5m * 2)"#),
            ("x + -Inf ^ 2", #"x{tenant_id="a"} + -Inf ^ 2"#),
            (#"sum by ("inf") (x)"#, #"sum by ("inf") (x{tenant_id="a"})"#),
            (#"x{a="\ufffd"}"#, #"x{a="\ufffd",tenant_id="a"}"#),
            ("x offset (5m) * 2", #"x{tenant_id="a"} offset (5m) * 2"#),
        ])
    func exactPrints(query: String, text: String) throws {
        expectSame(try restricted(query), text)
    }

    @Test("Times of any size and precision survive")
    func extremeTimes() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let magnitude = Double.random(in: -5...18, using: &random)
            var value = Double.random(in: 1..<10, using: &random)
            for _ in 0..<abs(Int(magnitude)) { value = magnitude < 0 ? value / 10 : value * 10 }
            let text = try PromQLExpression.parse("\(value)").printed()
            _ = try restricted("x @ \(text)")
            _ = try restricted("x @ -\(text)")
            if value < 9e9 {
                if value > 1e-9 { _ = try restricted("x[\(text)]") }
                _ = try restricted("x offset -\(text)")
                _ = try restricted("max_over_time(x[1d:\(text)] offset \(text))")
            }
        }
        for text in ["4419297020062.355", "9e18", "-9e18", "9.2e15", "9007199254740993", "0.0005", "-0.0005"] {
            _ = try restricted("x @ \(text)")
        }
    }

    @Test("Every sample is restricted, and each of its selectors has one more matcher")
    func samples() throws {
        for sample in sampleQueries {
            let expression = try PromQLExpression.parse(sample.query)
            let query = try restrict(sample.query, by: tenantA())
            let result = try PromQLExpression.parse(query.text)
            #expect(query.selectorCount == expression.selectorCount)
            #expect(result.selectorCount == expression.selectorCount)
            #expect(result.type == expression.type)
            for (selector, original) in zip(result.selectors, expression.selectors) {
                #expect(selector.matchers.count == original.matchers.count + 1)
            }
            #expect(SelectorScanner.unconfinedPart(of: query.text, condition: query.condition) == nil)
        }
    }

    @Test(
        "Every query of the corpus is restricted, but one-argument info",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func corpus() throws {
        var refused = 0
        for entry in try Corpus.valid() {
            do {
                let query = try restrict(entry.q, by: tenantA())
                #expect(SelectorScanner.unconfinedPart(of: query.text, condition: query.condition) == nil)
            } catch RestrictionError.unsafe {
                refused += 1
                #expect(entry.q.contains("info("))
            }
        }
        #expect(refused < 40)
    }
}

@Suite("Restriction of match[]")
struct SelectorRestrictionTests {
    @Test("Each selector gets the condition")
    func each() throws {
        let queries = try restrictSelectors(["up", #"{job="x"}"#], by: tenantA())
        #expect(queries.map(\.text) == [#"up{tenant_id="a"}"#, #"{job="x",tenant_id="a"}"#])
        #expect(queries.map(\.selectorCount) == [1, 1])
    }

    @Test("No selector means the tenant's everything")
    func none() throws {
        #expect(try restrictSelectors([], by: tenantA()).map(\.text) == [#"{tenant_id="a"}"#])
        #expect(try restrictSelectors(["{}"], by: tenantA()).map(\.text) == [#"{tenant_id="a"}"#])
    }

    @Test(
        "Only a selector is a selector, and one bad one refuses all",
        arguments: [
            "up + up", "up[5m]", "up offset 5m", "sum(up)", "(up)", "1", "", "up @ 1", "rate(up[5m])", "\"up\"",
            "up # x\n}",
        ])
    func onlySelectors(text: String) {
        #expect(throws: RestrictionError.self) { try restrictSelectors(["up", text], by: tenantA()) }
    }

    @Test("The checks of expressions do not apply, as in Prometheus")
    func noChecks() throws {
        let texts = [#"up{__name__="down"}"#, #"up{__name__="up"}"#, #"{a=~".*"}"#]
        let results = try restrictSelectors(texts, by: tenantA()).map(\.text)
        #expect(
            results == [
                #"up{__name__="down",tenant_id="a"}"#, #"up{__name__="up",tenant_id="a"}"#, #"{a=~".*",tenant_id="a"}"#,
            ])
    }
}
