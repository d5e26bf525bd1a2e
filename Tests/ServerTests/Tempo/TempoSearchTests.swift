import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Tempo's API: search")
struct TempoSearchTests {
    private static let own = FakeTempo.resourceSpans(
        tenant: FakeTempo.text("acme"), service: "shop", start: 5, end: 7, failed: true)
    private static let other = FakeTempo.resourceSpans(
        tenant: FakeTempo.text("globex"), service: "secret-db", span: "AAAAAAAAAAE=", start: 1, end: 100)
    private static let array = FakeTempo.resourceSpans(
        tenant: #"{"arrayValue":{"values":[{"stringValue":"acme"},{"stringValue":"globex"}]}}"#, service: "both",
        span: "AAAAAAAAAAI=")
    private static let ownSpan = FakeTempo.foundSpan("e3e7f7ab7f1de378")
    private static let arraySpan = FakeTempo.foundSpan(
        "2", tenant: #"{"arrayValue":{"values":[{"stringValue":"acme"},{"stringValue":"globex"}]}}"#)

    private func search(
        _ upstream: FakeUpstream, _ fields: FormFields, path: String = "/tempo/api/search",
        tenant: JSONValue = "acme", summaries: TraceSummaries = .recomputed, limits: QueryLimits = .none
    ) async throws -> Answer {
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, summaries: summaries, queryLimits: limits)
        return try await gateway.send(
            .get, path, query: String(decoding: encodeForm(fields), as: UTF8.self), token: Tokens.token(tenant))
    }

