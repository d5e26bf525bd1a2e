import JSON
import OTLP
import Testing

@testable import MiniTempo

/// Runs a test's body against a server that has the shop's trace, and a later one of a single span.
func withShop(_ body: (TempoClient) async throws -> Void) async throws {
    try await withTempo { (tempo) async throws in
        _ = try tempo.push(Shop.resourceSpans)
        _ = try tempo.push([Later.resourceSpans])
        try await body(tempo)
    }
}

/// A trace of another tenant, ten seconds after the shop's.
enum Later {
    static let traceID = "000000000000000000000000000000b2"
    static let resourceSpans = Shop.resource(
        ["service.name": .string("mail"), "tenant_id": .string("globex")],
        [
            Shop.span(1, name: "send", kind: 4, 10_000, 10_500, trace: traceID) { span in
                span.attributes = [Shop.attribute("secret", .string("x")), Shop.attribute("rows", .integer(7))]
            }
        ], scope: "smtp")
}

extension JSONValue {
    /// The elements of a member.
    func list(_ name: String) -> [JSONValue] { self[name]?.arrayValue ?? [] }

    /// The trace ids of a search's answer.
    var traceIDs: [String?] { list("traces").map { $0["traceID"]?.stringValue } }
}

@Suite("Search, over sockets")
struct SearchTests {
    private func search(_ tempo: TempoClient, _ parameters: (String, String)...) throws -> JSONValue {
        try tempo.query("/api/search", parameters)
    }

    private func refusal(_ tempo: TempoClient, _ parameters: (String, String)...) throws -> String? {
        let answer = try tempo.get(TempoClient.target("/api/search", parameters))
        guard answer.status == 400, answer["content-type"] == "text/plain; charset=utf-8" else { return nil }
        return answer.text
    }

    @Test("An answer has the whole trace's facts, what was found, and the attributes that the query names")
    func answer() async throws {
        try await withShop { (tempo) async throws in
            let found = try search(tempo, ("q", "{ span.http.status_code > 200 && status = error } | select(name)"))
            let spanset = """
                {"spans":[{"spanID":"0000000000000002","name":"call db","startTimeUnixNano":"1700000000010000000",\
                "durationNanos":"50000000","attributes":[{"key":"http.status_code","value":{"intValue":"500"}},\
                {"key":"status","value":{"stringValue":"error"}}]}],"matched":1}
                """
            let trace = """
                {"traceID":"a1","rootServiceName":"frontend","rootTraceName":"GET /",\
                "startTimeUnixNano":"1700000000000000000","durationMs":100,"spanSet":\(spanset),"spanSets":[\(spanset)],\
                "serviceStats":{"db":{"spanCount":3},"frontend":{"spanCount":2,"errorCount":1}}}
                """
            #expect(found["traces"] == (try JSONParser.parse(Array("[\(trace)]".utf8))))
        }
    }

    @Test("Values of each type have their form in an answer")
    func values() async throws {
        try await withShop { (tempo) async throws in
            let query =
                "{ name = \"GET /\" } | select(span.ratio, span.cached, span.labels, kind, event:name, traceDuration)"
            let spanset = try search(tempo, ("q", query)).list("traces").first?["spanSet"]
            let attributes = spanset?.list("spans").first?["attributes"]
            let expected = """
                [{"key":"ratio","value":{"doubleValue":0.5}},{"key":"cached","value":{"boolValue":true}},\
                {"key":"labels","value":{"arrayValue":{"values":[{"stringValue":"red"},{"stringValue":"blue"}]}}},\
                {"key":"kind","value":{"stringValue":"server"}},\
                {"key":"traceDuration","value":{"stringValue":"100ms"}}]
                """
            #expect(attributes == (try JSONParser.parse(Array(expected.utf8))))
        }
    }

