import Foundation
import PromQLSyntax
import Testing

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

    private func outcome(_ query: String, _ limits: PromQLLimits = .standard) -> String {
        onSmallStack {
            do {
                let result = try restrict(query, by: tenantA(), limits: limits)
                return "\(result.selectorCount) selectors"
            } catch RestrictionError.invalid(let error) {
                return error.description
            } catch {
                return "\(error)"
            }
        }
    }

    private let generous = PromQLLimits(maximumBytes: 16 << 20, maximumDepth: 1_000_000, maximumOperands: 1_000_000)

    @Test("10,000 nested parentheses are refused at the level that is too deep")
    func parentheses() {
        let query = String(repeating: "(", count: 10_000) + "x" + String(repeating: ")", count: 10_000)
        #expect(outcome(query) == "1:257: parse error: query is nested more than 256 levels deep")
        #expect(
            outcome(String(repeating: "(", count: 10_000))
                == "1:257: parse error: query is nested more than 256 levels deep")
    }

    @Test("As many as the limit allows are accepted")
    func depthLimit() {
        let query = String(repeating: "(", count: 256) + "x" + String(repeating: ")", count: 256)
        #expect(outcome(query) == "1 selectors")
    }

    @Test(
        "Every way to nest is limited",
        arguments: ["-", "abs(", "sum(", "x ^ ", "x[(", "x[-", "x offset (", "x[1^", "x[min_of("])
    func nesting(opening: String) {
        let first =
            opening.hasPrefix("x[") || opening.hasPrefix("x off")
            ? String(opening.dropFirst(opening.hasPrefix("x[") ? 2 : 9)) : opening
        let query =
            (first == opening ? "" : String(opening.dropLast(first.count))) + String(repeating: first, count: 300) + "1"
        #expect(outcome(query).contains("query is nested more than 256 levels deep"))
    }

    @Test("Without limits deep nesting works, on a small stack too")
    func deepNestingWorks() {
        let depth = 20_000
        for (opening, middle, closing) in [
            ("(", "x", ")"), ("-", "x", ""), ("abs(", "x", ")"), ("sum(", "x", ")"), ("topk(scalar(", "x", "), x)"),
            ("x ^ ", "x", ""),
        ] {
            let query = String(repeating: opening, count: depth) + middle + String(repeating: closing, count: depth)
            #expect(outcome(query, generous).hasSuffix("selectors"))
        }
        let duration = "x[" + String(repeating: "-(", count: depth) + "5m" + String(repeating: ")", count: depth) + "]"
        #expect(outcome(duration, generous) == "1 selectors")
        let subqueries = "x" + String(repeating: "[5m:]", count: depth)
        #expect(outcome(subqueries, generous).contains("subquery is only allowed on instant vector"))
        let typed = String(repeating: "-(", count: depth) + "\"a\"" + String(repeating: ")", count: depth)
        #expect(outcome(typed, generous).contains("unary expression only allowed"))
    }

    @Test("A chain of 10,000 operands is refused at the operand that is too much")
    func longChains() {
        let query = Array(repeating: "x", count: 10_000).joined(separator: "+")
        #expect(outcome(query) == "1:8193: parse error: query has more than 4096 operands")
    }

    @Test(
        "Legal long chains are parsed, printed, compared and freed without recursion",
        arguments: ["+", "*", "^", "or", "and", "=="])
    func legalChains(operation: String) {
        let count = operation == "^" ? 200 : 4096
        let query = Array(repeating: "x", count: count).joined(separator: " \(operation) ")
        #expect(outcome(query) == "\(count) selectors")
    }

    @Test("Operands of every kind are counted")
    func operands() {
        let limits = PromQLLimits(maximumOperands: 3)
        for query in ["a+b+c+d", "1+2+3+4", "sum(a)+sum(b)", "time()+time()+time()+time()", "a[1m+2m+3m]"] {
            #expect(outcome(query, limits).contains("query has more than 3 operands"))
        }
        #expect(outcome("a+b+c", limits) == "3 selectors")
        #expect(outcome("a[1m]", limits) == "1 selectors")
    }

    @Test("Text beyond the limit is refused unread, whatever it is")
    func length() {
        let query = "x" + String(repeating: " ", count: 1 << 20)
        #expect(outcome(query) == "1:65537: parse error: query is longer than 65536 bytes")
        #expect(outcome(String(repeating: "x", count: 65_536)) == "1 selectors")
        #expect(outcome(String(repeating: "{", count: 1 << 20), generous).contains("unexpected left brace"))
        #expect(outcome(String(repeating: "\"", count: 1 << 20), generous).contains("unexpected string"))
        #expect(
            outcome(String(repeating: "\n", count: 1 << 20), generous)
                == "1:1: parse error: no expression found in input")
        #expect(outcome(String(repeating: "9", count: 1 << 20), generous).contains("value out of range"))
    }

    @Test("Many matchers, labels and arguments are no trouble")
    func wide() {
        let matchers = (0..<5000).map { "a\($0 % 700)=\"\($0)\"" }.joined(separator: ",")
        #expect(outcome("x{\(matchers)}", generous) == "1 selectors")
        let labels = (0..<5000).map { "a\($0)" }.joined(separator: ",")
        #expect(outcome("sum by (\(labels)) (x)") == "1 selectors")
        let own = (0..<9000).map { "a\($0)" }.joined(separator: ",")
        let other = (0..<9000).map { "b\($0)" }.joined(separator: ",")
        #expect(outcome("x * on (\(own)) group_left (\(other)) y", generous) == "2 selectors")
        #expect(outcome("x{a=~\"[" + String(repeating: "[:a", count: 50_000) + "]\"}", generous) == "1 selectors")
        let arguments = Array(repeating: "\"a\"", count: 4000).joined(separator: ",")
        #expect(outcome("sort_by_label(x,\(arguments))") == "1 selectors")
    }
}