    @Test("the query is sent restricted, with typed parameters and nothing else")
    func request() async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await search(
            upstream,
            [
                ("q", "{ .a = 1 } >> { span.b }"), ("limit", "7"), ("start", "100"), ("end", "200"), ("spss", "2"),
                ("X-Scope-OrgID", "globex"), ("foo", "bar"),
            ])
        #expect(answer.status == 200)
        #expect(answer.text == #"{"traces":[],"metrics":{}}"#)
        let sent = try #require(upstream.received.first)
        #expect(sent.method == .get)
        #expect(sent.target.hasPrefix("/api/search?"))
        #expect(Set(sent.headers.fields.map { $0.name.lowercased() }) == ["accept", "x-request-id"])
        let t = #"resource.tenant_id = "acme""#
        #expect(
            try upstream.parameters() == [
                "q": "{ \(t) } | ({ (\(t)) && (.a = 1) }) >> ({ (\(t)) && span.b })", "limit": "7", "start": "100",
                "end": "200", "spss": "2",
            ])
    }

    @Test("without a query all own spans are asked for", arguments: [[], [("q", "")], [("q", "{}")], [("foo", "bar")]])
    func everything(_ fields: FormFields) async throws {
        let upstream = FakeTempo.upstream()
        #expect(try await search(upstream, fields).status == 200)
        let query = try #require(upstream.parameters()["q"])
        #expect(
            [#"{ resource.tenant_id = "acme" } | { resource.tenant_id = "acme" }"#].contains(query), "\(query)")
    }

    @Test("what is said of a whole trace is a function of its own spans, asked for by id")
    func recomputed() async throws {
        let upstream = FakeTempo.upstream(
            trace: FakeTempo.trace([Self.other, Self.own]),
            answer: FakeTempo.search([FakeTempo.found([Self.ownSpan])]))
        let answer = try await search(upstream, [("q", "{}")])
        let trace = try #require(answer.json()["traces"]?.arrayValue?.first)
        #expect(trace["traceID"] == .string(FakeTempo.id))
        #expect(trace["rootServiceName"] == "shop")
        #expect(trace["rootTraceName"] == "shop-call")
        #expect(trace["startTimeUnixNano"] == "5000000000")
        #expect(trace["durationMs"] == 2_000)
        #expect(trace["serviceStats"] == ["shop": ["spanCount": 1, "errorCount": 1]])
        #expect(trace["spanSets"]?.arrayValue?.first?["matched"] == 1)
        #expect(trace["spanSet"] == trace["spanSets"]?.arrayValue?.first)
        #expect(!answer.text.contains("secret") && !answer.text.contains("inspected"))
        #expect(upstream.targets.dropFirst() == ["/api/v2/traces/\(FakeTempo.id)"])
    }

    @Test("the answer over everybody's spans is that over the own alone")
    func nonInterference() async throws {
        let spans = FakeTempo.search([FakeTempo.found([Self.ownSpan])])
        for summaries in TraceSummaries.allCases {
            let mixed = try await search(
                FakeTempo.upstream(trace: FakeTempo.trace([Self.other, Self.own, Self.array]), answer: spans), [],
                summaries: summaries)
            let alone = try await search(
                FakeTempo.upstream(trace: FakeTempo.trace([Self.own]), answer: spans), [], summaries: summaries)
            #expect(mixed.bytes == alone.bytes)
        }
    }

    @Test("where the root is somebody else's there is none, as for a trace whose root has not arrived")
    func foreignRoot() async throws {
        let child = FakeTempo.resourceSpans(
            tenant: FakeTempo.text("acme"), service: "shop", parent: "AAAAAAAAAAE=")
        let answer = try await search(
            FakeTempo.upstream(
                trace: FakeTempo.trace([Self.other, child]),
                answer: FakeTempo.search([FakeTempo.found([Self.ownSpan])])), [])
        let trace = try #require(answer.json()["traces"]?.arrayValue?.first)
        #expect(trace["rootServiceName"] == "<root span not yet received>")
        #expect(trace["rootTraceName"] == nil)
    }

    @Test("spans that trace by id denies are not found either, and a trace of which none is left vanishes")
    func arrayValued() async throws {
        let answer = FakeTempo.search([
            FakeTempo.found([Self.arraySpan]),
            FakeTempo.found([Self.arraySpan, Self.ownSpan], id: "b", matched: 9),
        ])
        let trace = FakeTempo.trace([Self.array, Self.own])
        for summaries in TraceSummaries.allCases {
            let result = try await search(
                FakeTempo.upstream(trace: trace, answer: answer), [], summaries: summaries)
            let traces = try #require(result.json()["traces"]?.arrayValue)
            #expect(traces.count == 1)
            #expect(traces.first?["traceID"] == "b")
            let set = try #require(traces.first?["spanSets"]?.arrayValue?.first)
            #expect(set["spans"]?.arrayValue?.count == 1)
            #expect(set["spans"]?.arrayValue?.first?["spanID"] == "e3e7f7ab7f1de378")
            #expect(set["matched"] == 1)
        }
    }

    @Test("no more spans match than the trace has own ones")
    func matched() async throws {
        let answer = try await search(
            FakeTempo.upstream(
                trace: FakeTempo.trace([Self.own, Self.array]),
                answer: FakeTempo.search([FakeTempo.found([Self.ownSpan], matched: 5)])), [])
        #expect(
            try answer.json()["traces"]?.arrayValue?.first?["spanSets"]?.arrayValue?.first?["matched"] == 1)
    }

    @Test("if one trace is not to be had by id, nothing is said of any whole trace")
    func blankAlike() async throws {
        let found = FakeTempo.search([
            FakeTempo.found([Self.ownSpan]), FakeTempo.found([Self.ownSpan, Self.arraySpan], id: "bad"),
        ])
        let trace = FakeTempo.trace([Self.own])
        let upstream = FakeUpstream { (request) throws(HTTPClientError) in
            if request.target.contains("bad") { return FakeUpstream.Answer(status: 422) }
            return FakeUpstream.Answer(pieces: [request.target.contains("/traces/") ? trace : found])
        }
        let answer = try await search(upstream, [])
        let traces = try #require(answer.json()["traces"]?.arrayValue)
        #expect(traces.count == 2)
        for trace in traces {
            #expect(Set(try #require(trace.objectValue).members.map(\.name)) == ["traceID", "spanSet", "spanSets"])
            #expect(trace["spanSets"]?.arrayValue?.first?["spans"]?.arrayValue?.count == 1)
        }
        #expect(!answer.text.contains("secret"))
    }

    @Test("with TRACE_SUMMARIES=blank nothing is asked by id")
    func blank() async throws {
        let upstream = FakeTempo.upstream(answer: FakeTempo.search([FakeTempo.found([Self.ownSpan])]))
        let answer = try await search(upstream, [], summaries: .blank)
        #expect(upstream.received.count == 1)
        let trace = try #require(answer.json()["traces"]?.arrayValue?.first?.objectValue)
        #expect(Set(trace.members.map(\.name)) == ["traceID", "spanSet", "spanSets"])
    }

    @Test("own parts that are larger together than the limit are not said of either")
    func largeParts() async throws {
        let elements = (0..<40).map {
            FakeTempo.resourceSpans(
                tenant: FakeTempo.text("acme"), service: "s\($0)-\(String(repeating: "x", count: 200))")
        }
        let found = (1...9).map { FakeTempo.found([Self.ownSpan], id: "\($0)") }
        let gateway = try TestGateway(
            FakeUpstream(),
            tempo: FakeTempo.upstream(trace: FakeTempo.trace(elements), answer: FakeTempo.search(found)),
            maximumBytes: 65_536)
        let answer = try await gateway.send(.get, "/tempo/api/search", token: Tokens.token())
        #expect(answer.status == 200)
        let traces = try #require(answer.json()["traces"]?.arrayValue)
        #expect(traces.count == 9)
        #expect(traces.allSatisfy { $0["serviceStats"] == nil })
    }

    @Test(
        "tags and durations become a query, quoted so that nothing breaks out",
        arguments: [
            ([("tags", "service.name=shop")], #".service.name = "shop""#),
            ([("tags", #"a="x\"} || {\"" b=2"#)], #"(.a = "x\"} || {\"") && (.b = "2")"#),
            ([("tags", "name=call status.code=error")], #"(name = "call") && (status = error)"#),
            ([("tags", "a`b=`} // ")], ##"."a`b" = "`}" AND"##),
            ([("minDuration", "100ms"), ("maxDuration", "1.5s")], "(duration >= 100ms) && (duration <= 1.5s)"),
            ([("tags", "a=é"), ("minDuration", "1h30m")], #"(.a = "é") && (duration >= 1h30m0s)"#),
        ])
    func logfmt(_ fields: FormFields, _ expression: String) async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await search(upstream, fields)
        guard !expression.hasSuffix(" AND") else {
            #expect(answer.status == 400)
            #expect(upstream.received.isEmpty)
            return
        }
        #expect(answer.status == 200, "\(answer.text)")
        let parameters = try upstream.parameters()
        #expect(Set(parameters.keys) == ["q"])
        let t = #"resource.tenant_id = "acme""#
        #expect(parameters["q"] == "{ \(t) } | { (\(t)) && (\(expression)) }")
    }

    @Test(
        "what is no such parameter is 400, and nothing is sent",
        arguments: [
            "tags=a", "tags==b", "tags=a%3D%22b", "tags=a%3D%22b%22c", "tags=a%3Db%3Dc", "tags=%22a%22%3Db",
            "tags=root.name%3Dx", "tags=root.service.name%3Dx", "tags=status.code%3Dx", "tags=a%3D%22%5Cx%22",
            "minDuration=1", "minDuration=x", "maxDuration=-1s", "minDuration=1y", "q=%7B%7D&tags=a%3Db",
            "q=%7B%7D&minDuration=1s", "q=%7B%7D&q=%7B%7D", "q=&q=%7B%7D", "q=%7B%7D;q=%7B%7D", "limit=0", "limit=-1",
            "limit=x", "limit=1.5", "spss=-1", "start=1", "end=1", "start=5&end=5", "start=-1&end=5",
            "skip_ast_transformations=x", "q=%7B", "q=%7B%7D|rate()", "q=%ff", "q=%zz",
        ])
    func refused(_ query: String) async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        let answer = try await gateway.send(.get, "/tempo/api/search", query: query, token: Tokens.token())
        #expect(answer.status == 400)
        #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(upstream.received.isEmpty)
    }

    @Test("more tags than a query may have comparisons are 400")
    func manyTags() async throws {
        let upstream = FakeTempo.upstream()
        let tags = (0..<1_500).map { _ in "a=b" }.joined(separator: " ")
        let answer = try await search(upstream, [("tags", tags)])
        #expect(answer.status == 400)
        #expect(answer.text.hasPrefix("the query made of the parameters is not possible: "), "\(answer.text)")
        #expect(upstream.received.isEmpty)
    }

    @Test("an error in a query reads as Tempo's")
    func wording() async throws {
        let answer = try await search(FakeTempo.upstream(), [("q", "{ .a = }")])
        #expect(answer.text.hasPrefix("invalid TraceQL query: parse error at line 1, col 8: "), "\(answer.text)")
    }

    @Test("a body, or another method, is refused")
    func methods() async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        #expect(try await gateway.send(.post, "/tempo/api/search", token: Tokens.token(), form: "q={}").status == 405)
        #expect(try await gateway.send(.get, "/tempo/api/search", token: Tokens.token(), form: "q={}").status == 400)
        #expect(upstream.received.isEmpty)
    }

    @Test("the own search takes simple parameters and makes a query of them")
    func simple() async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await search(
            upstream,
            [
                ("service", #"a" || true || ""#), ("operation", "GET /"), ("min_duration", "5ms"),
                ("max_duration", "2s"), ("status", "error"),
            ], path: "/api/v1/traces")
        #expect(answer.status == 200, "\(answer.text)")
        let query = try #require(upstream.parameters()["q"])
        #expect(query.hasPrefix(#"{ resource.tenant_id = "acme" } | { (resource.tenant_id = "acme") && ("#))
        #expect(query.contains(#"resource.service.name = "a\" || true || \"""#))
        for part in [#"name = "GET /""#, "status = error", "duration >= 5ms", "duration <= 2s"] {
            #expect(query.contains(part), "\(query)")
        }
        let both = try await search(upstream, [("q", "{}"), ("service", "a")], path: "/api/v1/traces")
        #expect(both.status == 400)
        #expect(both.headers["content-type"] == "application/problem+json")
        #expect(try await search(upstream, [("status", "bad")], path: "/api/v1/traces").status == 400)
        #expect(try await search(upstream, [("service", "")], path: "/api/v1/traces").status == 400)
    }

    @Test("several tenants are alternatives of values, never a pattern")
    func severalTenants() async throws {
        let upstream = FakeTempo.upstream()
        _ = try await search(upstream, [("q", "{ .a }")], tenant: ["acme", "a.b"])
        let t = #"(resource.tenant_id = "a.b") || (resource.tenant_id = "acme")"#
        #expect(try upstream.parameters()["q"] == "{ \(t) } | { (\(t)) && .a }")
    }

    @Test("Tempo's words about the query are passed on with 400 and 422 alone")
    func words() async throws {
        for (status, expected) in [(400, 400), (422, 422), (401, 502), (403, 502), (429, 502), (500, 502), (503, 502)] {
            let upstream = FakeUpstream { _ throws(HTTPClientError) in
                FakeUpstream.Answer(
                    status: status, headers: ["content-type": "text/plain; charset=utf-8"], pieces: ["too wide\n"])
            }
            let answer = try await search(upstream, [])
            #expect(answer.status == expected)
            #expect((answer.text == "too wide") == (expected == status))
        }
    }

    @Test("a search over more time than MAX_QUERY_RANGE is 422; an open one is closed; MAX_QUERY_BYTES holds too")
    func limits() async throws {
        let limits = QueryLimits(range: 3_600_000, points: nil, bytes: 20)
        let upstream = FakeTempo.upstream()
        #expect(try await search(upstream, [("start", "1"), ("end", "4000")], limits: limits).status == 422)
        #expect(
            try await search(upstream, [("q", "{ .aaaaaaaaaaaaaaaaaaaaaaaaaa }")], limits: limits).status == 422)
        #expect(upstream.received.isEmpty)
        #expect(try await search(upstream, [("start", "400"), ("end", "4000")], limits: limits).status == 200)
        #expect(try await search(upstream, [], limits: limits).status == 200)
        let open = try upstream.parameters(1)
        let start = try #require(open["start"].flatMap { Int($0) })
        #expect(open["end"] == String(start + 3_600))
    }

    @Test(
        "an answer that is not Tempo's is 502",
        arguments: [
            "[", "[]", #"{"traces":{},"metrics":{}}"#, #"{"error":"x"}"#, #"{"traces":[{}]}"#,
            #"{"traces":[{"traceID":"x"}]}"#, #"{"traces":7}"#,
        ])
    func unusable(_ body: String) async throws {
        #expect(try await search(FakeTempo.upstream(answer: body), []).status == 502)
    }
}
