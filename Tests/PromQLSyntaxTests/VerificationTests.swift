import Testing

@testable import PromQLSyntax

/// The check of restricted texts must notice what a defect elsewhere would do, so it is given such texts.
@Suite("Verification of restricted texts")
struct VerificationTests {
    private func outcome(_ text: String, for restrictedQuery: String) throws -> String? {
        let tree = try Tree.parse(Array(restrictedQuery.utf8), limits: .standard, entry: .expression)
        do {
            _ = try verify(Array(text.utf8), is: tree, as: .expression, confinedBy: tenantA())
            return nil
        } catch RestrictionError.unverified(let reason) {
            return reason.split(separator: ":").first.map(String.init)
        }
    }

    @Test("The right text passes")
    func right() throws {
        let text = #"sum(x{tenant_id="a"}) / rate(y{tenant_id="a",z="1"}[5m])"#
        #expect(try outcome(text, for: text) == nil)
    }

    @Test("A text that does not parse is noticed")
    func unparsable() throws {
        let text = #"info(x{tenant_id="a"}, )"#
        #expect(
            try outcome(text, for: #"info(x{tenant_id="a"}, {tenant_id="a"})"#) == "the restricted text does not parse")
    }

    @Test(
        "A text that means something else is noticed",
        arguments: [
            #"x{tenant_id="a"} - y{tenant_id="a"}"#, #"x{tenant_id="a"} + z{tenant_id="a"}"#,
            #"x{tenant_id="a"} + on () y{tenant_id="a"}"#,
            #"x{tenant_id="a"} + y{tenant_id="a"} offset 5m"#, #"x{tenant_id="a"} + y{tenant_id="a"} @ 1"#,
            #"x{tenant_id="a"} + (y{tenant_id="a"})"#,
            #"x{tenant_id="a",b="c"} + y{tenant_id="a"}"#, #"x{tenant_id="a"} + y{tenant_id="a"} anchored"#,
            #"x{tenant_id="a"}"#,
            #"x{tenant_id!="a"} + y{tenant_id="a"}"#, #"x{tenant_id="b"} + y{tenant_id="a"}"#,
            #"x{tenant_id="a"} + y{tenant_id="a"} offset (5m)"#,
            #"x{tenant_id="a"} + -y{tenant_id="a"}"#, #"{__name__="x",tenant_id="a"} + y{tenant_id="a"}"#,
            #"x{tenant_id="a"} + 1"#,
        ])
    func differing(text: String) throws {
        #expect(
            try outcome(text, for: #"x{tenant_id="a"} + y{tenant_id="a"}"#) == "the restricted text means another query"
        )
    }

    @Test(
        "Literals, labels, ranges and steps are compared too",
        arguments: [
            ("1 + 2", "1 + 3"), ("1s", "1"), ("0", "-0"), (#""a""#, #""b""#), ("\"\u{E9}\"", "\"e\u{301}\""),
            (#"x{tenant_id="a"} @ start()"#, #"x{tenant_id="a"} @ end()"#),
            (#"x{tenant_id="a"} @ 1"#, #"x{tenant_id="a"} @ 2"#),
            (#"x{tenant_id="a"} @ 0"#, #"x{tenant_id="a"} @ start()"#),
            (#"x{tenant_id="a"} offset 5m"#, #"x{tenant_id="a"} offset 6m"#),
            (#"x{tenant_id="a"}[5m:] offset 5m"#, #"x{tenant_id="a"}[5m:] offset 6m"#),
            (#"x{tenant_id="a"}[5m:] @ 1"#, #"x{tenant_id="a"}[5m:] @ 2"#),
            (#"x{tenant_id="a"}[5m:step()]"#, #"x{tenant_id="a"}[5m:range()]"#),
            (#"x{tenant_id="a"}[1 + step():]"#, #"x{tenant_id="a"}[1 + range():]"#),
            (#"x{tenant_id="a"}[5m:]"#, #"x{tenant_id="a"}[5m:5m]"#),
            (#"x{tenant_id="a"} anchored"#, #"x{tenant_id="a"} smoothed"#),
            (#"x{tenant_id="a"}[5m] anchored"#, #"x{tenant_id="a"}[5m] smoothed"#),
            (
                #"x{tenant_id="a"} + on (a) group_left (b) x{tenant_id="a"}"#,
                #"x{tenant_id="a"} + on (a) group_left (c) x{tenant_id="a"}"#
            ),
            (
                #"x{tenant_id="a"} + on (a) group_left () x{tenant_id="a"}"#,
                #"x{tenant_id="a"} + on (a) group_right () x{tenant_id="a"}"#
            ),
            (#"x{tenant_id="a"} + on (a) x{tenant_id="a"}"#, #"x{tenant_id="a"} + ignoring (a) x{tenant_id="a"}"#),
            (#"x{tenant_id="a"} + on (a) x{tenant_id="a"}"#, #"x{tenant_id="a"} + on (b) x{tenant_id="a"}"#),
            (
                #"x{tenant_id="a"} + fill_left (1) x{tenant_id="a"}"#,
                #"x{tenant_id="a"} + fill_right (1) x{tenant_id="a"}"#
            ),
            (
                #"x{tenant_id="a"} + fill_right (1) x{tenant_id="a"}"#,
                #"x{tenant_id="a"} + fill_right (2) x{tenant_id="a"}"#
            ),
            (
                #"x{tenant_id="a"} + fill (1) x{tenant_id="a"}"#,
                #"x{tenant_id="a"} + fill_left (1) fill_right (1) x{tenant_id="a"}"#
            ),
            (#"-x{tenant_id="a"}"#, #"+x{tenant_id="a"}"#),
            (#"round(x{tenant_id="a"})"#, #"round(x{tenant_id="a"}, 1)"#),
            (#"topk(1, x{tenant_id="a"})"#, #"topk(2, x{tenant_id="a"})"#),
            (#"x{tenant_id="a"} and x{tenant_id="a"}"#, #"x{tenant_id="a"} or x{tenant_id="a"}"#),
            (#"x{tenant_id="a"}[-(5m)]"#, #"x{tenant_id="a"}[(5m)]"#),
            (#"x{tenant_id="a"}[1 + 2]"#, #"x{tenant_id="a"}[1 - 2]"#),
            (#"x{tenant_id="a"}[1s + 2]"#, #"x{tenant_id="a"}[1 + 2]"#),
            (#"x{tenant_id="a"}[step() + 2]"#, #"x{tenant_id="a"}[range() + 2]"#),
            (#"x{tenant_id="a"}[-step()]"#, #"x{tenant_id="a"}[-range()]"#),
            (#"x{tenant_id="a"}[min_of(1, 2)]"#, #"x{tenant_id="a"}[min_of(1, 3)]"#),
            (#"x{tenant_id="a"}[min_of(1, 2)]"#, #"x{tenant_id="a"}[min_of(2, 2)]"#),
            (#"count_values("a", x{tenant_id="a"})"#, #"count_values("b", x{tenant_id="a"})"#),
            (#"(1)"#, #"1"#),
            (#"x{tenant_id="a"} + fill (0) x{tenant_id="a"}"#, #"x{tenant_id="a"} + fill_left (0) x{tenant_id="a"}"#),
            (#"sum by (a) (x{tenant_id="a"})"#, #"sum by (b) (x{tenant_id="a"})"#),
            (#"sum by (a) (x{tenant_id="a"})"#, #"sum without (a) (x{tenant_id="a"})"#),
            (#"max(x{tenant_id="a"})"#, #"min(x{tenant_id="a"})"#),
            (#"abs(x{tenant_id="a"})"#, #"ceil(x{tenant_id="a"})"#),
            (#"x{tenant_id="a"}[5m]"#, #"x{tenant_id="a"}[6m]"#),
            (#"x{tenant_id="a"}[5m:1m]"#, #"x{tenant_id="a"}[5m:2m]"#),
            (#"x{tenant_id="a"}[5m + 1m]"#, #"x{tenant_id="a"}[5m + 2m]"#),
            (#"x{tenant_id="a"}[(5m)]"#, #"x{tenant_id="a"}[5m]"#),
            (#"x{tenant_id="a"} offset -(5m)"#, #"x{tenant_id="a"} offset (5m)"#),
            (#"x{tenant_id="a"}[min_of(1, 2)]"#, #"x{tenant_id="a"}[max_of(1, 2)]"#),
            (#"x{tenant_id="a"} + fill (1) x{tenant_id="a"}"#, #"x{tenant_id="a"} + fill (2) x{tenant_id="a"}"#),
            (#"x{tenant_id="a"} == x{tenant_id="a"}"#, #"x{tenant_id="a"} == bool x{tenant_id="a"}"#),
        ])
    func details(query: String, other: String) throws {
        #expect(try outcome(query, for: query) == nil)
        #expect(try outcome(other, for: query) == "the restricted text means another query")
    }

    @Test(
        "A selector without the condition is noticed, even where both texts agree",
        arguments: [
            "x", #"x{tenant_id="a"} + y"#, #"topk(scalar(y), x{tenant_id="a"})"#, #"x{tenant_id="b"}"#,
            #"x{tenant_id=~"a"}"#, #"x{tenant_id!="a"}"#,
            #"x{tenantxid="a"}"#, #"x{tenant_id="aa"}"#, #"info(x{tenant_id="a"})"#,
            #"info(x{tenant_id="a"}, {b="c"})"#,
            #"rate(y[5m]) + x{tenant_id="a"}"#, #"max_over_time(y[5m:1m]) + x{tenant_id="a"}"#,
        ])
    func unconfined(text: String) throws {
        #expect(try outcome(text, for: text) == "a selector lacks the condition")
    }
}