    @Test("Sets of a trace stand side by side, each with what grouped it")
    func groups() async throws {
        try await withShop { (tempo) async throws in
            let found = try search(tempo, ("q", "{ } | by(resource.service.name) | count() > 1"))
            let sets = found.list("traces").first?.list("spanSets") ?? []
            #expect(found.traceIDs == ["a1"])
            #expect(sets.map { $0["matched"] } == [2, 3])
            #expect(
                sets.first?["attributes"]
                    == (try JSONParser.parse(
                        Array(
                            """
                            [{"key":"by(resource.service.name)","value":{"stringValue":"frontend"}},\
                            {"key":"count()","value":{"intValue":"2"}}]
                            """.utf8))))
        }
    }

    @Test("At most spss spans of a set are shown, three by default and all with 0; matched counts all")
    func spansPerSet() async throws {
        try await withShop { (tempo) async throws in
            for (spss, count) in [(nil, 3), ("1", 1), ("0", 5)] as [(String?, Int)] {
                let parameters = [("q", "{ resource.tenant_id = \"acme\" }")] + (spss.map { [("spss", $0)] } ?? [])
                let set = try tempo.query("/api/search", parameters).list("traces").first?["spanSet"]
                #expect(set?.list("spans").count == count)
                #expect(set?["matched"] == 5)
            }
        }
    }

    @Test("The latest traces come first, those that begin together by their ids, and a limit keeps the first")
    func order() async throws {
        try await withShop { (tempo) async throws in
            for id in ["d4", "c3"] {
                _ = try tempo.push([Shop.resource([:], [Shop.span(1, name: "s", 20_000, 20_001, trace: id)])])
            }
            #expect(try search(tempo, ("q", "{ }")).traceIDs == ["c3", "d4", "b2", "a1"])
            #expect(try search(tempo, ("q", "{ }"), ("limit", "2")).traceIDs == ["c3", "d4"])
            #expect(try search(tempo, ("q", "{ name = \"nothing\" }")).traceIDs == [])
        }
    }

    @Test("Which traces a limit keeps depends on the spans that were found, not on the rest of their traces")
    func limit() async throws {
        try await withShop { (tempo) async throws in
            // The shop's trace begins before the other, but what is found in it begins later.
            _ = try tempo.push([Shop.resource(["new": .bool(true)], [Shop.span(7, name: "s", 20_000, 20_001)])])
            let query = "{ resource.new = true || name = \"send\" }"
            #expect(try search(tempo, ("q", query), ("limit", "1")).traceIDs == ["a1"])
            #expect(try search(tempo, ("q", query)).traceIDs == ["b2", "a1"])
        }
    }

    @Test("A trace without a root says so")
    func noRoot() async throws {
        try await withTempo { (tempo) async throws in
            _ = try tempo.push([Shop.resource([:], [Shop.span(2, parent: 1, name: "s", 0, 1)])])
            let trace = try search(tempo, ("q", "{ }")).list("traces").first
            #expect(trace?["rootServiceName"] == "<root span not yet received>")
            #expect(trace?["rootTraceName"] == nil)
            #expect(trace?["serviceStats"] == nil)
        }
    }

    @Test("start and end keep the traces that touch them")
    func times() async throws {
        try await withShop { (tempo) async throws in
            func ids(_ start: UInt64, _ end: UInt64) throws -> [String?] {
                try search(tempo, ("q", "{ }"), ("start", "\(Shop.start + start)"), ("end", "\(Shop.start + end)"))
                    .traceIDs
            }
            #expect(try ids(0, 5) == ["a1"])
            #expect(try ids(0, 10) == ["b2", "a1"])
            #expect(try ids(1, 9) == [])
            #expect(try ids(10, 20) == ["b2"])
        }
    }

    @Test("Tags find parts of attributes of spans and resources in any case, all of them in one trace")
    func tags() async throws {
        try await withShop { (tempo) async throws in
            #expect(try search(tempo, ("tags", "service.name=front")).traceIDs == ["a1"])
            #expect(try search(tempo, ("tags", "service.name=FRONT http.method=get rows=42")).traceIDs == ["a1"])
            #expect(try search(tempo, ("tags", "service.name=mail http.method=GET")).traceIDs == [])
            #expect(try search(tempo, ("tags", #"name="call db""#)).traceIDs == ["a1"])
            #expect(try search(tempo, ("tags", "service.name=mail")).list("traces").first?["spanSets"] == nil)
        }
    }

    @Test("Durations limit the whole trace's")
    func durations() async throws {
        try await withShop { (tempo) async throws in
            #expect(try search(tempo, ("tags", "rows="), ("minDuration", "200ms")).traceIDs == ["b2"])
            #expect(try search(tempo, ("tags", "rows="), ("maxDuration", "200ms")).traceIDs == ["a1"])
        }
    }

    @Test("Where q, tags, start and end are missing, every unknown parameter is a tag")
    func parametersAsTags() async throws {
        try await withShop { (tempo) async throws in
            #expect(try search(tempo, ("service.name", "mail")).traceIDs == ["b2"])
            #expect(try search(tempo, ("service.name", "mail"), ("http.method", "GET")).traceIDs == [])
            #expect(try search(tempo, ("service.name", "mail"), ("limit", "5")).traceIDs == ["b2"])
            let times = [("start", "\(Shop.start)"), ("end", "\(Shop.start + 20)")]
            #expect(try tempo.query("/api/search", times + [("service.name", "mail")]).traceIDs == ["b2", "a1"])
        }
    }

    @Test("What is wrong with a request is 400 in plain text")
    func refusals() async throws {
        try await withShop { (tempo) async throws in
            let syntax = try refusal(tempo, ("q", "{ span. }"))
            #expect(syntax?.hasPrefix("invalid TraceQL query: parse error at line 1, col ") == true)
            let type = try refusal(tempo, ("q", "{ status }"))
            #expect(type?.hasSuffix("span filter field expressions must resolve to a boolean: { status }") == true)
            #expect(try refusal(tempo, ("q", "{ } | rate()"))?.contains("metrics query") == true)
            #expect(try refusal(tempo, ("q", "{ }"), ("tags", "a=b"))?.contains("can't specify tags and q") == true)
            #expect(try refusal(tempo, ("tags", "a=\"b"))?.hasPrefix("invalid tags") == true)
            #expect(try refusal(tempo, ("limit", "0")) == "invalid limit: must be a positive number")
            #expect(try refusal(tempo, ("limit", "x")) == "invalid limit: must be a non-negative number")
            #expect(try refusal(tempo, ("limit", "262145")) == "limit 262145 exceeds max limit 262144")
            #expect(try refusal(tempo, ("spss", "-1"))?.hasPrefix("invalid spss") == true)
            #expect(try refusal(tempo, ("minDuration", "1"))?.hasPrefix("invalid minDuration") == true)
            #expect(try refusal(tempo, ("minDuration", "2s"), ("maxDuration", "1s"))?.contains("maxDuration") == true)
            #expect(try refusal(tempo, ("start", "5"))?.contains("start and end") == true)
            #expect(try refusal(tempo, ("start", "5"), ("end", "4"))?.contains("start=5 end=4") == true)
            #expect(try refusal(tempo, ("start", "x"))?.hasPrefix("invalid start") == true)
        }
    }

    @Test("Queries at the limits are evaluated, beyond them refused")
    func limits() async throws {
        func chain(_ count: Int, _ part: String, _ separator: String) -> String {
            Array(repeating: part, count: count).joined(separator: separator)
        }
        try await withShop { (tempo) async throws in
            #expect(try search(tempo, ("q", "{ " + chain(4_000, "span.rows=42", " && ") + " }")).traceIDs == ["a1"])
            #expect(try search(tempo, ("q", chain(4_000, "{true}", " && "))).traceIDs == ["b2", "a1"])
            #expect(try search(tempo, ("q", chain(4_000, "{true}", " | "))).traceIDs == ["b2", "a1"])
            #expect(try search(tempo, ("q", chain(2_048, "{true}", " !> "))).traceIDs == ["b2", "a1"])
            let nested = chain(500, "!(", "") + "span.rows=42" + chain(500, ")", "")
            #expect(try search(tempo, ("q", "{ \(nested) }")).traceIDs == ["a1"])
            let long = "{ name != \"" + chain(100_000, "%", "") + "\" }"
            #expect(try search(tempo, ("q", long)).traceIDs == ["b2", "a1"])
            #expect(try refusal(tempo, ("q", chain(8_193, "{true}", " | "))) != nil)
            #expect(try refusal(tempo, ("q", "{ \(chain(132_000, " ", "")) }")) != nil)
        }
    }

    @Test("A query that fails on what it meets is 500 with the reason")
    func evaluationErrors() async throws {
        try await withShop { (tempo) async throws in
            let answer = try tempo.get(TempoClient.target("/api/search", [("q", "{ !span.secret }")]))
            #expect(answer.status == 500)
            #expect(answer.text == "expression (!span.secret) expected a boolean, but got TypeNil")
        }
    }

    @Test("Organizations are searched apart, and several together, each with its part of a trace alone")
    func organizations() async throws {
        try await withTempo(multitenancy: true) { (tempo) async throws in
            _ = try tempo.push([Shop.resourceSpans[0]], ["X-Scope-OrgID: a"])
            _ = try tempo.push([Shop.resourceSpans[1]], ["X-Scope-OrgID: b"])
            func found(_ organization: String, _ query: String) throws -> [JSONValue] {
                try tempo.query("/api/search", [("q", query)], ["X-Scope-OrgID: \(organization)"]).list("traces")
            }
            #expect(try found("a", "{ }").first?["serviceStats"] == ["frontend": ["spanCount": 2, "errorCount": 1]])
            #expect(try found("b", "{ resource.service.name = \"frontend\" }") == [])
            let both = try found("a|b", "{ }")
            #expect(both.count == 1)
            #expect(both.first?.list("spanSets").map { $0["matched"] } == [2, 3])
            #expect(both.first?["serviceStats"]?["db"] == ["spanCount": 3])
            #expect(try found("a|b", "{ name = \"GET /\" } >> { name = \"SELECT\" }") == [])
            #expect(try tempo.get("/api/search?q=%7B%7D").status == 401)
        }
    }
}

