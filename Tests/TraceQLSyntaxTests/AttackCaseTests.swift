import Testing
import TraceQLSyntax

/// The caller is tenant a, the victim tenant b.
@Suite("Attacks on isolation")
struct AttackCaseTests {
    private let condition = #"resource.tenant_id = "a""#

    /// Restricts and looks at each brace of the result with a scanner of its own.
    private func expectConfined(
        _ query: String, filters: Int, pipelines: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try restrict(query, by: tenantA())
        #expect(result.pipelineCount == pipelines, sourceLocation: sourceLocation)
        #expect(result.filterCount == filters + pipelines, sourceLocation: sourceLocation)
        let gap = FilterScanner.unconfinedPart(of: result.text, condition: condition)
        #expect(gap == nil, "\(result.text)", sourceLocation: sourceLocation)
        #expect(
            FilterScanner.filterCount(of: result.text) == filters + pipelines, "\(result.text)",
            sourceLocation: sourceLocation)
    }

    @Test("|| does not escape the condition: both sides of it stand in parentheses")
    func precedence() throws {
        expectSame(
            try restricted(#"{ resource.tenant_id = "a" && .x || resource.tenant_id = "b" }"#),
            #"{ resource.tenant_id = "a" } | { (resource.tenant_id = "a") && "#
                + #"(((resource.tenant_id = "a") && .x) || (resource.tenant_id = "b")) }"#)
        try expectConfined("{ .a || true }", filters: 1)
        try expectConfined("{ true || .a && .b }", filters: 1)
        try expectConfined("{ true }", filters: 1)
        try expectConfined("{ false || 1 = 1 }", filters: 1)
    }

    @Test("Comments cannot swallow a brace, a condition or a line")
    func comments() throws {
        for query in [
            "{ .a // }\n }", "{ .a /* } { */ }", "/* x */ { .a }", "{ .a } // | {", "{ .a } /* } */ | { .b }",
            "{ .a /* // */ }", "// }\n{ .a }",
        ] {
            let text = try restricted(query)
            #expect(!text.contains("//") && !text.contains("/*"))
            #expect(FilterScanner.unconfinedPart(of: text, condition: condition) == nil)
        }
        #expect(try restrictionRefusal("{ .a /* }")?.contains("comment not terminated") == true)
        // Here they are names.
        let name = try restricted("{ span.a//b = 1 && span.c/*d = 1 }")
        #expect(name.contains(#"span."a//b""#) && name.contains(#"span."c/*d""#))
        try expectConfined("{ span.a//b = 1 && span.c/*d = 1 }", filters: 1)
    }

    @Test(
        "Pipelines without braces get a filter before them",
        arguments: [
            "count() > 0", "select(.a)", "select(resource.tenant_id)", "by(.a)", "by(.a) | rate()",
            "max(duration) > 3s", "by(resource.tenant_id) | count() > 0", "select(.a) | count_over_time() by (.b)",
            "avg(span.x) < 5 | by(.a) | coalesce()", "count() > 0 | rate() with (exemplars=true)",
        ])
    func braceless(query: String) throws {
        let result = try restrict(query, by: tenantA())
        #expect(result.text.hasPrefix("{ \(condition) } | "))
        #expect(result.filterCount == 1)
        #expect(result.pipelineCount == 1)
    }

    @Test(
        "Both sides of every structural operator, negated and union forms too",
        arguments: [
            "&&", "||", ">", "<", ">>", "<<", "~", "!>", "!<", "!~", "!>>", "!<<", "&>", "&<", "&>>", "&<<", "&~",
        ])
    func structural(operation: String) throws {
        let victim = #"{ resource.tenant_id = "b" }"#
        try expectConfined("\(victim) \(operation) { }", filters: 2)
        try expectConfined("{ } \(operation) \(victim)", filters: 2)
        try expectConfined("{ .x } | { } \(operation) { } \(operation) \(victim)", filters: 4)
        try expectConfined(
            "({ } | count() > 0) \(operation) (\(victim) | select(.a))", filters: 2, pipelines: 2)
        try expectConfined("(count() > 0) \(operation) (by(.a))", filters: 0, pipelines: 2)
        try expectConfined("(({ .a }) \(operation) ({ })) | count() > 1", filters: 2)
    }

    @Test("Every operand of metrics arithmetic")
    func metricsArithmetic() throws {
        for operation in ["+", "-", "*", "/"] {
            try expectConfined("({ } | rate()) \(operation) ({ .b } | rate())", filters: 2, pipelines: 2)
            try expectConfined("(by(.a) | rate()) \(operation) (count() > 0 | rate())", filters: 0, pipelines: 2)
            try expectConfined("100 \(operation) (select(.a) | rate())", filters: 0)
        }
        try expectConfined(
            "(({ } | rate()) / ({ } | rate() | topk(2))) * (({ } | rate()) - 1) | topk(3) > 5", filters: 3,
            pipelines: 3)
    }

    @Test("compare is refused")
    func compare() throws {
        for query in ["{ } | compare({ status = error })", "{ } | compare({ .a }, 5, 10, 20)"] {
            #expect(try restrictionRefusal(query)?.hasPrefix("unsafe 1:7: parse error: compare()") == true)
        }
    }

    @Test("parent in by(), where Tempo does not check it, and everywhere else")
    func parent() throws {
        for (query, column) in [
            ("{ } | rate() by (parent.a)", 18), ("{ } | rate() by (name, parent.span.a)", 24),
            ("{ } | max_over_time(parent.a)", 21), ("{ } | rate() by (parent)", 18),
            ("{ } | quantile_over_time(parent.resource.a, 0.5)", 26),
            ("({ } | rate()) + ({ } | rate() by (parent.a))", 36),
        ] {
            #expect(try restrictionRefusal(query)?.hasPrefix("unsafe 1:\(column): parse error: parent") == true)
        }
        for query in ["{ parent.a = 1 }", "{ } | select(parent.a)", "{ } | by(parent.a)", "{ } | max(parent.a) > 1"] {
            #expect(try restrictionRefusal(query)?.hasPrefix("invalid") == true)
        }
    }

    @Test("Attributes of the same name in other scopes, and unscoped, do not stand for the tenant's")
    func spoofing() throws {
        for own in [
            #"{ .tenant_id = "b" }"#, #"{ span.tenant_id = "a" }"#, #"{ event.tenant_id = "a" }"#,
            #"{ resource."tenant_id" = "b" }"#, #"{ resource."tenant""_id" = "b" }"#,
            #"{ resource.tenant_id != "a" }"#, #"{ resource.tenant_id =~ ".*" }"#, #"{ resource.tenant_id !~ "a" }"#,
            "{ resource.tenant_id = nil }", "{ resource.tenant_id != nil }", "{ !(resource.tenant_id = \"a\") }",
        ] {
            try expectConfined(own, filters: 1)
        }
    }

    @Test("Array-valued and numeric attributes of the tenant's name are only ever compared with a string")
    func numericTenant() throws {
        try expectConfined("{ resource.tenant_id = 1 }", filters: 1)
        try expectConfined("{ resource.tenant_id > 0 }", filters: 1)
        #expect(try restricted("{ }").contains(#"resource.tenant_id = "a""#))
    }

    @Test("Quoted names cannot end early")
    func quotedNames() throws {
        for name in [
            #"a\" } || { ."#, "a } | { .b", "}", "{", #"a\\"#, "a || true", "a b", "a\nb", "/*", "//", "'", "`",
        ] {
            try expectConfined("{ span.\"\(name)\" = 1 }", filters: 1)
            try expectConfined("{ } | by(.\"\(name)\")", filters: 1)
        }
    }

    @Test("Backticks and escapes in strings cannot end them early")
    func strings() throws {
        for literal in [
            #""x`} || { .b = `y""#, "`x\"} || { .b = \"y`", #""\"} || {""#, #""\\""#, #""\x22} || {""#,
            #""\u0022 } || { true""#, #""\042 }""#, "`\\`", #""\xff\x00""#, "`a\nb`", #""// }""#, #""/*""#,
        ] {
            try expectConfined("{ span.a = \(literal) }", filters: 1)
            try expectConfined("{ span.a = \(literal) } | { span.b != \(literal) }", filters: 2)
        }
    }

    @Test(
        "Oracles on whole traces are refused, with their place",
        arguments: [
            "rootName", "rootServiceName", "traceDuration", "trace:rootName", "trace:rootService", "trace:duration",
            "nestedSetLeft", "nestedSetRight", "nestedSetParent", "span:childCount", "span:parentID",
        ])
    func oracles(intrinsic: String) throws {
        for (query, column) in [
            ("{ \(intrinsic) != nil }", 3), ("{ .a && (1 = 1 || \(intrinsic) != nil) }", 19),
            ("{ } | by(\(intrinsic))", 10),
            ("{ } | select(.a, \(intrinsic))", 18), ("{ } | rate() by (\(intrinsic))", 18),
            ("{ } | max_over_time(\(intrinsic))", 21), ("{ } >> { \(intrinsic) != nil }", 10),
            ("({ } | count() > 1) && ({ \(intrinsic) != nil } | by(.a))", 27),
        ] {
            let reason = try restrictionRefusal(query)
            #expect(reason?.hasPrefix("unsafe 1:\(column): parse error: ") == true, "\(query): \(reason ?? "accepted")")
            #expect(reason?.contains("another tenant") == true)
        }
    }

    @Test("Oracles in error texts: a failing expression only ever meets own spans")
    func errorOracles() throws {
        for query in ["{ 1 / (span.x - 42) = 1 }", "{ !span.x }", "{ -span.x = 1 }", "{ span.a && !span.b }"] {
            #expect(try restricted(query).hasPrefix("{ \(condition) } | { ("))
        }
        #expect(try restricted("{ } | by(1 / span.x)").hasPrefix("{ \(condition) } | "))
    }

    @Test("Hints outside the list are refused, and values of other types")
    func hints() throws {
        for hint in [
            "debug=true", "debug_return_in=1", "info=true", "job_size=1", "unsafe=true", "extrapolate=true",
            "skip_ast_transformations=\"all\"", "spanonly_fetch=true", "Sample=true",
        ] {
            #expect(try restrictionRefusal("{ } | rate() with (\(hint))")?.contains("is not allowed") == true)
            #expect(try restrictionRefusal("{ } with (sample=true, \(hint))")?.hasPrefix("unsafe 1:24:") == true)
        }
        for hint in ["sample=\"a\"", "most_recent=1", "exemplars=1.5", "trace_sample=ok", "span_sample=1s"] {
            #expect(try restrictionRefusal("{ } with (\(hint))")?.contains("cannot have a value of this type") == true)
        }
        let all = "most_recent=true, exemplars=5, sample=0.1, trace_sample=0.5, span_sample=1"
        #expect(try restricted("{ } | rate() with (\(all))").hasSuffix(" with (\(all))"))
        // The last one replaces those before, so these count no more.
        #expect(try !restricted("{ } with (debug=true) with (most_recent=true)").contains("debug"))
    }

    @Test("White space and characters that look like others are refused")
    func textTricks() throws {
        for query in [
            "{ .a }\u{2028}| { .b }", "{\u{A0}}", "{ } \u{FF5C} { }", "{ resource\u{200B}.a = 1 }", "\u{FEFF}{ }",
            "{ .a = \u{201C}x\u{201D} }", "{ .a\u{0} }", "{ ｒesource.tenant_id = 1 }", "{ .a = \"\u{0}\" }",
        ] {
            #expect(try restrictionRefusal(query)?.hasPrefix("invalid") == true, "\(query)")
        }
        try expectConfined("{ span.é\u{301} = \"\u{301}\" }", filters: 1)
    }
}
