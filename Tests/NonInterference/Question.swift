import APIRuntime
import TestSupport

/// One request, which is sent to both sides.
struct Question: Sendable {
    var method = HTTPMethod.get
    /// The path of the gateway's own API, or of the drop-in one.
    var path: String
    var fields: FormFields
    /// Whether the token grants more tenants than are asked for, and `X-Tenant` picks.
    var picksTenant = false
    /// The names under which the report counts it.
    var constructs: Set<String>
    /// The expression among the fields.
    var query: QueryNode?

    /// The same with another expression.
    func asking(_ query: QueryNode) -> Question {
        var question = self
        question.query = query
        question.fields = fields.map { $0.name == "query" ? ($0.name, query.text) : $0 }
        return question
    }

    /// The request as a person reads it.
    var description: String {
        let fields = fields.map { "\n    \($0.name) = \($0.value)" }.joined()
        return "\(method) \(path)\(picksTenant ? " (X-Tenant)" : "")\(fields)"
    }
}

/// Makes the requests of a run. The n-th follows from the seed and n alone.
struct QuestionMaker: Sendable {
    let seed: UInt64
    /// How many of a hundred queries may have constructs that Prometheus 2.42 does not know.
    let newer: Int
    /// Whether there is a token for picking tenants.
    let canPick: Bool

    func question(_ index: Int) -> Question {
        var dice = SeededGenerator(seed: seed &* 0x9e37_79b9 &+ UInt64(index))
        let allowsNewer = Int.random(in: 0..<100, using: &dice) < newer
        var grammar = QueryGrammar(seed: dice.next(), allowsNewer: allowsNewer)
        let query = grammar.query()
        var text = query.text
        var constructs = query.allConstructs
        if grammar.chance(2) {
            text = broken(text, &grammar)
            constructs = ["broken text"]
        }
        var question = Question(
            path: "/api/v1/metrics/query", fields: [("query", text), ("time", time(&grammar))], constructs: constructs,
            query: constructs == ["broken text"] ? nil : query)
        if grammar.chance(50) || text.utf8.count > 2_000 { question.method = .post }
        question.picksTenant = canPick && grammar.chance(30)
        return question
    }

    /// An instant within the samples, mostly, in one of the forms that an instant has.
    private func time(_ grammar: inout QueryGrammar) -> String {
        let instant = Samples.instant + grammar.number(in: -1_500...1_500)
        switch grammar.number(in: 0...19) {
        case 0: return "\(instant).5"
        case 1: return "2026-01-02T15:\(grammar.number(in: 10...49)):07Z"
        case 2: return "2026-01-02T16:00:00.25+01:00"
        case 3: return "1000"
        default: return "\(instant)"
        }
    }

    /// The text with a byte too few, one too many, or another one.
    private func broken(_ text: String, _ grammar: inout QueryGrammar) -> String {
        var scalars = Array(text.unicodeScalars)
        let place = grammar.number(in: 0...max(0, scalars.count - 1))
        switch grammar.number(in: 0...2) {
        case 0 where !scalars.isEmpty: scalars.remove(at: place)
        case 1: scalars.insert(grammar.pick(Array("(){}[]\"'`,:=!#@é\u{301}".unicodeScalars)), at: place)
        default: scalars.insert(contentsOf: scalars.suffix(from: place).prefix(3), at: place)
        }
        var broken = String.UnicodeScalarView()
        broken.append(contentsOf: scalars)
        return String(broken)
    }
}
