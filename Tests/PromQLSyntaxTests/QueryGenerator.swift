import TestSupport

/// Random queries: by the grammar, as streams of tokens, and as mutations of known ones.
struct QueryGenerator {
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    // MARK: By the grammar

    mutating func vector(_ depth: Int = 4) -> String {
        if depth <= 0 || chance(25) { return selector() + modifiers() }
        switch Int.random(in: 0..<11, using: &random) {
        case 0: return vector(depth - 1) + binary() + vector(depth - 1)
        case 1: return vector(depth - 1) + pick([" + ", "*", " ^ ", " > bool ", "</"]) + scalar(depth - 1)
        case 2: return scalar(depth - 1) + pick([" - ", "/", " ^ ", " <= "]) + vector(depth - 1)
        case 3: return "(" + vector(depth - 1) + ")"
        case 4: return pick(["-", "+", "- "]) + vector(depth - 1)
        case 5: return pick(["sum", "AVG", "group", "stddev"]) + grouping() + "(" + vector(depth - 1) + ")"
        case 6:
            return pick(["topk", "quantile", "limitk"]) + "(" + scalar(depth - 1) + ", " + vector(depth - 1) + ")"
                + grouping()
        case 7: return pick(["rate", "max_over_time", "absent_over_time"]) + "(" + matrix(depth - 1) + ")"
        case 8: return pick(["abs", "sort", "absent", "histogram_avg"]) + "(" + vector(depth - 1) + ")"
        case 9: return "label_replace(" + vector(depth - 1) + ", \"tenant_id\", \"a\", \"\", \"\")"
        default:
            return "info(" + vector(depth - 1)
                + pick([", {}", ", {k=~\".+\"}", ", {\"x_info\"}", ", {tenant_id=\"b\"}"]) + ")"
        }
    }

    private mutating func matrix(_ depth: Int) -> String {
        if chance(60) { return selector() + "[" + duration(2) + "]" + modifiers() }
        return "(" + vector(depth) + ")[" + duration(1) + ":" + (chance(50) ? duration(1) : "") + "]"
            + modifiers(canExtend: false)
    }

    private mutating func scalar(_ depth: Int) -> String {
        if depth <= 0 || chance(60) {
            return pick([
                "1", "-2", "0.5", "1e21", "Inf", "-inf", "NaN", "5m", "1s1ms", "-1m", "0x10", "010", "time()", "step()",
                "pi()",
            ])
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "scalar(" + vector(depth - 1) + ")"
        case 1: return scalar(depth - 1) + pick([" + ", " ^ ", " % ", " == bool "]) + scalar(depth - 1)
        case 2: return "(" + scalar(depth - 1) + ")"
        default: return "-" + scalar(depth - 1)
        }
    }

    private mutating func selector() -> String {
        let name = pick(["up", "secret", "a:b", "sum", "offset", "start", "and", "", "", "fill"])
        var matchers: [String] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let label = pick(["job", "tenant_id", "\"tenant_id\"", "\"a b\"", "'tenant\\x5fid'", "sum", "by"])
            let operation = pick(["=", "!=", "=~", "!~", " = "])
            matchers.append(
                label + operation
                    + pick([
                        "\"b\"", "\"\"", "'a\\'b'", "`x}\"`", "\".*\"", "\"\\ufffd\"", "\"}\"", "\"a|b\"", "\"{,\"",
                    ]))
        }
        if name.isEmpty { matchers.append(pick(["job=\"x\"", "\"quoted.name\"", "__name__=~\".+\""])) }
        if matchers.isEmpty { return name + pick(["", "{}", " { } "]) }
        return name + "{" + matchers.joined(separator: ",") + pick(["", ",", " # }\n"]) + "}"
    }

    private mutating func modifiers(canExtend: Bool = true) -> String {
        var text = ""
        if canExtend, chance(10) { text += pick([" anchored", " smoothed"]) }
        if chance(20) { text += " @ " + pick(["1", "-0.5", "start()", "end()", "5m", "1609746000.1234"]) }
        if chance(30) {
            text += " offset " + pick(["", "", "-", "+", "- -", "+ +"])
            text += chance(50) ? pick(["5m", "0", "1.5", "0.0005"]) : pick(["(", ""]) + "step()"
            if text.contains("(step") { text += pick(["", "*2", " + 1m"]) + ")" + pick(["", "", " * 2", "^2"]) }
        }
        return text
    }

    private mutating func duration(_ depth: Int) -> String {
        if depth <= 0 || chance(60) {
            return pick(["5m", "1h30m", "300", "0.0015", "1.5", "1s1ms", "step()", "RANGE()"])
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return duration(depth - 1) + pick(["+", " * ", "^", " - ", "%", "/"]) + duration(depth - 1)
        case 1: return "(" + duration(depth - 1) + ")"
        case 2: return "-(-" + duration(depth - 1) + ")"
        default: return pick(["min_of(", "max_of("]) + duration(depth - 1) + ", " + duration(depth - 1) + ")"
        }
    }

    private mutating func binary() -> String {
        let setOperation = chance(30)
        var text =
            setOperation
            ? pick([" and ", " or ", " unless "])
            : pick([" + ", " - ", "*", " / ", " % ", "^", " == ", " > bool ", " atan2 "])
        if chance(30) {
            text += pick(["on(job) ", "ignoring() ", "ON (a, \"b c\",) ", "on(\"inf\") "])
            if !setOperation, chance(50) { text += pick(["group_left ", "group_right(x) ", "group_left() "]) }
        }
        if !setOperation, chance(15) {
            text += pick(["fill(0) ", "fill_left(-1) fill_right(Inf) ", "fill_right (1e-7) "])
        }
        return text
    }

    private mutating func grouping() -> String {
        pick(["", "", " by (job)", " without ()", " BY (a, \"b.c\",)", " by ()", " by (\"nan\")"])
    }

    // MARK: Without it

    mutating func tokens() -> String {
        let tokens = [
            "(", ")", "{", "}", "[", "]", ",", ":", "=", "!=", "=~", "!~", "+", "-", "*", "/", "%", "^", "==", "<",
            "</", ">/", "@",
            "a", "b", "up", "sum", "topk", "by", "without", "on", "ignoring", "group_left", "fill", "fill_left", "bool",
            "offset",
            "and", "or", "unless", "atan2", "anchored", "smoothed", "start", "end", "step", "range", "min_of", "inf",
            "nan", "rate",
            "info", "abs", "time", "1", "5m", "0x1f", "1e", "08", ".5", "\"x\"", "'y'", "`z`", "\"\\xff\"", "\"", "#",
            "\n", "\r", "é",
            "\u{301}", ";", "!", "x{a=\"b\"}", "x[5m]", "sum(x)", "{a=\"b\"}", "\\",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            text += pick(tokens) + pick(["", "", " "])
        }
        return text
    }

    /// A query with some bytes deleted, doubled, replaced, or taken from another query.
    mutating func mutation(of query: String, and other: String) -> [UInt8] {
        var bytes = Array(query.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard !bytes.isEmpty else { return Array(other.utf8) }
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 1...8, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 2: bytes[start] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes[start] = pick(Array("(){}[]\"'`\\#,:=!~+-*/%^<>@ \n0159abmsx_".utf8))
            case 4: bytes.replaceSubrange(start..<end, with: Array(other.utf8).prefix(12))
            default: bytes.insert(contentsOf: Array(tokens().utf8), at: start)
            }
        }
        return bytes
    }
}
