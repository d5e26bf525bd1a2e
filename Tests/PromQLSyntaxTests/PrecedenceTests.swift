import PromQLSyntax
import Testing

@Suite("Precedence")
struct PrecedenceTests {
    /// The tree with a pair of parentheses around each operation.
    private func shape(_ query: String) throws -> String {
        func text(_ node: PromQLNode) -> String {
            switch node.kind {
            case .binary(let operation):
                return "(" + text(node.children[0]) + " " + operation + " " + text(node.children[1]) + ")"
            case .sign(let sign): return "(" + sign + text(node.children[0]) + ")"
            case .number(let value): return value == Double(Int(value)) ? String(Int(value)) : String(value)
            case .vectorSelector(let name):
                return (name ?? "{}") + (node.offsetNanoseconds == 0 ? "" : "°")
            case .parenthesized: return "[" + text(node.children[0]) + "]"
            case .matrixSelector: return text(node.children[0]) + "[]"
            case .subquery: return text(node.children[0]) + "[:]"
            case .call(let name), .aggregation(let name):
                return name + "<" + node.children.map(text).joined(separator: ",") + ">"
            case .string: return "string"
            }
        }
        return text(try PromQLExpression.parse(query).root)
    }

    @Test(
        "Operators bind as Prometheus' grammar says",
        arguments: [
            ("a or b and c", "(a or (b and c))"), ("a and b unless c", "((a and b) unless c)"),
            ("a == b + c", "(a == (b + c))"), ("a == b == c", "((a == b) == c)"), ("a + b * c", "(a + (b * c))"),
            ("a - b - c", "((a - b) - c)"), ("a / b * c % d atan2 e", "((((a / b) * c) % d) atan2 e)"),
            ("a ^ b ^ c", "(a ^ (b ^ c))"), ("a * b ^ c", "(a * (b ^ c))"), ("a </ b + c", "(a </ (b + c))"),
            ("-a ^ b", "(-(a ^ b))"), ("-a * b", "((-a) * b)"), ("-a + b", "((-a) + b)"), ("a ^ -b", "(a ^ (-b))"),
            ("2 ^ -1 * 3", "((2 ^ -1) * 3)"), ("2 ^ -1 ^ 3", "(2 ^ (-(1 ^ 3)))"), ("- -1", "1"), ("-(1)", "(-[1])"),
            ("--a", "(-(-a))"), ("a or b or c and d", "((a or b) or (c and d))"), ("-1 ^ 2", "(-(1 ^ 2))"),
        ])
    func operators(query: String, tree: String) throws {
        #expect(try shape(query) == tree)
    }

    @Test(
        "Modifiers bind tightest",
        arguments: [
            ("-a offset 5m", "(-a°)"), ("a + b offset 5m", "(a + b°)"), ("a ^ b offset 5m", "(a ^ b°)"),
            ("a * rate(b[5m])", "(a * rate<b[]>)"), ("a + b[5m:]", nil),
        ])
    func modifiers(query: String, tree: String?) throws {
        if let tree { #expect(try shape(query) == tree) } else { #expect(refusal(query) != nil) }
    }

    @Test(
        "An offset ends after a literal, a word or a signed parenthesis, and goes on after a plain one",
        arguments: [
            ("a offset 5m + 1", "(a° + 1)"), ("a offset -5m ^ 2", "(a° ^ 2)"), ("a offset -(5m) * 2", "(a° * 2)"),
            ("a offset (5m) * 2", "a°"), ("a offset step() * 2", "(a° * 2)"), ("a offset min_of(1,2) * 3", "(a° * 3)"),
            ("a offset - -5m * 2", "a°"), ("a offset (5m) > 1", "(a° > 1)"), ("a offset +(5m) * 2", "(a° * 2)"),
            ("a offset -step() ^ 2", "(a° ^ 2)"), ("a offset (5m) and b", "(a° and b)"),
        ])
    func offsets(query: String, tree: String) throws {
        #expect(try shape(query) == tree)
    }
}
