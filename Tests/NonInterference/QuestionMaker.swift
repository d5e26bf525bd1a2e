import APIRuntime
import TestSupport

/// Makes the requests of a run. The n-th follows from the seed and n alone.
struct QuestionMaker: Sendable {
    let options: Options

    func question(_ index: Int) -> Question {
        var dice = SeededGenerator(seed: options.seed &* 0x9e37_79b9 &+ UInt64(index))
        let allowsNewer = Int.random(in: 0..<100, using: &dice) < options.newer
        var grammar = QueryGrammar(seed: dice.next(), allowsNewer: allowsNewer)
        var question = question(&grammar)
        if grammar.chance(2) { question = withOddParameters(question, &grammar) }
        question.picksTenant = options.wideToken != nil && grammar.chance(30)
        return question
    }

    private func question(_ grammar: inout QueryGrammar) -> Question {
        switch grammar.number(in: 0...99) {
        case 0..<38: return instant(&grammar)
        case 38..<58: return range(&grammar)
        case 58..<62: return now(&grammar)
        case 62..<67: return exemplars(&grammar)
        case 67..<74: return series(&grammar)
        case 74..<79: return labels(&grammar)
        case 79..<86: return values(&grammar)
        case 86..<90: return rules(&grammar)
        case 90..<92: return metadata(&grammar)
        case 92..<95: return federation(&grammar)
        case 95..<97: return text(&grammar)
        case 97..<98: return search(&grammar)
        default:
            let path = grammar.pick([
                "/api/v1/metrics/alerts", "/prometheus/api/v1/alerts", "/prometheus/api/v1/status/buildinfo",
                "/prometheus/api/v1/features",
            ])
            return Question(path: path, fields: [], construct: path)
        }
    }

    // MARK: Expressions

    private func instant(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/query", "/api/v1/metrics/query", "/prometheus/api/v1/query"])
        return evaluation(path, [("time", time(&grammar))], &grammar)
    }

    private func range(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/query_range", "/prometheus/api/v1/query_range"])
        let start = Samples.instant + grammar.number(in: -1_500...900)
        let end = start + grammar.pick([0, 60, 300, 600, 1_800, grammar.chance(20) ? -60 : 900])
        let step = grammar.pick(["15", "30s", "1m", "60", "2m30s", "0.5m", "5m", grammar.chance(20) ? "0" : "1m"])
        return evaluation(path, [("start", "\(start)"), ("end", "\(end)"), ("step", step)], &grammar)
    }

    private func evaluation(_ path: String, _ times: FormFields, _ grammar: inout QueryGrammar) -> Question {
        // Over a range only scalars and vectors can be evaluated.
        let isRange = times.count > 1 && grammar.chance(97)
        let query = grammar.query(isOverRange: isRange)
        var question = Question(path: path, fields: [("query", query.text)] + times, construct: path, query: query)
        if grammar.chance(2) {
            question = Question(
                path: path, fields: [("query", broken(query.text, &grammar))] + times, construct: "broken text")
        }
        if grammar.chance(5) { question.fields.append(("lookback_delta", grammar.pick(["1m", "600", "10m"]))) }
        if grammar.chance(5) { question.fields.append(("timeout", grammar.pick(["20s", "25", "1h"]))) }
        if grammar.chance(5) { question.fields.append(("limit", grammar.pick(["0", "1", "3", "100"]))) }
        if grammar.chance(5) { question.fields.append(("stats", grammar.pick(["true", "all"]))) }
        return asForm(question, &grammar)
    }

    /// What rules and scrapes have written since the stores run, at an instant that both have reached.
    private func now(_ grammar: inout QueryGrammar) -> Question {
        let query = grammar.pick([
            "up", "live_load", "sum(live_load)", "count({__name__=~\"live_.+\"})", "ALERTS", #"ALERTS{tenant_id!="a"}"#,
            "count by (alertname, alertstate) (ALERTS)", "recorded:load:sum", #"{__name__=~"recorded:.*"}"#,
            "live_requests_total", #"absent(live_load{tenant_id="b"})"#, "topk(scalar(count(live_load)), ALERTS)",
            "scrape_samples_scraped", "live_latency_seconds_bucket or up", "count(ALERTS_FOR_STATE)",
        ])
        let path = grammar.pick(["/api/v1/metrics/query", "/prometheus/api/v1/query"])
        return Question(
            path: path, fields: [("query", query), ("time", "\(options.now)")],
            construct: "rules and scrapes, at \(path)")
    }

    private func exemplars(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/exemplars", "/prometheus/api/v1/query_exemplars"])
        let query: String
        if grammar.chance(15) {
            query = grammar.query().text
        } else {
            let selector = grammar.selector(
                canBeBroad: true, names: ["live_requests_total", "live_latency_seconds_bucket"]
            ).text
            query = grammar.pick([
                selector, "rate(\(selector)[5m])", "topk(scalar(\(selector)), up)", #"{__name__=~"live_.*"}"#,
                #"up or live_requests_total{tenant_id!="a"}"#,
            ])
        }
        var fields: FormFields = [("query", query)]
        fields += [("start", "\(Samples.instant - 60)"), ("end", "\(Samples.instant + 60)")]
        var question = Question(path: path, fields: fields, construct: path)
        if path.hasPrefix("/prometheus") { question = asForm(question, &grammar) }
        return question
    }

    /// What is said of the text alone.
    private func text(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick([
            "/prometheus/api/v1/format_query", "/prometheus/api/v1/parse_query", "/api/v1/explain/promql",
        ])
        let query = grammar.query().text
        return Question(
            path: path, fields: [("query", grammar.chance(10) ? broken(query, &grammar) : query)], construct: path)
    }

    // MARK: Forms of texts and times

    /// An instant within the samples, mostly, in one of the forms that an instant has.
    private func time(_ grammar: inout QueryGrammar) -> String {
        let instant = Samples.instant + grammar.number(in: -1_500...1_500)
        switch grammar.number(in: 0...39) {
        case 0: return "\(instant).5"
        case 1: return "2026-01-02T15:\(grammar.number(in: 10...49)):07Z"
        case 2: return "2026-01-02T16:00:00.25+01:00"
        case 3: return "1000"
        default: return "\(instant)"
        }
    }

    /// At times as a form instead of in the URL; always where it is long.
    func asForm(_ question: Question, _ grammar: inout QueryGrammar) -> Question {
        var question = question
        if grammar.chance(50) || encodeForm(question.fields).count > 4_000 { question.method = .post }
        return question
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

    /// Parameters that reach for more: doubled, aliased, of other systems.
    private func withOddParameters(_ question: Question, _ grammar: inout QueryGrammar) -> Question {
        var question = question
        question.fields.append(
            grammar.pick([
                ("query", #"secret{tenant_id="b"}"#), ("match[]", #"{tenant_id="b"}"#), ("match", #"{tenant_id="b"}"#),
                ("extra_filters", "{}"), ("extra_label", "tenant_id=b"), ("storeMatch[]", "{}"), ("dedup", "true"),
                ("replicaLabels[]", "tenant_id"), ("tenant", "b"), ("limit", "-1"), ("query", ""),
            ]))
        question.constructs.insert("odd parameters")
        return question
    }
}