@Suite("Trace by id with a query, over sockets")
struct FilteredTraceByIDTests {
    private func names(_ tempo: TempoClient, _ parameters: (String, String)...) throws -> [String] {
        let answer = try tempo.query("/api/v2/traces/a1", parameters)
        #expect(answer["status"] == "PARTIAL")
        return (answer["trace"]?.list("resourceSpans") ?? []).flatMap { resource in
            resource.list("scopeSpans").flatMap { $0.list("spans").compactMap { $0["name"]?.stringValue } }
        }
    }

    @Test("Version 2 keeps the spans that q finds and says that it is a part; version 1 ignores q")
    func filter() async throws {
        try await withShop { (tempo) async throws in
            #expect(try names(tempo, ("q", "{ kind = server }")) == ["GET /", "SELECT"])
            #expect(try names(tempo, ("q", "{ false }")) == [])
            let first = try tempo.get("/api/traces/a1")
            #expect(try tempo.get("/api/traces/a1?q=%7Bfalse%7D").body == first.body)
        }
    }

    @Test("keep_hierarchy, ancestor_depth and match_depth add spans that the query did not find")
    func hierarchy() async throws {
        try await withShop { (tempo) async throws in
            let query = ("q", "{ name = \"SELECT\" }")
            #expect(try names(tempo, query) == ["SELECT"])
            #expect(try names(tempo, query, ("keep_hierarchy", "true")) == ["GET /", "call db", "SELECT"])
            #expect(
                try names(tempo, query, ("keep_hierarchy", "true"), ("ancestor_depth", "1")) == ["call db", "SELECT"])
            #expect(try names(tempo, ("q", "{ kind = client }"), ("match_depth", "1")) == ["call db", "SELECT"])
        }
    }

    @Test("In Protobuf a part says that it is one")
    func protobuf() async throws {
        try await withShop { (tempo) async throws in
            let path = TempoClient.target("/api/v2/traces/a1", [("q", "{ kind = client }")])
            let body = try tempo.get(path, ["Accept: application/protobuf"]).body
            // PartialStatus, the last field: PARTIAL.
            #expect(body.suffix(2) == [0x18, 1])
            #expect(String(decoding: body, as: UTF8.self).contains("call db"))
            #expect(!String(decoding: body, as: UTF8.self).contains("SELECT"))
        }
    }

    @Test("A bad query is 400, one that fails 500")
    func errors() async throws {
        try await withShop { (tempo) async throws in
            #expect(try tempo.get("/api/v2/traces/a1?q=%7B").status == 400)
            #expect(try tempo.get("/api/v2/traces/a1?q=%7B%21span.rows%7D").status == 500)
        }
    }
}
