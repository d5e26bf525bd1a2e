import Testing
import TraceQLSyntax

@Suite("Restriction")
struct RestrictionTests {
    private let t = #"resource.tenant_id = "a""#

    @Test("Filters and pipelines of every form")
    func forms() throws {
        for (query, expected) in [
            ("{ }", "{ T } | { T }"), ("{ true }", "{ T } | { T }"), ("{ false }", "{ T } | { (T) && false }"),
            ("{ .a }", "{ T } | { (T) && .a }"), ("{ .a = 1 || .b }", "{ T } | { (T) && ((.a = 1) || .b) }"),
            ("{ .a } | { .b }", "{ T } | { (T) && .a } | { (T) && .b }"),
            ("{ .a } >> { }", "{ T } | ({ (T) && .a }) >> ({ T })"), ("by(.a)", "{ T } | by(.a)"),
            ("count() > 1 | { }", "{ T } | count() > 1 | { T }"),
            ("({ .a } | by(.b)) || ({ })", "({ T } | { (T) && .a } | by(.b)) || ({ T } | { T })"),
            ("({ .a } | { .b })", "{ T } | { (T) && .a } | { (T) && .b }"),
            ("{ } | rate()", "{ T } | { T } | rate()"),
            ("({ } | rate()) / 2 > 1", "({ T } | { T } | rate()) / 2 > 1"),
            (
                "({ } | rate()) + (by(.a) | rate() | topk(1))",
                "({ T } | { T } | rate()) + ({ T } | by(.a) | rate() | topk(1))"
            ),
            ("{ } with (sample=true)", "{ T } | { T } with (sample=true)"),
            ("{ trace:id = \"00ab\" }", "{ T } | { (T) && (trace:id = \"ab\") }"),
        ] {
            expectSame(try restricted(query), expected.replacing("T", with: t), query)
        }
    }

    @Test("Several tenants are equalities joined by ||, in parentheses")
    func severalTenants() throws {
        let condition = try TenantCondition(attribute: "org", values: ["a", "b", "c", "a"])
        let text = #"((resource.org = "a") || (resource.org = "b")) || (resource.org = "c")"#
        #expect(condition.description == text)
        #expect(condition.values == ["a", "b", "c"])
        let result = try restrict("{ .x || .y }", by: condition)
        expectSame(result.text, "{ \(text) } | { (\(text)) && (.x || .y) }")
        #expect(result.condition == text)
        #expect(result.filterCount == 2)
        #expect(result.pipelineCount == 1)
        #expect(!result.isMetricsQuery)
        #expect(try restrict("{ } | rate()", by: condition).isMetricsQuery)
    }

    @Test("The caller's own conditions on the attribute stay")
    func ownConditions() throws {
        expectSame(
            try restricted(#"{ resource.tenant_id = "b" }"#),
            "{ \(t) } | { (\(t)) && (resource.tenant_id = \"b\") }")
    }

    @Test("An equality with another tenant is refused where the condition says so, wherever it stands")
    func conflicts() throws {
        for (query, column) in [
            (#"{ resource.tenant_id = "b" }"#, 3), (#"{ "b" = resource.tenant_id }"#, 9),
            (#"{ .a && (.b || resource."tenant_id" = `b`) }"#, 16), (#"{ } | by(resource.tenant_id = "b")"#, 10),
            (#"{ } >> { !(resource.tenant_id = "b") }"#, 12),
            (#"({ } | rate()) + ({ resource.tenant_id = "" } | rate())"#, 21),
        ] {
            #expect(
                try restrictionRefusal(query, conflict: .error)?.hasPrefix("conflict 1:\(column): ") == true, "\(query)"
            )
            #expect(try restrictionRefusal(query) == nil)
        }
        for query in [
            #"{ resource.tenant_id = "a" }"#, #"{ resource.tenant_id != "b" }"#, #"{ .tenant_id = "b" }"#,
            #"{ span.tenant_id = "b" }"#, #"{ resource.tenant_id = 1 }"#, #"{ resource.tenant = "b" }"#,
            #"{ resource.tenant_id = resource.x }"#,
        ] {
            #expect(try restrictionRefusal(query, conflict: .error) == nil, "\(query)")
        }
        let several = try TenantCondition(attribute: "tenant_id", values: ["a", "b"], conflict: .error)
        #expect(try restrict(#"{ resource.tenant_id = "b" }"#, by: several).filterCount == 2)
    }

    @Test("Of several refusals the first in the text is reported")
    func firstRefusal() throws {
        #expect(
            try restrictionRefusal("{ .a && rootName = \"x\" } | by(traceDuration)")?.hasPrefix("unsafe 1:9:") == true)
        #expect(
            try restrictionRefusal("({ } | rate() by (parent.a)) + ({ rootName = \"\" } | rate())")?.contains("parent")
                == true)
    }

    @Test("A refused function is reported before what stands in its parentheses")
    func outerRefusal() throws {
        #expect(try restrictionRefusal("{ } | compare({ rootName = \"x\" })")?.hasPrefix("unsafe 1:7: ") == true)
    }

    @Test("What is no query is refused as such")
    func invalid() throws {
        #expect(try restrictionRefusal("{ kind }")?.hasPrefix("invalid 1:3: ") == true)
        #expect(try restrictionRefusal("1:5")?.hasPrefix("invalid") == true)
        let error = RestrictionError.unverified("x")
        #expect(error.description == "x")
    }

    @Test("Conditions that can be none")
    func conditions() throws {
        for (attribute, values) in [("", ["a"]), ("a", []), ("a", [""]), ("a\u{0}", ["a"]), ("a", ["b", "c\u{0}"])] {
            #expect(throws: InvalidTenantCondition.self) {
                try TenantCondition(attribute: attribute, values: values)
            }
        }
    }

    @Test("Odd names and values of the condition are quoted and survive")
    func oddConditions() throws {
        for (attribute, value) in [
            ("a b", "x"), ("a\"b\\", "\"}\\"), ("}", "` || {"), ("//", "\n\t\u{1}"), ("é", "é\u{301}"),
            ("'", "\u{FEFF}"),
            ("span.x", "x"), ("resource.y", "y"), ("5", "5"),
        ] {
            let condition = try TenantCondition(attribute: attribute, values: [value, "z"])
            let result = try restrict("{ .a } | by(.b)", by: condition)
            #expect(FilterScanner.unconfinedPart(of: result.text, condition: condition.description) == nil)
            let other = try TenantCondition(attribute: attribute, values: [value, "z"], conflict: .error)
            #expect(condition != other)
        }
        #expect(
            try TenantCondition(attribute: "\u{E9}", values: ["a"])
                != TenantCondition(attribute: "e\u{301}", values: ["a"]))
    }
}
