import APIRuntime
import TestSupport

/// Makes the requests of a run about traces. The n-th follows from the seed and n alone.
struct TraceQuestionMaker: Sendable {
    let options: Options
    let data: TraceData

    init(_ options: Options) {
        self.options = options
        data = TraceData(seed: options.seed, end: options.now)
    }

    func question(_ index: Int) -> Question {
        var dice = SeededGenerator(seed: options.seed &* 0x9e37_79b9 &+ UInt64(index))
        let allowsRefused = Int.random(in: 0..<100, using: &dice) < 5
        var grammar = TraceQLGrammar(seed: dice.next(), allowsRefused: allowsRefused)
        var question = question(&grammar)
        if grammar.chance(2) { question = withOddParameters(question, &grammar) }
        question.picksTenant = options.wideToken != nil && grammar.chance(30)
        return question
    }

    private func question(_ grammar: inout TraceQLGrammar) -> Question {
        switch grammar.number(in: 0...99) {
        case 0..<36: search(&grammar)
        case 36..<40: searchByParameters(&grammar)
        case 40..<58: range(&grammar)
        case 58..<66: instant(&grammar)
        case 66..<74: names(&grammar)
        case 74..<84: values(&grammar)
        case 84..<95: trace(&grammar)
        case 95..<98: explanation(&grammar)
        default: aboutTempo(&grammar)
        }
    }

    // MARK: Searches

    /// Without a query: the gateway makes one of parameters, of which Tempo would make another.
    private func searchByParameters(_ grammar: inout TraceQLGrammar) -> Question {
        let isOwn = options.isDirect ? false : grammar.chance(50)
        let path = isOwn ? "/api/v1/traces" : "/tempo/api/search"
        let names = isOwn ? ("min_duration", "max_duration") : ("minDuration", "maxDuration")
        var fields: FormFields = []
        if isOwn {
            if grammar.chance(50) {
                fields.append(("service", grammar.pick(["shop", "db", "secret-b", "\" || true"])))
            }
            if grammar.chance(30) { fields.append(("operation", grammar.pick(["GET /cart", "secret of b", "`"]))) }
            if grammar.chance(30) { fields.append(("status", grammar.pick(["ok", "error", "unset"]))) }
        } else if grammar.chance(70) {
            fields.append(
                (
                    "tags",
                    grammar.pick([
                        "service.name=shop", #"http.method="GET""#, "tenant_id=b", "tenant_id=a", "status.code=error",
                        #"service.name=db name="GET /cart""#, "broken", #"a="b" || true"#, "cached=true",
                        "http.status_code=200",
                    ])
                ))
        }
        if grammar.chance(30) { fields.append((names.0, grammar.pick(["1ms", "100ms", "1.5s", "x"]))) }
        if grammar.chance(30) { fields.append((names.1, grammar.pick(["10s", "5m", "200ms"]))) }
        fields += windowAndLimits(0, &grammar)
        return Question(path: path, fields: fields, construct: "\(path) without a query")
    }

    /// No time, whole slots, or any time.
    private func windowAndLimits(_ first: Int, inSlots: Bool = false, _ grammar: inout TraceQLGrammar) -> FormFields {
        var fields: FormFields = []
        switch grammar.number(in: 0...2) {
        case 0 where first == 0: fields = limit(&grammar)
        case _ where inSlots, 1: fields = window(.ofSlots(from: first, data, &grammar)) + limit(&grammar)
        default: fields = window(.anywhere(from: first, data, &grammar)) + [("limit", "1000")]
        }
        if grammar.chance(30) { fields.append(("spss", grammar.pick(["1", "2", "10", "100"]))) }
        return fields
    }

    private func limit(_ grammar: inout TraceQLGrammar) -> FormFields {
        grammar.chance(40) ? [("limit", grammar.pick(["1", "2", "5", "100", "1000"]))] : []
    }

