import TestSupport

/// Random queries: by the grammar, as streams of tokens, and as mutations of others.
struct QueryGenerator {
    var random: SeededGenerator
    /// What may still be nested.
    private var budget = 12

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    // MARK: By the grammar

    /// A query that parses and validates, if only Tempo's unsupported parts are left out.
    mutating func query() -> String {
        budget = 12
        var text: String
        switch below(6) {
        case 0: text = metricsExpression() + outerStages()
        case 1: text = "\(pipeline()) | \(metricsFunction())" + outerStages()
        case 2: text = "(\(pipeline())) \(pick(Self.spansetOperators)) (\(pipeline()))"
        default: text = pipeline()
        }
        if below(4) == 0 {
            text += " with (\(pick(["most_recent=true", "sample=0.1", "exemplars=3", "span_sample=.5,sample=false"])))"
        }
        return text
    }

    static let spansetOperators = [
        "&&", "||", ">", "<", ">>", "<<", "~", "!>", "!<", "!~", "!>>", "!<<", "&>", "&<", "&>>", "&<<", "&~",
    ]

    private mutating func pipeline() -> String {
        var stages = [below(6) == 0 ? pick(["by(\(attribute()))", "select(\(attribute()))"]) : stage()]
        while below(3) == 0 { stages.append(below(8) == 0 ? "coalesce()" : stage()) }
        return stages.joined(separator: pick([" | ", "|"]))
    }

    private mutating func stage() -> String {
        switch below(8) {
        case 0: "by(\(attribute()) + \(number()))"
        case 1: "select(\(attribute()), \(attribute()))"
        case 2: "count() \(comparison()) \(pick(["1", "-2", "3 + 4 * 2", "1.5", "-(1 - 2)"]))"
        case 3: "\(pick(["max", "min", "avg", "sum"]))(\(attribute())) \(comparison()) \(number())"
        default: spanset()
        }
    }

    private mutating func spanset() -> String {
        budget -= 1
        switch budget > 0 ? below(5) : 4 {
        case 0: return "\(spanset()) \(pick(Self.spansetOperators)) \(spanset())"
        case 1: return "(\(spanset()))"
        default: return below(6) == 0 ? "{}" : "{ \(boolean()) }"
        }
    }

    private mutating func comparison() -> String { pick(["=", "!=", "<", "<=", ">", ">="]) }

