import Testing
import TraceQLSyntax

@Suite("Queries and names of tags")
struct TagTests {
    private let t = #"resource.tenant_id = "a""#

    private func refusal(_ query: String, values: [String] = ["a"], conflict: TenantCondition.Conflict = .and) throws
        -> String?
    {
        do {
            let condition = try TenantCondition(attribute: "tenant_id", values: values, conflict: conflict)
            _ = try restrictTagQuery(query, by: condition)
            return nil
        } catch let error as RestrictionError {
            return error.description
        }
    }

    @Test("Without a query, and with an empty filter, the condition is all")
    func none() throws {
        for query in [nil, "{ }", "{ true }", "{}"] as [String?] {
            let result = try restrictTagQuery(query, by: tenantA())
            expectSame(result.text, "{ \(t) }")
            #expect(result.filterCount == 1)
            #expect(!result.isMetricsQuery)
        }
    }

    @Test(
        "Comparisons of attributes with a scope, and of intrinsics, with literals",
        arguments: [
            ("{ span.a = 1 }", "span.a = 1"), ("{ 1 < span.a }", "1 < span.a"),
            ("{ status = error }", "status = error"),
            ("{ resource.a =~ \"x.*\" && span.b != \"y\" }", "(resource.a =~ \"x.*\") && (span.b != \"y\")"),
            ("{ span.a = 1 || (event.b > 2 && link.c <= 3) }", "(span.a = 1) || ((event.b > 2) && (link.c <= 3))"),
            ("{ resource.tenant_id = \"b\" }", "resource.tenant_id = \"b\""), ("{ name !~ \"x\" }", "name !~ \"x\""),
        ])
    func comparisons(query: String, expression: String) throws {
        expectSame(try restrictTagQuery(query, by: tenantA()).text, "{ (\(t)) && (\(expression)) }")
    }

    @Test(
        "What would switch Tempo's filter off is refused, with what is allowed",
        arguments: [
            "{ .a = 1 }", "{ span.a = 1 && .b = 2 }", "{ span.a }", "{ span.a || span.b = 1 }", "{ !(span.a = 1) }",
            "{ span.a = nil }", "{ span.a != nil }", "{ span.a = span.b }", "{ span.a + 1 = 2 }", "{ -span.a = 1 }",
            "{ false }", "{ span.a = 1 && true }", "{ (span.a = 1) = true }", "{ \"x\" =~ \"y.*\" }",
        ])
    func switches(query: String) throws {
        let text = try refusal(query) ?? ""
        #expect(text.contains("scope"), "\(query): \(text)")
    }

    @Test(
        "Only a single filter",
        arguments: [
            "{ span.a = 1 } | { span.b = 1 }", "{ } && { }", "({ })", "count() > 1", "by(span.a)", "{ } | rate()",
            "select(span.a)",
            "{ } with (sample=true)", "({ } | { }) || ({ })",
        ])
    func singleFilter(query: String) throws {
        // In parentheses it is the same tree as without.
        if query == "({ })" {
            #expect(try refusal(query) == nil)
        } else {
            #expect(try refusal(query)?.contains("must be a single filter") == true)
        }
    }

    @Test("What is unsafe or invalid elsewhere is so here")
    func unsafe() throws {
        #expect(try refusal("{ rootName = \"x\" }")?.contains("root span") == true)
        #expect(try refusal("{ span:childCount = 1 }")?.contains("child spans") == true)
        #expect(try refusal("{ parent.a = 1 }")?.contains("parent not yet supported") == true)
        #expect(try refusal("{ span.a = 1 ")?.contains("$end") == true)
        #expect(try refusal("")?.contains("$end") == true)
        #expect(try refusal(#"{ resource.tenant_id = "b" }"#, conflict: .error)?.contains("another tenant") == true)
    }

    @Test("At most 50 comparisons and 100 alternatives")
    func limits() throws {
        func joined(_ count: Int, _ operation: String) -> String {
            "{ " + (0..<count).map { "span.a\($0) = 1" }.joined(separator: operation) + " }"
        }
        #expect(try refusal(joined(50, " && ")) == nil)
        #expect(try refusal(joined(51, " && "))?.contains("at most 50 comparisons") == true)
        #expect(try refusal(joined(50, " || "), values: ["a", "b"]) == nil)
        #expect(try refusal(joined(50, " || "), values: ["a", "b", "c"])?.contains("at most 100 alternatives") == true)
        let product = "(span.a = 1 || span.b = 2 || span.c = 3)"
        #expect(try refusal("{ " + Array(repeating: product, count: 4).joined(separator: " && ") + " }") == nil)
        #expect(
            try refusal("{ " + Array(repeating: product, count: 5).joined(separator: " && ") + " }")?
                .contains("at most 100 alternatives") == true)
        #expect(
            try refusal("{ " + Array(repeating: product, count: 16).joined(separator: " && ") + " }")?
                .contains("at most 100 alternatives") == true)
    }

    @Test(
        "Names of tags are attributes and intrinsics, written as in a query",
        arguments: [
            ("span.http.method", "span.http.method"), ("resource.\"a b\"", "resource.\"a b\""), (".name", ".name"),
            ("span:status", "status"), ("status", "status"), (" name ", "name"), ("event:name", "event:name"),
            ("link:traceID", "link:traceID"), ("span:id", "span:id"),
            ("instrumentation:version", "instrumentation:version"),
            ("span.a//b", "span.\"a//b\""), ("span.a /* x */", "span.a"),
        ])
    func names(text: String, expected: String) throws {
        let tag = try TagName.parse(text)
        expectSame(tag.text, expected)
        #expect(try TagName.parse(tag.text) == tag)
    }

    @Test(
        "Names whose values are other spans', and what is no name",
        arguments: [
            "rootName", "rootServiceName", "traceDuration", "trace:rootName", "trace:rootService", "trace:duration",
            "trace:id",
            "nestedSetLeft", "span:childCount", "span:parentID", "parent", "parent.a", "parent.span.a", "", "a",
            "span.", "span.a = 1",
            "{ span.a }", "span.a, span.b", "1", "span.a && span.b", "span.a } || { span.b", "(span.a)",
        ])
    func refusedNames(text: String) {
        #expect(throws: RestrictionError.self) { try TagName.parse(text) }
    }

    @Test("Names of the first version of the endpoints have no scope")
    func unscoped() throws {
        expectSame(try TagName.unscoped("http.method").text, ".http.method")
        expectSame(try TagName.unscoped("rootName").text, ".rootName")
        expectSame(try TagName.unscoped("a b\"}").text, ".\"a b\\\"}\"")
        expectSame(try TagName.unscoped("5").text, ".\"5\"")
        #expect(throws: RestrictionError.self) { try TagName.unscoped("") }
        #expect(throws: RestrictionError.self) { try TagName.unscoped("a\u{0}") }
    }
}