    private func search(_ grammar: inout TraceQLGrammar) -> Question {
        let path = grammar.pick(["/api/v1/traces", "/tempo/api/search"])
        let query = grammar.query()
        var fields: FormFields = [("q", query.text)]
        fields += windowAndLimits(query.isStructural ? firstPlainSlot : 0, inSlots: query.mayFail, &grammar)
        var question = Question(path: path, fields: fields, construct: path, query: query)
        question.queryField = "q"
        if grammar.chance(2) {
            fields[0].value = broken(query.text, &grammar)
            question = Question(path: path, fields: fields, construct: "broken text")
        }
        return question
    }

    private func window(_ window: TraceWindow) -> FormFields {
        [("start", "\(window.start)"), ("end", "\(window.end)")]
    }

    // MARK: Numbers over time

    private func range(_ grammar: inout TraceQLGrammar) -> Question {
        let path = grammar.pick(["/api/v1/traces/metrics", "/tempo/api/metrics/query_range"])
        var question = metrics(path, &grammar)
        if grammar.chance(80) {
            question.fields.append(("step", grammar.pick(["15s", "30", "1m", "120", "5m", "0.5m", "10m"])))
        }
        if grammar.chance(30) { question.fields.append(("exemplars", grammar.pick(["0", "1", "5", "100"]))) }
        if grammar.chance(20) { question.fields.append(("maxSeries", grammar.pick(["1", "2", "100", "0"]))) }
        return question
    }

    private func instant(_ grammar: inout TraceQLGrammar) -> Question {
        metrics("/tempo/api/metrics/query", &grammar)
    }

    private func metrics(_ path: String, _ grammar: inout TraceQLGrammar) -> Question {
        let query = grammar.metricsQuery()
        let field = grammar.chance(15) ? "query" : "q"
        let first = query.isStructural ? firstPlainSlot : firstUnambiguousSlot
        let window = TraceWindow.ofSlots(from: first, data, &grammar)
        var fields: FormFields = [(field, query.text)]
        switch grammar.number(in: 0...3) {
        case 0: fields += [("start", "\(window.start)000000000"), ("end", "\(window.end)000000000")]
        case 1: fields += [("end", "\(window.end)"), ("since", "\(window.end - window.start)s")]
        case 2: fields += [("start", "\(window.start).0"), ("end", "\(window.end)")]
        default: fields += self.window(window)
        }
        var question = Question(path: path, fields: fields, construct: path, query: query)
        question.queryField = field
        if grammar.chance(2) {
            fields[0].value = broken(query.text, &grammar)
            question = Question(path: path, fields: fields, construct: "broken text")
        }
        return question
    }

    // MARK: By id

    private func trace(_ grammar: inout TraceQLGrammar) -> Question {
        let path = grammar.pick([
            "/api/v1/traces/", "/tempo/api/traces/", "/tempo/api/v2/traces/", "/tempo/api/v2/traces/",
        ])
        let own = data.traces.filter { $0.holds(options.tenants) }
        var (id, kind) = (grammar.pick(own).id, "own, or own in part")
        switch grammar.number(in: 0...19) {
        case 0: (id, kind) = (grammar.pick(data.traces.filter { !$0.holds(options.tenants) }).id, "of others")
        case 1:
            let odd = data.traces.filter { $0.slot == 0 }
            (id, kind) = (grammar.pick(odd).id, "of the first slot")
        case 2: (id, kind) = (grammar.pick(["1", "0", "abcdef", String(repeating: "f", count: 32)]), "unknown")
        case 3:
            (id, kind) = (
                grammar.pick(["xyz", "%2e%2e", id + "0", "%20", id + "/", "a%2fb", "0x12", id + "?q=%7B%7D", "%c3%a9"]),
                "malformed"
            )
        case 4: (id, kind) = (id.uppercased(), "in upper case")
        case 5: (id, kind) = (String(id.drop { $0 == "0" }), "without zeros in front")
        default: break
        }
        var fields: FormFields = []
        if path.contains("v2"), grammar.chance(40) {
            var query = grammar.query()
            // Traces of the first two slots may be asked for here.
            while query.isStructural || query.mayFail { query = grammar.query() }
            fields.append(("q", query.text))
        }
        if grammar.chance(15) { fields += window(.ofSlots(from: 0, data, &grammar)) }
        if grammar.chance(4) {
            fields.append(
                grammar.pick([
                    ("keep_hierarchy", "true"), ("match_depth", "5"), ("ancestor_depth", "-1"), ("mode", "blocks"),
                    ("blockStart", "0"), ("span_pruning", "true"),
                ]))
        }
        var question = Question(path: path + id, fields: fields, construct: path + "{trace_id}")
        question.constructs.insert("id \(kind)")
        if path.hasPrefix("/tempo"), grammar.chance(40) {
            question.accept = grammar.pick([
                "application/protobuf", "application/protobuf", "application/protobuf, application/json;q=0.5",
                "application/vnd.grafana.llm",
            ])
            question.constructs.insert("Accept: \(question.accept)")
        }
        return question
    }

