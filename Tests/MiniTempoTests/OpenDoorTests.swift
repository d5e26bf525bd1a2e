import JSON
import OTLP
import Testing

@testable import MiniTempo

/// Where Tempo tells everybody's data although a query names one tenant. A gateway in front has to close each of these, so
/// the stand-in must have them: a test of the gateway that goes through one sees the other tenant.
@Suite("Open doors, over sockets")
struct OpenDoorTests {
    private static let tenant = #"resource.tenant_id = "acme""#

    /// The services that the values of `service.name` tell.
    private func services(_ tempo: TempoClient, _ query: String?, version: String = "v2/") throws -> [String?] {
        let name = version.isEmpty ? "service.name" : "resource.service.name"
        let parameters = query.map { [("q", $0)] } ?? []
        return try tempo.query("/api/\(version)search/tag/\(name)/values", parameters).list("tagValues").map {
            $0["value"]?.stringValue ?? $0.stringValue
        }
    }

    private func spanTags(_ tempo: TempoClient, _ query: String) throws -> [JSONValue] {
        try tempo.query("/api/v2/search/tags", [("q", query), ("scope", "span")]).list("scopes").first?.list("tags")
            ?? []
    }

    @Test("The filter of tags holds where it is one set of conditions with scopes")
    func closed() async throws {
        try await withShop { (tempo) async throws in
            #expect(try services(tempo, "{ \(Self.tenant) }") == ["db", "frontend"])
            #expect(
                try services(tempo, "{ \(Self.tenant) && (kind = client || kind = server) }") == ["db", "frontend"])
            #expect(try !spanTags(tempo, "{ \(Self.tenant) }").contains("secret"))
        }
    }

    @Test(
        "Tags: a query that is empty, does not parse or begins otherwise filters nothing",
        arguments: [
            "", " ", "{", "{ resource.tenant_id = \"acme\" && }", "{ resource.tenant_id = \"acme\" && name =~ \"[\" }",
            "{ resource.tenant_id = \"acme\" } && { resource.tenant_id = \"acme\" }",
            "{ resource.tenant_id = \"acme\" } >> { resource.tenant_id = \"acme\" }",
            "{ resource.tenant_id = \"acme\" && parent.name = \"x\" }", "count() > 0", "select(span.rows)",
            "({ resource.tenant_id = \"acme\" } | rate()) + ({ resource.tenant_id = \"acme\" } | rate())",
            "{ resource.tenant_id = \"acme\" || span.rows }", "{ resource.tenant_id = \"acme\" || true }", "{ }",
            "{ resource.tenant_id != nil }",
        ])
    func unfiltered(_ query: String) async throws {
        try await withShop { (tempo) async throws in
            #expect(try services(tempo, query) == ["db", "frontend", "mail"])
            #expect(try spanTags(tempo, query).contains("secret"))
        }
    }

    @Test("Tags: one attribute without a scope switches the filter off")
    func unscoped() async throws {
        try await withShop { (tempo) async throws in
            #expect(try services(tempo, "{ \(Self.tenant) && .rows = 42 }") == ["db", "frontend", "mail"])
            #expect(try spanTags(tempo, "{ \(Self.tenant) && .rows = 42 }").contains("secret"))
            #expect(try services(tempo, "{ \(Self.tenant) && span.rows = 42 }") == ["db"])
        }
    }

    @Test("Tags: ! is passed over")
    func negation() async throws {
        try await withShop { (tempo) async throws in
            #expect(try services(tempo, "{ !(\(Self.tenant)) }") == ["db", "frontend"])
            #expect(try services(tempo, #"{ !(resource.tenant_id = "globex") }"#) == ["mail"])
        }
    }

    @Test("Tags: a query of more than 1,024 bytes filters nothing")
    func longQuery() async throws {
        try await withShop { (tempo) async throws in
            let condition = " && span.http.method != \"\(String(repeating: "x", count: 76))\""
            func query(_ count: Int) -> String {
                "{ \(Self.tenant)" + String(repeating: condition, count: count) + " }"
            }
            #expect(try services(tempo, query(2)) == ["frontend"])
            #expect(query(10).utf8.count > 1_024)
            #expect(try services(tempo, query(10)) == ["db", "frontend", "mail"])
        }
    }

    @Test("Tags: names that Tempo has columns for are told whatever the filter")
    func dedicatedColumns() async throws {
        try await withShop { (tempo) async throws in
            let names = try spanTags(tempo, #"{ resource.tenant_id = "globex" }"#)
            #expect(names == ["http.method", "http.status_code", "rows", "secret"])
        }
    }

    @Test("Tags: a value that the query itself demands is told without being looked up")
    func echo() async throws {
        try await withShop { (tempo) async throws in
            let values = try tempo.query(
                "/api/v2/search/tag/resource.tenant_id/values", [("q", #"{ resource.tenant_id = "nobody" }"#)])
            #expect(values.list("tagValues") == [["type": "string", "value": "nobody"]])
        }
    }

    @Test("Tags: version 1 ignores the query")
    func firstVersion() async throws {
        try await withShop { (tempo) async throws in
            #expect(try services(tempo, "{ \(Self.tenant) }", version: "") == ["db", "frontend", "mail"])
            let names = try tempo.query("/api/search/tags", [("q", "{ \(Self.tenant) }")]).list("tagNames")
            #expect(names.contains("secret"))
        }
    }

    @Test("Tags: values of root names are those of other tenants' root spans")
    func rootNames() async throws {
        try await withMixed { (tempo) async throws in
            let values = try tempo.query("/api/v2/search/tag/rootServiceName/values", [("q", "{ \(Self.tenant) }")])
            #expect(values.list("tagValues") == [["type": "string", "value": "theirs"]])
        }
    }

    @Test("Search: a query in a form is not read, so that everybody's traces are found")
    func form() async throws {
        try await withShop { (tempo) async throws in
            let body = "q=%7Bresource.tenant_id%3D%22acme%22%7D"
            let headers = ["Content-Type: application/x-www-form-urlencoded"]
            let answer = try JSONParser.parse(try tempo.send("POST", "/api/search", headers, body).body)
            #expect(answer.traceIDs == ["b2", "a1"])
        }
    }

    @Test("Search: no query, or an empty one, finds everything")
    func noQuery() async throws {
        try await withShop { (tempo) async throws in
            #expect(try tempo.query("/api/search").traceIDs == ["b2", "a1"])
            #expect(try tempo.query("/api/search", [("q", "")]).traceIDs == ["b2", "a1"])
        }
    }

    @Test("Parameters: of two the first counts, and one with a raw ; is dropped")
    func parameters() async throws {
        try await withShop { (tempo) async throws in
            func ids(_ query: String) throws -> [String?] {
                try JSONParser.parse(try tempo.get("/api/search?" + query).body).traceIDs
            }
            let (all, one) = ("q=%7B%7D", "q=%7Bname%3D%22send%22%7D")
            #expect(try ids(one + "&" + all) == ["b2"])
            #expect(try ids(all + "&" + one) == ["b2", "a1"])
            #expect(try ids(one + ";") == ["b2", "a1"])
            // An empty first one counts as none, and hides the second.
            #expect(try ids("q=&" + one) == ["b2", "a1"])
        }
    }

    @Test("Search: facts of a mixed trace are those of all its spans, and so are the stages without braces")
    func mixedTrace() async throws {
        try await withMixed { (tempo) async throws in
            let trace = try tempo.query("/api/search", [("q", "{ \(Self.tenant) }")]).list("traces").first
            #expect(trace?["rootServiceName"] == "theirs")
            #expect(trace?["rootTraceName"] == "their root")
            #expect(trace?["startTimeUnixNano"] == "1700000000000000000")
            #expect(trace?["durationMs"] == 100)
            #expect(trace?["serviceStats"]?["theirs"] == ["spanCount": 2])
            #expect(trace?["spanSet"]?["matched"] == 1)
            let all = try tempo.query("/api/search", [("q", "count() > 0")]).list("traces").first
            #expect(all?["spanSet"]?["matched"] == 3)
        }
    }

    @Test(
        "Search: without the condition in every set and before every stage, others' spans or facts are found",
        arguments: [
            ("{ resource.tenant_id = \"acme\" } >> { name = \"their leaf\" }", ["their leaf"]),
            ("{ resource.tenant_id = \"acme\" } && { name = \"their leaf\" }", ["ours", "their leaf"]),
            ("{ resource.tenant_id = \"acme\" && name = \"ours\" || name = \"their leaf\" }", ["ours", "their leaf"]),
            ("{ name = \"absent\" } !>> { }", ["their root", "ours", "their leaf"]),
            ("{ resource.tenant_id = \"acme\" && rootName = \"their root\" }", ["ours"]),
            ("{ resource.tenant_id = \"acme\" && span:childCount = 1 }", ["ours"]),
            ("{ resource.tenant_id = \"acme\" && traceDuration > 50ms }", ["ours"]),
            ("{ resource.tenant_id = \"acme\" && nestedSetLeft = 2 }", ["ours"]),
        ])
    func confinement(_ query: String, _ names: [String]) async throws {
        try await withMixed { (tempo) async throws in
            let found = try tempo.query("/api/search", [("q", query + " | select(name)"), ("spss", "0")])
            let spans = found.list("traces").first?["spanSet"]?.list("spans") ?? []
            #expect(spans.map { $0["name"]?.stringValue } == names)
        }
    }

    @Test("Search: an error tells the type of another tenant's attribute, unless a stage keeps its spans out")
    func errorOracle() async throws {
        try await withMixed { (tempo) async throws in
            func answer(_ query: String) throws -> String {
                let answer = try tempo.get(TempoClient.target("/api/search", [("q", query)]))
                return answer.status == 200 ? "found" : answer.text
            }
            let fails = "expression (!span.flag) expected a boolean, but got TypeString"
            #expect(try answer("{ \(Self.tenant) && !span.flag }") == fails)
            #expect(try answer("{ \(Self.tenant) } | { \(Self.tenant) && !span.flag }") == "found")
            let division = "{ \(Self.tenant) && 1 / (span.number - 42) = 1 }"
            #expect(try answer(division) == "runtime error: integer divide by zero")
            #expect(try answer("{ \(Self.tenant) } | " + division) == "found")
        }
    }

    @Test("Search: an array that has the tenant among others matches")
    func arrays() async throws {
        try await withTempo { (tempo) async throws in
            let both = AttributeValue.array([.string("acme"), .string("globex")])
            _ = try tempo.push([Shop.resource(["tenant_id": both], [Shop.span(1, name: "s", 0, 1)])])
            for tenant in ["acme", "globex"] {
                let found = try tempo.query("/api/search", [("q", "{ resource.tenant_id = \"\(tenant)\" }")])
                #expect(found.traceIDs == ["a1"])
            }
        }
    }

    @Test("Search: without a scope a span's own attribute passes for the resource's")
    func spoofing() async throws {
        try await withTempo { (tempo) async throws in
            let span = Shop.span(1, name: "s", 0, 1) { $0.attributes = [Shop.attribute("tenant_id", .string("acme"))] }
            _ = try tempo.push([Shop.resource(["tenant_id": .string("globex")], [span])])
            #expect(try tempo.query("/api/search", [("q", #"{ .tenant_id = "acme" }"#)]).traceIDs == ["a1"])
            #expect(try tempo.query("/api/search", [("q", #"{ resource.tenant_id = "acme" }"#)]).traceIDs == [])
        }
    }

    @Test("Metrics: query is another name of q, which goes before it")
    func alias() async throws {
        try await withShop { (tempo) async throws in
            func series(_ parameters: (String, String)...) throws -> String? {
                let times = [("start", "\(Shop.start - 1)"), ("end", "\(Shop.start + 19)")]
                let answer = try tempo.query("/api/metrics/query", parameters + times)
                return answer.list("series").first?["value"]?.numberValue?.text
            }
            let own = "{ \(Self.tenant) } | count_over_time()"
            let all = "{ } | count_over_time()"
            #expect(try series(("query", own)) == "5")
            #expect(try series(("query", own), ("q", all)) == "6")
            #expect(try series(("q", ""), ("query", own)) == "5")
        }
    }

    @Test("Metrics: groups by a parent's attributes, and by root names, are other tenants'")
    func foreignGroups() async throws {
        try await withMixed { (tempo) async throws in
            for attribute in ["parent.resource.service.name", "rootServiceName"] {
                let query = "{ \(Self.tenant) } | rate() by(\(attribute))"
                let times = [("start", "\(Shop.start - 1)"), ("end", "\(Shop.start + 19)")]
                let answer = try tempo.query("/api/metrics/query", [("q", query)] + times)
                let label = answer.list("series").first?.list("labels").first
                #expect(label?["value"] == ["stringValue": "theirs"])
            }
        }
    }

    /// Runs a test's body against a server with one trace of two tenants: a foreign root, an own span, a foreign leaf.
    private func withMixed(_ body: (TempoClient) async throws -> Void) async throws {
        try await withTempo { tempo in
            _ = try tempo.push([
                Shop.resource(
                    ["service.name": .string("theirs"), "tenant_id": .string("globex")],
                    [
                        Shop.span(1, name: "their root", 0, 100) { span in
                            span.attributes = [
                                Shop.attribute("flag", .string("no")), Shop.attribute("number", .integer(42)),
                            ]
                        },
                        Shop.span(3, parent: 2, name: "their leaf", 20, 30) {
                            $0.attributes = [Shop.attribute("flag", .bool(true))]
                        },
                    ]),
                Shop.resource(
                    ["service.name": .string("ours"), "tenant_id": .string("acme")],
                    [
                        Shop.span(2, parent: 1, name: "ours", 10, 40) {
                            $0.attributes = [Shop.attribute("flag", .bool(true))]
                        }
                    ]),
            ])
            try await body(tempo)
        }
    }
}
