import Foundation
import Testing
import TraceQLSyntax

@Suite("Limits")
struct LimitTests {
    /// Runs `body` on a thread with a stack of 512 KB and returns what it returns.
    private func onSmallStack(_ body: @escaping @Sendable () -> String) -> String {
        final class Outcome: @unchecked Sendable {
            var text = ""
            let done = DispatchSemaphore(value: 0)
        }
        let outcome = Outcome()
        let thread = Thread {
            outcome.text = body()
            outcome.done.signal()
        }
        thread.stackSize = 512 * 1024
        thread.start()
        outcome.done.wait()
        return outcome.text
    }

    private func outcome(_ query: String, _ limits: TraceQLLimits = .standard) -> String {
        onSmallStack {
            do {
                let result = try restrict(query, by: tenantA(), limits: limits)
                return "\(result.filterCount) filters"
            } catch RestrictionError.invalid(let error) {
                return error.description
            } catch {
                return "\(error)"
            }
        }
    }

    private let generous = TraceQLLimits(maximumBytes: 16 << 20, maximumDepth: 1_000_000, maximumOperands: 1_000_000)
    private let tooDeep = "query is nested more than 256 levels deep"

    private func nested(_ count: Int, _ opening: String, _ middle: String, _ closing: String) -> String {
        String(repeating: opening, count: count) + middle + String(repeating: closing, count: count)
    }

    @Test(
        "10,000 levels are refused at the one that is too deep, 256 are accepted",
        arguments: [
            ("{ ", "(", ".a", ")", " }"), ("{ ", "!", ".a", "", " }"), ("{ ", "-", ".a", "", " = 1 }"),
            ("{ ", ".a ^ ", ".b", "", " = 1 }"), ("", "(", "{ }", ")", ""), ("", "(", "{ } | rate()", ")", ""),
            ("", "(", "{ } | count() > 1", ")", ""), ("{ } | count() > ", "-", "1", "", ""),
            ("{ } | count() > ", "(", "1", ")", ""), ("({ } | rate()) > ", "-", "1", "", ""),
            ("({ } | rate()) > ", "(", "1", ")", ""), ("{ nil = ", "(", ".a", ")", " }"),
        ])
    func depth(start: String, opening: String, middle: String, closing: String, end: String) {
        let query = start + nested(10_000, opening, middle, closing) + end
        #expect(outcome(query).contains(tooDeep))
        let fitting = start + nested(start.contains("nil") ? 255 : 256, opening, middle, closing) + end
        #expect(outcome(fitting).hasSuffix("filters"), "\(outcome(fitting))")
    }

    @Test("Unclosed parentheses are refused at the level too deep, not at the end")
    func unclosed() {
        #expect(outcome(String(repeating: "(", count: 10_000)) == "1:257: parse error: \(tooDeep)")
    }

    @Test("Without limits deep nesting works, on a small stack too")
    func deepNesting() {
        for query in [
            "{ " + nested(20_000, "(", ".a", ")") + " }", "{ " + nested(20_000, "!(", ".a", ")") + " }",
            "{ " + nested(20_000, "-(", ".a", ")") + " = 1 }", nested(20_000, "(", "{ }", ")"),
            nested(20_000, "(", "{ } | rate()", ")"),
        ] {
            #expect(outcome(query, generous) == "2 filters")
        }
    }

    @Test(
        "Long chains are parsed, printed, compared and freed without recursion",
        arguments: ["&&", "||", "+", "*", "="])
    func chains(operation: String) {
        let operands = Array(repeating: ".a", count: 1_000).joined(separator: " \(operation) ")
        #expect(outcome("{ \(operands) \(operation == "=" ? "= .b" : "= 1") }") == "2 filters")
        let mixed = (0..<500).map { ".a\($0) = 1" }.joined(separator: " && ")
        #expect(outcome("{ \(mixed.replacing("a7 = 1 &&", with: "a7 = 1 ||")) }") == "2 filters")
    }

    @Test("Long chains of spansets, stages and metrics queries too")
    func wideQueries() {
        #expect(outcome(Array(repeating: "{ }", count: 1_000).joined(separator: " >> ")) == "1001 filters")
        #expect(outcome(Array(repeating: "{ }", count: 1_000).joined(separator: "|")) == "1001 filters")
        #expect(outcome(Array(repeating: "({ } | rate())", count: 500).joined(separator: " + ")) == "1000 filters")
        #expect(outcome(Array(repeating: "({ })", count: 1_000).joined(separator: " && ")) == "1001 filters")
        let attributes = (0..<1_000).map { ".a\($0) " }.joined(separator: ",")
        #expect(outcome("select(\(attributes))") == "1 filters")
    }

    @Test("A chain longer than the limit is refused at the operand that is too much")
    func operands() {
        let query = "{ " + Array(repeating: ".a", count: 3_000).joined(separator: "&&") + " }"
        #expect(outcome(query).contains("query has more than 1024 operands"))
        let limits = TraceQLLimits(maximumOperands: 3)
        for query in [
            "{ .a = .b && .c }", "{ 1 = 1 && 2 = 2 }", "{ } | { } | { } | { }", "select(.a, .b, .c, .d)",
            "max(.a) > 1 | count() > 2", "({ } | rate()) + ({ } | rate())", "{ } | quantile_over_time(.a, 0.1, 0.2)",
            "{ } with (a=1, b=2, c=3)", "{ } | rate() > 1 > 2 > 3",
        ] {
            #expect(outcome(query, limits).contains("query has more than 3 operands"), "\(query)")
        }
        #expect(outcome("{ .a = .b }", limits) == "2 filters")
    }

    @Test("The tree of values of the longest chain can be made and freed")
    func conversion() {
        let text = onSmallStack {
            let fields = Array(repeating: ".a", count: 1_000).joined(separator: " && ")
            let spansets = Array(repeating: "{ }", count: 1_000).joined(separator: " && ")
            let metrics = Array(repeating: "({ } | rate())", count: 500).joined(separator: " + ")
            var made = 0
            for query in ["{ \(fields) }", spansets, metrics] {
                guard let root = try? TraceQLExpression.parse(query).root else { continue }
                withExtendedLifetime(root) { made += 1 }
            }
            return "\(made)"
        }
        #expect(text == "3")
    }

    @Test("Text beyond the limit is refused unread, whatever it is")
    func length() {
        #expect(
            outcome("{" + String(repeating: " ", count: 1 << 20))
                == "1:65537: parse error: query is longer than 65536 bytes")
        #expect(outcome(String(repeating: "{", count: 1 << 20), generous).contains("unexpected {"))
        #expect(
            outcome("{ .a = \"" + String(repeating: "\\", count: 1 << 20), generous).contains("literal not terminated"))
        #expect(outcome("{ .a = " + String(repeating: "9", count: 1 << 20), generous).contains("value out of range"))
        #expect(outcome("/*" + String(repeating: "x/", count: 1 << 18), generous).contains("comment not terminated"))
        #expect(outcome(String(repeating: "{ } | ", count: 1 << 17), generous).contains("unexpected $end"))
    }
}
