import PromQLSyntax
import Testing

@Suite("Syntax tree")
struct TreeTests {
    @Test("Nodes know what they are, where they stand and what is below them")
    func nodes() throws {
        let query = "topk by (a) (5, rate(x{b=\"c\"}[5m])) >= bool -(2 ^ y)"
        let root = try PromQLExpression.parse(query).root
        func text(_ node: PromQLNode) -> String {
            String(decoding: Array(query.utf8)[node.sourceRange], as: UTF8.self)
        }
        #expect(root.kind == .binary(">="))
        #expect(root.type == .vector)
        #expect(text(root) == query)
        let aggregation = root.children[0]
        #expect(aggregation.kind == .aggregation("topk"))
        #expect(text(aggregation) == "topk by (a) (5, rate(x{b=\"c\"}[5m]))")
        #expect(aggregation.children.map(\.kind) == [.call("rate"), .number(5)])
        let range = aggregation.children[0].children[0]
        #expect(range.kind == .matrixSelector)
        #expect(range.selectedNanoseconds == 300_000_000_000)
        #expect(text(range) == "x{b=\"c\"}[5m]")
        let selector = range.children[0]
        #expect(selector.kind == .vectorSelector(name: "x"))
        #expect(selector.children.isEmpty)
        #expect(selector.matchers.count == 1)
        #expect(selector.matchers[0].label == Array("b".utf8))
        #expect(selector.matchers[0].operation == .equal)
        #expect(selector.matchers[0].offset == 23)
        let sign = root.children[1]
        #expect(sign.kind == .sign("-"))
        #expect(text(sign) == "-(2 ^ y)")
        #expect(sign.children[0].kind == .parenthesized)
        #expect(sign.children[0].children[0].kind == .binary("^"))
    }

    @Test("Selectors come in the order of the text, also from parameters, subqueries and info")
    func selectors() throws {
        let expression = try PromQLExpression.parse(
            "quantile(scalar(a), b) + max_over_time((c + d)[1h:]) - info(e, {f=\"g\"}) * {\"h\"}")
        let names = expression.selectors.map { selector -> String? in
            if case .vectorSelector(let name) = selector.kind { return name }
            return "?"
        }
        #expect(names == ["a", "b", "c", "d", "e", nil, nil])
        #expect(expression.selectorCount == 7)
    }

    @Test("A string is a node with its bytes")
    func strings() throws {
        #expect(try PromQLExpression.parse(#""a\xff""#).root.kind == .string([0x61, 0xFF]))
    }

    @Test("Folded signs belong to their number")
    func foldedSigns() throws {
        let root = try PromQLExpression.parse(" - 5m").root
        #expect(root.kind == .number(-300))
        #expect(root.sourceRange == 1..<5)
    }
}
