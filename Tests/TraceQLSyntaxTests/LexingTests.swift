import Testing

@testable import TraceQLSyntax

@Suite("Lexing")
struct LexingTests {
    /// The attribute that a filter consists of.
    private func attribute(_ text: String) throws -> TraceQLAttribute? {
        guard case .spans(.pipeline(let stages)) = try TraceQLExpression.parse("{ \(text) }").root,
            case .spansets(.filter(.attribute(let attribute)))? = stages.first
        else { return nil }
        return attribute
    }

    @Test(
        "An attribute's name takes in nearly everything",
        arguments: [
            (".a-1", "a-1"), (".a//b", "a//b"), (".a/*b", "a/*b"), (".foo:bar", "foo:bar"), (".a[0]", "a[0]"),
            (".a+b*c%d", "a+b*c%d"), (".'x'", "'x'"), (".`x`", "`x`"), (".é", "é"), (".\"x y\".z", "x y.z"),
            (".a\"b c\"d", "ab cd"), (#"."\"\\""#, #""\"#), (".\"a\nb\"", "a\nb"), ("...", ".."), (".\"\"", ""),
            (".span.a", "span.a"), (".parent.a", "parent.a"), (".#;@$?", "#;@$?"),
            (".\"{}()=~!<>&|^,\"", "{}()=~!<>&|^,"),
        ])
    func names(text: String, name: String) throws {
        #expect(try attribute(text) == .named(scope: .none, name: Array(name.utf8), isParent: false))
    }

    @Test("A name ends at white space of any kind and at what has a meaning")
    func nameEnds() throws {
        for end in ["}", ")", "=1}", "~", "!=1}", "<1}", ">1}", "&&.b}", "||.b}", "^2=1}", " =1}", "\n=1}"] {
            let query = end == ")" ? "{(.a)}" : "{.a\(end)"
            if end == "~" { continue }
            #expect(try printed(query).contains(".a"), "\(query)")
            #expect(try !printed(query).contains("\""), "\(query)")
        }
        #expect(refusal("{ .a\u{A0}= 1 }") == "1:5: parse error: syntax error: unexpected IDENTIFIER")
        #expect(refusal("{ .a\u{3000}= 1 }") != nil)
        #expect(refusal("{ .a\u{0B}= 1 }") != nil)
    }

    @Test(
        "Scopes are words with a dot and nothing between",
        arguments: [
            ("span.a", TraceQLScope.span), ("resource.a", .resource), ("event.a", .event), ("link.a", .link),
            ("instrumentation.a", .instrumentation),
        ])
    func scopes(text: String, scope: TraceQLScope) throws {
        #expect(try attribute(text) == .named(scope: scope, name: [UInt8(ascii: "a")], isParent: false))
        #expect(refusal("{ \(text.replacing(".", with: " ."))  }") != nil)
        #expect(refusal("{ \(text.replacing(".", with: ". "))  }") != nil)
    }

    @Test("parent. may be followed by a scope, and goes on to count, as in Tempo")
    func parent() throws {
        guard
            case .metrics(.query(let query), _) = try TraceQLExpression.parse(
                "{ } | rate() by (parent.a, parent.span.b, parent.resource.c, parent.\"span.d\")"
            ).root
        else {
            Issue.record("no metrics query")
            return
        }
        #expect(
            query.grouping == [
                .named(scope: .none, name: Array("a".utf8), isParent: true),
                .named(scope: .span, name: Array("b".utf8), isParent: true),
                .named(scope: .resource, name: Array("c".utf8), isParent: true),
                .named(scope: .none, name: Array("span.d".utf8), isParent: true),
            ])
        #expect(
            refusal("{ } | rate() by (parent.a, .span.b)")
                == "1:28: parse error: syntax error: unexpected span., expecting IDENTIFIER")
        #expect(refusal("{ } | rate() by (parent.a, span.x, .span.b)") == nil)
        let text = try printed("{ } | rate() by (parent.\"span.d\")")
        #expect(text == "{ true } | rate() by (parent.\"span.d\")")
    }

    @Test("Every intrinsic prints as it is read", arguments: TraceQLIntrinsic.allCases)
    func intrinsics(intrinsic: TraceQLIntrinsic) throws {
        let query = "{ } | rate() by (\(intrinsic.rawValue))"
        #expect(try printed(query) == query.replacing("{ }", with: "{ true }"))
        #expect(String(describing: TraceQLIntrinsic.table[intrinsic.index].text) == intrinsic.rawValue)
        #expect(TraceQLIntrinsic.table[intrinsic.index].intrinsic == intrinsic)
    }

    @Test(
        "Words that are intrinsics only with a scope, and words in another case",
        arguments: [
            "id", "traceID", "spanID", "parentID", "childCount", "timeSinceStart", "version", "rootService", "Name",
            "trace:status", "trace:rootServiceName", "span:rootName", "event:id", "link:id", "instrumentation:id",
            "trace.a", "scope.a", "RESOURCE.a", "TRUE", "status.a",
        ])
    func unknownWords(word: String) {
        #expect(refusal("{ \(word) = nil }") != nil)
    }

    @Test("A colon may be followed by space, and by a comment")
    func colon() throws {
        #expect(
            try printed("{ span: name = \"a\" && span:/* x */status = ok }") == #"{ (name = "a") && (status = ok) }"#)
        #expect(refusal("{ span :name = \"a\" }") != nil)
    }

    @Test("Operators of several characters are read greedily")
    func greedy() throws {
        #expect(try printed("{.a}!>>{.b}") == "({ .a }) !>> ({ .b })")
        #expect(try printed("{.a}&<<{.b}") == "({ .a }) &<< ({ .b })")
        for query in ["{.a}>={.b}", "{.a} ! > {.b}", "{.a} & > {.b}", "{ .a ! = 1}", "{ .a= ~\"x\"}", "{ .a>>1}"] {
            #expect(refusal(query) != nil, "\(query)")
        }
    }

    @Test(
        "Strings mean what Go says",
        arguments: [
            (#""\a\b\f\n\r\t\v\\\"""#, [7, 8, 12, 10, 13, 9, 11, 92, 34]),
            (#""\101\x41\u0041\U00000041""#, [65, 65, 65, 65]),
            (#""\xff\377""#, [255, 255]), ("`\\n`", [92, 110]), ("`a\r\nb`", [97, 10, 98]), ("\"\"", []),
            (#""\u00e9""#, [0xC3, 0xA9]),
        ] as [(String, [UInt8])])
    func strings(text: String, bytes: [UInt8]) throws {
        let expression = try TraceQLExpression.parse("{ .a = \(text) }")
        guard case .spans(.pipeline(let stages)) = expression.root,
            case .spansets(.filter(.operation(_, _, .literal(.string(let value)))))? = stages.first
        else {
            Issue.record("no comparison")
            return
        }
        #expect(value == bytes)
    }

    @Test(
        "What is no string",
        arguments: [
            #""\q""#, #""\'""#, "'x'", "\"a\nb\"", "\"a", "`a", #""\x4""#, #""\400""#, #""\ud800""#, #""\U00110000""#,
            #""\8""#, #""\"#,
        ])
    func badStrings(text: String) {
        #expect(refusal("{ .a = \(text) }") != nil)
    }

    @Test(
        "What is no number or duration",
        arguments: [
            "0x10", "1_000", "08", "0b1", "9223372036854775808", "1e", "1e400", "1h30", "1h1d", "100000000000h", "1s2",
            "1.2.3", "0x1.8", "1i", "0x", "1sm", "1_0.5", "1m1d", "1x", "1h\u{663}",
        ])
    func badNumbers(text: String) {
        #expect(refusal("{ .a = \(text) }") != nil)
    }

    @Test("Integers are decimal, also with leading zeros")
    func integers() throws {
        #expect(
            try printed("{ .a = 010 || .b = 9223372036854775807 }") == "{ (.a = 10) || (.b = 9223372036854775807) }")
    }

    @Test("Bytes that are not UTF-8 are refused where they stand")
    func utf8() {
        #expect(throws: TraceQLError.self) {
            try TraceQLExpression.parse(utf8: Array("{ .a = \"".utf8) + [0xFF, 0x22, 0x7D])
        }
        #expect(throws: TraceQLError.self) { try TraceQLExpression.parse(utf8: [0xC0, 0x80]) }
        #expect(throws: TraceQLError.self) {
            try TraceQLExpression.parse(utf8: Array("{ .".utf8) + [0xED, 0xA0, 0x80])
        }
    }

    @Test("Positions are lines and columns of code points, and the excerpt points at them")
    func positions() {
        let query = "{ .é = \"ü\"\n  && .a ~ 1 }"
        #expect(refusal(query) == "2:9: parse error: syntax error: unexpected ~")
        do {
            _ = try TraceQLExpression.parse(query)
        } catch {
            #expect(error.excerpt(of: query) == "  && .a ~ 1 }\n        ^")
        }
    }
}
