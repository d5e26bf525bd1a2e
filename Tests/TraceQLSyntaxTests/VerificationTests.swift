import Testing

@testable import TraceQLSyntax

/// The check of restricted texts must notice what a defect elsewhere would do, so it is given such texts.
@Suite("Verification of restricted texts")
struct VerificationTests {
    private func outcome(
        _ text: String, for restrictedQuery: String, values: [String] = ["a"]
    ) throws -> String? {
        let tree = try Tree.parse(Array(expanded(restrictedQuery).utf8), limits: .standard)
        let condition = try TenantCondition(attribute: "t", values: values)
        do {
            _ = try verify(Array(expanded(text).utf8), is: tree, confinedBy: condition)
            return nil
        } catch {
            return error.description.split(separator: ":").first.map(String.init)
        }
    }

    /// T stands for the condition.
    private func expanded(_ short: String) -> String { short.replacing("T", with: #"(resource.t = "a")"#) }

    private let lacking = "a filter or a pipeline lacks the condition"
    private let different = "the restricted text means another query"

    @Test(
        "The right text passes",
        arguments: [
            "{ T }", "{ T } | { T && .a }", "{ T } | ({ T && .a }) >> ({ T })", "({ T } | by(.a)) && ({ T } | { T })",
            "({ T } | rate()) + ({ T } | { T && .b } | rate()) > 1", "{ T } | count() > 1", "{ T } with (sample=true)",
            "{ T && .a } | { T }",
        ])
    func right(query: String) throws {
        #expect(try outcome(query, for: query) == (query == "{ T && .a } | { T }" ? lacking : nil))
    }

    @Test("A text that does not parse is noticed")
    func unparsable() throws {
        #expect(try outcome("{ T } |", for: "{ T }") == "the restricted text does not parse")
    }

    @Test(
        "A text that means something else is noticed",
        arguments: [
            ("{ T } | { T && .a }", "{ T } | { T && .b }"), ("{ T } | { T && .a }", "{ T } | { T && span.a }"),
            ("{ T } | { T && .a }", "{ T } | { T || .a }"), ("{ T } | { T }", "{ T }"),
            ("{ T }", "{ T } with (sample=true)"),
            ("{ T } with (sample=true)", "{ T } with (sample=false)"),
            ("{ T } with (sample=true)", "{ T } with (exemplars=true)"),
            ("{ T } | count() > 1", "{ T } | count() > 2"), ("{ T } | count() > 1", "{ T } | count() >= 1"),
            ("{ T } | count() > 1", "{ T } | max(.a) > 1"), ("{ T } | max(.a) > 1", "{ T } | max(.b) > 1"),
            ("{ T } | by(.a)", "{ T } | by(.b)"), ("{ T } | by(.a)", "{ T } | select(.a)"),
            ("{ T } | select(.a)", "{ T } | select(.a, .b)"), ("{ T } | coalesce()", "{ T } | by(.a)"),
            ("{ T } | { T } >> { T }", "{ T } | { T } << { T }"), ("{ T } | rate()", "{ T } | count_over_time()"),
            ("{ T } | rate()", "{ T } | rate() by (.a)"), ("{ T } | rate() by (.a)", "{ T } | rate() by (.b)"),
            ("{ T } | rate() > 1", "{ T } | rate() > 2"), ("{ T } | rate() > 1", "{ T } | rate() < 1"),
            ("{ T } | rate() | topk(1)", "{ T } | rate() | topk(2)"),
            ("{ T } | rate() | topk(1)", "{ T } | rate() | bottomk(1)"),
            ("{ T } | quantile_over_time(.a, .5)", "{ T } | quantile_over_time(.a, .6)"),
            ("{ T } | max_over_time(.a)", "{ T } | max_over_time(.b)"),
            ("{ T } | max_over_time(name)", "{ T } | max_over_time(kind)"),
            ("({ T } | rate()) + 1", "({ T } | rate()) - 1"), ("({ T } | rate()) + 1", "({ T } | rate()) + 2"),
            ("({ T } | rate()) + 1 > 1", "({ T } | rate()) + 1 > 2"),
            ("({ T } | rate()) + 1 > 1", "({ T } | rate()) + 1"),
            ("{ T } | { T && .a = 1 }", "{ T } | { T && .a = 2 }"),
            ("{ T } | { T && .a = 1 }", "{ T } | { T && .a = 1.0 }"),
            ("{ T } | { T && .a = 1 }", "{ T } | { T && .a = 1ns }"),
            ("{ T } | { T && .a = \"x\" }", "{ T } | { T && .a = \"y\" }"),
            ("{ T } | { T && .a = \"\u{E9}\" }", "{ T } | { T && .a = \"e\u{301}\" }"),
            ("{ T } | { T && .a = ok }", "{ T } | { T && .a = error }"),
            ("{ T } | { T && .a = server }", "{ T } | { T && .a = client }"),
            ("{ T } | { T && .a = true }", "{ T } | { T && .a = false }"),
            ("{ T } | { T && !.a }", "{ T } | { T && .a }"),
            ("{ T } | { T && .a = nil }", "{ T } | { T && .a != nil }"),
            ("{ T } | { T && name = \"a\" }", "{ T } | { T && statusMessage = \"a\" }"),
            ("{ T } | rate() by (.a)", "{ T } | rate() by (parent.a)"),
        ])
    func different(query: String, other: String) throws {
        #expect(try outcome(query, for: query) == nil)
        #expect(try outcome(other, for: query) == different)
        #expect(try outcome(query, for: other) == different)
    }

    @Test(
        "A text without the condition is noticed, even where both texts agree",
        arguments: [
            "{ }", "{ .a }", "{ T } | { .a }", "{ T } | { T || .a }", "{ T || .a }", "{ .a && T } | { T }",
            "{ T && .a }",
            "{ T } | ({ T }) >> ({ .a })", "{ T } | ({ .a }) >> ({ T })", "by(.a)", "count() > 1 | { T }",
            "select(.a) | { T }",
            "({ T } | by(.a)) && ({ .a } | by(.a))", "({ T } | by(.a)) && (by(.a))", "{ T } >> { T }",
            "({ T }) >> ({ T })",
            "({ T } | rate()) + (by(.a) | rate())", "({ T } | rate()) + ({ } | rate())",
            "{ resource.t = \"b\" }", "{ resource.t != \"a\" }", "{ resource.t =~ \"a\" }", "{ span.t = \"a\" }",
            "{ .t = \"a\" }",
            "{ resource.tt = \"a\" }", "{ resource.t = \"aa\" }", "{ resource.t = 1 }", "{ \"a\" = resource.t }",
            "{ T } | { (T || .a) && .b }", "{ T } | compare({ T })", "{ T } | { T && rootName = \"x\" }",
            "{ T } | by(traceDuration)", "{ T } | rate() by (parent.a)", "{ T } | rate() by (parent)",
            "{ T } | select(span:childCount)", "{ T } | max(nestedSetLeft) > 1", "{ T } | rate() by (span:parentID)",
        ])
    func unconfined(query: String) throws {
        #expect(try outcome(query, for: query) == lacking)
    }

    @Test("Several tenants must all be there, in their order, and no other")
    func several() throws {
        let both = #"((resource.t = "a") || (resource.t = "b"))"#
        #expect(
            try outcome("{ \(both) } | { \(both) && .x }", for: "{ \(both) } | { \(both) && .x }", values: ["a", "b"])
                == nil)
        for wrong in [
            #"resource.t = "a""#, #"resource.t = "b" || resource.t = "a""#, #"resource.t = "a" && resource.t = "b""#,
            #"resource.t = "a" || resource.t = "b" || resource.t = "c""#, #"resource.t = "a" || resource.t = "c""#,
            #"resource.t = "a" || span.t = "b""#, #"resource.t =~ "a" || resource.t = "b""#,
        ] {
            #expect(try outcome("{ \(wrong) }", for: "{ \(wrong) }", values: ["a", "b"]) == lacking, "\(wrong)")
        }
    }

    @Test("The text of a query for tags must be one filter with the condition")
    func tags() throws {
        func outcome(_ text: String) throws -> String? {
            let bytes = Array(expanded(text).utf8)
            let tree = try Tree.parse(bytes, limits: .standard)
            let condition = try TenantCondition(attribute: "t", values: ["a"])
            do {
                _ = try verifyTagQuery(bytes, is: tree, confinedBy: condition)
                return nil
            } catch {
                return error.description.split(separator: ":").first.map(String.init)
            }
        }
        #expect(try outcome("{ T }") == nil)
        #expect(try outcome("{ T && (span.a = 1) }") == nil)
        for wrong in [
            "{ span.a = 1 }", "{ T || span.a = 1 }", "{ T } | { T }", "{ T } with (sample=true)", "by(.a)",
            "{ T } && { T }",
        ] {
            #expect(try outcome(wrong) == "the filter lacks the condition", "\(wrong)")
        }
    }
}