    private mutating func boolean() -> String {
        budget -= 1
        switch budget > 0 ? below(9) : 8 {
        case 0: return "\(boolean()) \(pick(["&&", "||"])) \(boolean())"
        case 1: return "(\(boolean()))"
        case 2: return "!(\(boolean()))"
        case 3: return "\(attribute()) \(pick(["= nil", "!= nil"]))"
        case 4: return "\(attribute()) \(pick(["=~", "!~"])) \(pick(["\"a.*\"", "`[a-z]+|b`", "\"x\""]))"
        case 5: return "\(attribute()) \(comparison()) \(string())"
        case 6: return pick(["status = error", "kind != server", "name = \"a\"", "true", "1 = 1", "nil = .a"])
        default: return "\(numeric()) \(comparison()) \(numeric())"
        }
    }

    private mutating func numeric() -> String {
        budget -= 1
        switch budget > 0 ? below(6) : 5 {
        case 0: return "\(numeric()) \(pick(["+", "-", "*", "/", "%", "^"])) \(numeric())"
        case 1: return "(\(numeric()))"
        case 2: return "-\(attribute())"
        case 3: return number()
        default: return attribute()
        }
    }

    private mutating func number() -> String {
        pick(["1", "0", "42", "1.5", "1h", "500ms", "-3", "2e3", "maxInt", ".25", "1d2h"].filter { $0 != "maxInt" })
    }

    private mutating func string() -> String {
        pick(["\"a\"", "`b\"c`", "\"\\\"\\\\\"", "\"\\u00e9\"", "\"}\"", "``", "\"x`\"", "\"\\xff\"", "\"// {\""])
    }

    /// Of any scope; never one that is compared as another type.
    private mutating func attribute() -> String {
        let scope = pick([".", "span.", "resource.", "event.", "link.", "instrumentation."])
        return scope
            + pick([
                "a", "http.status", "\"a b\"", "a-b/c", "\"x\\\"y\"", "\"}\"", "é", "tenant_id", "a:b", "\"5\"",
                "span.x",
                "\"\"", "a\"b\"c", "a//b", "'", "`", "a[0]", "duration", "\"a\nb\"", "\"resource.z\"",
            ]) + " "
    }

    private mutating func metricsFunction() -> String {
        let function =
            switch below(5) {
            case 0: "count_over_time()"
            case 1: "\(pick(["min", "max", "sum", "avg", "histogram"]))_over_time(\(attribute()))"
            case 2: "quantile_over_time(duration, \(pick(["0.5", ".9, .99", "0, 1", "0.123456789"])))"
            default: "rate()"
            }
        return function + (below(2) == 0 ? "" : " by (\(attribute()), \(pick(["status", "name", "span:kind"])))")
    }

    private mutating func metricsExpression() -> String {
        budget -= 2
        switch budget > 0 ? below(4) : 3 {
        case 0: return "(\(metricsExpression()))"
        case 1:
            return "\(metricsExpression()) \(pick(["+", "-", "*", "/"])) \(pick(["2", "1.5", "-3", "(4 - 1)"]))"
        case 2: return "\(metricsExpression()) \(pick(["+", "-", "*", "/"])) \(metricsExpression())"
        default: return "(\(pipeline()) | \(metricsFunction()))"
        }
    }

    private mutating func outerStages() -> String {
        var text = ""
        while below(3) == 0 {
            text += pick([" | topk(3)", " | bottomk(1)", " > 5", " <= -1.5", " != 1e20", " > 1s", " >= 2 * 3"])
        }
        return text
    }

    // MARK: Without a grammar

    private static let tokens = [
        "{", "}", "(", ")", "|", ",", "&&", "||", "=", "!=", "=~", "!~", "<", "<=", ">", ">=", ">>", "<<", "~", "!>",
        "!<",
        "!>>", "!<<", "&>", "&<", "&>>", "&<<", "&~", "+", "-", "*", "/", "%", "^", "!", "nil", "true", "false", "ok",
        "error", "server", "duration", "name", "status", "kind", "parent", "rootName", "nestedSetLeft", "trace:id",
        "span:childCount", "event:name", ".a ", "span.b ", "resource.tenant_id ", "parent.c ", ".\"x y\" ", "count()",
        "max(duration)", "by(.a )", "select(.a )", "coalesce()", "rate()", "count_over_time()", "compare({ .a })",
        "quantile_over_time(.a , 0.5)", "topk(2)", "with(sample=1)", "1", "1.5", "1h", "08", "0x1", "\"s\"", "`r`",
        "'c'",
        "// x\n", "/* y */", "é", "minInt", "\u{A0}", "#", ".", "{ .a }", "{ }",
    ]

    /// Tokens in any order.
    mutating func tokenStream() -> String {
        (0..<1 + below(14)).map { _ in pick(Self.tokens) }.joined(separator: below(2) == 0 ? " " : "")
    }

    /// Any bytes.
    mutating func bytes() -> [UInt8] { (0..<below(40)).map { _ in UInt8(below(256)) } }

    /// A query with something cut out, doubled, exchanged or put in.
    mutating func mutation(of text: String, and other: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        let donor = Array(other.utf8)
        for _ in 0..<1 + below(3) {
            let place = below(bytes.count + 1)
            switch below(4) {
            case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(4)))
            case 1: bytes.insert(contentsOf: Array(pick(Self.tokens).utf8), at: place)
            case 2:
                if donor.isEmpty { continue }
                let start = below(donor.count)
                bytes.insert(contentsOf: donor[start..<min(donor.count, start + 1 + below(12))], at: place)
            default: if place < bytes.count { bytes[place] = UInt8(below(128)) }
            }
        }
        return bytes
    }
}
