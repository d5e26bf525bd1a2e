import APIRuntime

// Names and values of attributes.
extension TraceQuestionMaker {
    func names(_ grammar: inout TraceQLGrammar) -> Question {
        let path = grammar.pick([
            "/api/v1/traces/tags", "/tempo/api/search/tags", "/tempo/api/v2/search/tags", "/tempo/api/v2/search/tags",
        ])
        var fields: FormFields = []
        if !path.hasSuffix("api/search/tags"), grammar.chance(50) { fields.append(("q", tagQuery(&grammar))) }
        if grammar.chance(50) {
            fields.append(
                (
                    "scope",
                    grammar.pick([
                        "resource", "span", "event", "link", "instrumentation", "intrinsic", "none", "resource", "span",
                    ])
                ))
        }
        return finished(path, path, fields, &grammar)
    }

    func values(_ grammar: inout TraceQLGrammar) -> Question {
        var name: String
        let (path, construct): (String, String)
        if grammar.chance(25) {
            name = grammar.pick([
                "service.name", "http.method", "tenant_id", "size", "status", "name", "cached", "http.status_code",
                "secret.of.b", "only.of.b", "kind", "root.name", "root.service.name", "customer%20id", "nothing",
                "zones",
            ])
            (path, construct) = ("/tempo/api/search/tag/\(name)/values", "/tempo/api/search/tag/{name}/values")
        } else {
            name = grammar.pick([
                "resource.service.name", "span.http.method", "resource.tenant_id", "span.tenant_id", ".tenant_id",
                "event.message", "event.tenant_id", "link.relation", "instrumentation.library", "name", "status",
                "kind",
                "statusMessage", "event:name", "instrumentation:name", "span.size", "span.retries", "span.ratio",
                "span.cached", ".service.name", "resource.zones", "resource.cores", "span.secret.of.b",
                #"span."customer id""#, "resource.k8s.pod.name", "span:name", "resource.weight", "span.parts",
                grammar.chance(20) ? "rootName" : "span.http.url",
                grammar.chance(20) ? "trace:rootService" : "duration",
                grammar.chance(20) ? "parent.tenant_id" : "span:kind", grammar.chance(20) ? "tenant_id" : "span:status",
            ])
            name = String(decoding: percentEncoded(name), as: UTF8.self)
            (path, construct) = grammar.pick([
                ("/api/v1/traces/tags/\(name)/values", "/api/v1/traces/tags/{name}/values"),
                ("/tempo/api/v2/search/tag/\(name)/values", "/tempo/api/v2/search/tag/{name}/values"),
            ])
        }
        var fields: FormFields = []
        if !construct.contains("api/search/tag/"), grammar.chance(50) { fields.append(("q", tagQuery(&grammar))) }
        return finished(path, construct, fields, &grammar)
    }

    private func finished(
        _ path: String, _ construct: String, _ fields: FormFields, _ grammar: inout TraceQLGrammar
    ) -> Question {
        let window = TraceWindow.ofSlots(from: firstUnambiguousSlot, data, &grammar)
        var fields = fields + [("start", "\(window.start)"), ("end", "\(window.end)")]
        if grammar.chance(15) { fields.append(("limit", grammar.pick(["0", "1", "3", "100"]))) }
        if grammar.chance(5) { fields.append(("maxStaleValues", grammar.pick(["0", "10", "1000"]))) }
        return Question(path: path, fields: fields, construct: construct)
    }

    /// One filter of comparisons with literals, and at times what Tempo would drop the whole filter for.
    private func tagQuery(_ grammar: inout TraceQLGrammar) -> String {
        if grammar.chance(15) {
            return grammar.pick([
                "{ .size = 1 }", "{ span.size = 1 || .size = 1 }", "{ } && { }", "{ span.size }",
                "{ span.size = 1 || true }",
                "{ parent.size = 1 }", "{ span.size = 1", #"{ name =~ "(" }"#, "count() > 1", "{ !(span.size = 1) }",
                "{ rootName != \"\" }", "{ span.size + 1 = 2 }", "{ span.a = 1 } | count() > 0", "x",
            ])
        }
        if grammar.chance(10) { return "{ }" }
        var text = "{ "
        for index in 0..<grammar.pick([1, 1, 2, 3]) {
            if index > 0 { text += grammar.pick([" && ", " || "]) }
            let comparison = grammar.pick([
                #"span.http.method = "GET""#, #"span.http.method != "POST""#, "span.size >= 7", "span.retries < 2",
                #"resource.service.name =~ "shop|db""#, "status = error", "status != error", "kind = server",
                "duration > 10ms", #"name = "GET /cart""#, #"resource.tenant_id != "b""#, #"resource.tenant_id = "b""#,
                #"resource.tenant_id =~ ".*""#, #"span.tenant_id = "b""#, #"event.message = "timeout""#,
                #"link.relation != nil"#, #"instrumentation.library = "net""#, "span.cached = true",
                "resource.cores > 2",
                #""eu" = resource.cluster"#, "1 < span.size", #"resource.zones = "y""#, "span.ratio > 0.3",
            ])
            text += grammar.chance(15) ? "(\(comparison))" : comparison
        }
        return text + " }"
    }

    /// As it stands in a path.
    private func percentEncoded(_ text: String) -> [UInt8] {
        text.utf8.flatMap { byte -> [UInt8] in
            let isPlain = byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
            if isPlain || [0x2E, 0x5F, 0x2D, 0x3A].contains(byte) { return [byte] }
            let digits = String(byte, radix: 16)
            return Array(("%" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8)
        }
    }
}