    // MARK: About the language and Tempo

    private func explanation(_ grammar: inout TraceQLGrammar) -> Question {
        let path = "/api/v1/explain/traceql"
        let query = grammar.chance(50) ? grammar.query() : grammar.metricsQuery()
        let text = grammar.chance(10) ? broken(query.text, &grammar) : query.text
        return Question(path: path, fields: [("q", text)], construct: path)
    }

    private func aboutTempo(_ grammar: inout TraceQLGrammar) -> Question {
        let path = grammar.pick([
            "/tempo/api/echo", "/tempo/api/status/buildinfo", "/tempo/api/overrides", "/tempo/api/v2/traces/diff",
            "/tempo/status", "/tempo/metrics", "/tempo/querier/api/search",
        ])
        return Question(path: path, fields: [], construct: path)
    }

    // MARK: Parts

    var firstUnambiguousSlot: Int { options.goesEverywhere ? 0 : TraceWindow.firstUnambiguousSlot }
    private var firstPlainSlot: Int { options.goesEverywhere ? 0 : TraceWindow.firstPlainSlot }

    /// The text with a byte too few, one too many, or another one.
    private func broken(_ text: String, _ grammar: inout TraceQLGrammar) -> String {
        var scalars = Array(text.unicodeScalars)
        let place = grammar.number(in: 0...max(0, scalars.count - 1))
        switch grammar.number(in: 0...2) {
        case 0 where !scalars.isEmpty: scalars.remove(at: place)
        case 1: scalars.insert(grammar.pick(Array("(){}|\"'`,:=!/é\u{301}".unicodeScalars)), at: place)
        default: scalars.insert(contentsOf: scalars.suffix(from: place).prefix(3), at: place)
        }
        var broken = String.UnicodeScalarView()
        broken.append(contentsOf: scalars)
        return String(broken)
    }

    /// Parameters that reach for more: doubled, aliased, of other systems.
    private func withOddParameters(_ question: Question, _ grammar: inout TraceQLGrammar) -> Question {
        var question = question
        question.fields.append(
            grammar.pick([
                ("q", ""), ("q", "{ }"), ("query", "{ } | rate()"), ("tags", "tenant_id=b"), ("tenant_id", "b"),
                ("skip_ast_transformations", "true"), ("mode", "all"), ("limit", "-1"), ("spss", "0"), ("start", "x"),
                ("keep_hierarchy", "true"), ("minDuration", "1ms"), ("org_id", "b"), ("end", "1"),
            ]))
        question.constructs.insert("odd parameters")
        return question
    }
}

extension QueryNode {
    /// Whether evaluating it can fail on some span: for its types, a division by zero, or several sets.
    fileprivate var mayFail: Bool { !allConstructs.isDisjoint(with: Self.failing) }

    private static let failing: Set<String> = [
        "stage by", "not", "not without parentheses", "unary minus", "hostile arithmetic", "attribute array",
        "operator +", "operator -", "operator *", "operator /", "operator %", "operator ^",
    ]

    /// Whether spans are found by how they stand to others.
    var isStructural: Bool {
        allConstructs.contains {
            $0.hasPrefix("spanset ") && !["spanset &&", "spanset ||", "spanset in parentheses"].contains($0)
        }
    }
}
