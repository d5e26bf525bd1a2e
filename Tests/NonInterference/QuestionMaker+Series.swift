import APIRuntime

// What is asked about series, rules and metrics without an expression.
extension QuestionMaker {
    func series(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/series", "/prometheus/api/v1/series"])
        var fields = matches(&grammar, least: grammar.chance(10) ? 0 : 1)
        fields += window(&grammar)
        return formIfDropIn(Question(path: path, fields: fields, construct: path), &grammar)
    }

    func labels(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/labels", "/prometheus/api/v1/labels"])
        var fields = matches(&grammar, least: 0)
        fields += window(&grammar)
        return formIfDropIn(Question(path: path, fields: fields, construct: path), &grammar)
    }

    func values(_ grammar: inout QueryGrammar) -> Question {
        let name = grammar.pick([
            "tenant_id", "tenant_id", "job", "job", "instance", "__name__", "__name__", "zone", "le", "cluster", "kind",
            "version", "alertname", "code", "U__tenant_5f_id", "U__tenant__id", "U__job", "nothing", "U__a_2e_b",
            "bad-name", "tenant%5Fid", "t%C3%A9",
        ])
        let (path, construct) = grammar.pick([
            ("/api/v1/metrics/labels/\(name)/values", "/api/v1/metrics/labels/{name}/values"),
            ("/prometheus/api/v1/label/\(name)/values", "/prometheus/api/v1/label/{name}/values"),
        ])
        var fields = matches(&grammar, least: 0)
        fields += window(&grammar)
        return Question(path: path, fields: fields, construct: construct)
    }

    func search(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick([
            "/prometheus/api/v1/search/metric_names", "/prometheus/api/v1/search/label_names",
            "/prometheus/api/v1/search/label_values",
        ])
        var fields = matches(&grammar, least: 0)
        if path.hasSuffix("values") { fields.append(("label", grammar.pick(["tenant_id", "job", "__name__"]))) }
        if grammar.chance(50) { fields.append(("search[]", grammar.pick(["sec", "load", "b", "req"]))) }
        fields += [("start", "\(Samples.instant - 600)"), ("end", "\(Samples.instant)")]
        return formIfDropIn(Question(path: path, fields: fields, construct: path), &grammar)
    }

    func federation(_ grammar: inout QueryGrammar) -> Question {
        let path = "/prometheus/federate"
        var fields: FormFields = []
        for _ in 0..<grammar.number(in: 1...2) {
            fields.append(
                (
                    "match[]",
                    grammar.pick([
                        "up", "live_load", #"{__name__=~"live_.*"}"#, #"{__name__=~".+"}"#, #"{tenant_id="b"}"#,
                        "ALERTS",
                        #"{tenant_id!="a"}"#, "{}", "recorded:load:sum", "live_requests_total", #"{job=~".+"}"#,
                        "live_load{",
                        #"{"live_load"}"#,
                    ])
                ))
        }
        return Question(path: path, fields: grammar.chance(5) ? [] : fields, construct: path)
    }

    func metadata(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/metadata", "/prometheus/api/v1/metadata"])
        var fields: FormFields = []
        if grammar.chance(50) {
            fields.append(
                ("metric", grammar.pick(["live_load", "live_requests", "live_requests_total", "secret", "load", ""])))
        }
        if grammar.chance(30) { fields.append(("limit", grammar.pick(["0", "1", "2", "-1", "100"]))) }
        if grammar.chance(30) { fields.append(("limit_per_metric", grammar.pick(["0", "1", "2"]))) }
        return Question(path: path, fields: fields, construct: path)
    }

    func rules(_ grammar: inout QueryGrammar) -> Question {
        let path = grammar.pick(["/api/v1/metrics/rules", "/prometheus/api/v1/rules"])
        var fields: FormFields = []
        if grammar.chance(30) { fields.append(("type", grammar.pick(["alert", "record"]))) }
        if grammar.chance(20) {
            fields.append(("rule_name[]", grammar.pick(["HighLoad", "AnyLoad", "recorded:load:sum", "Secret"])))
        }
        if grammar.chance(20) {
            fields.append(("rule_group[]", grammar.pick(["mixed", "own 1", "own 2", "of others"])))
        }
        if grammar.chance(10) {
            fields.append(("file[]", grammar.pick(["shared.yml", "tenant-0.yml", "tenant-1.yml"])))
        }
        if grammar.chance(20) {
            fields.append(
                ("match[]", grammar.pick([#"{severity="page"}"#, #"{tenant_id="b"}"#, #"{tenant_id=~".*"}"#])))
        }
        if grammar.chance(20) { fields.append(("exclude_alerts", grammar.pick(["true", "false"]))) }
        // Each side's own pages are turned to the last.
        if grammar.chance(30) { fields.append(("group_limit", grammar.pick(["1", "2", "100"]))) }
        return Question(path: path, fields: fields, construct: path)
    }

    // MARK: Parts

    /// Selectors, hostile ones and broken ones among them.
    private func matches(_ grammar: inout QueryGrammar, least: Int) -> FormFields {
        var fields: FormFields = []
        for _ in 0..<max(least, grammar.pick([0, 1, 1, 1, 2, 3])) {
            let selector: String
            switch grammar.number(in: 0...19) {
            case 0..<3:
                selector = grammar.pick([
                    #"{tenant_id="b"}"#, "secret", #"{__name__=~".*secret.*"}"#, #"{tenant_id!="a"}"#, "{}",
                    #"{tenant_id=""}"#, #"{__name__=~".+"}"#, #"{"tenant_id"=~"b|a"}"#,
                ])
            case 3 where grammar.chance(40):
                selector = grammar.pick(["load{", "sum(load)", "load[5m]", "", "load offset 1m", #"load{job=~"("}"#])
            case 4..<6: selector = grammar.pick(["live_load", "ALERTS", #"{__name__=~"live_.*|up"}"#])
            default: selector = grammar.selector(canBeBroad: true).text
            }
            fields.append(("match[]", selector))
        }
        return fields
    }

    /// The time that is looked at, or none.
    private func window(_ grammar: inout QueryGrammar) -> FormFields {
        var fields: FormFields = []
        if grammar.chance(50) { fields.append(("start", "\(Samples.instant + grammar.number(in: -3_600...0))")) }
        if grammar.chance(50) { fields.append(("end", "\(Samples.instant + grammar.number(in: -600...1_800))")) }
        if grammar.chance(10) { fields.append(("limit", grammar.pick(["0", "1", "5", "1000"]))) }
        return fields
    }

    private func formIfDropIn(_ question: Question, _ grammar: inout QueryGrammar) -> Question {
        question.path.hasPrefix("/prometheus") ? asForm(question, &grammar) : question
    }
}
