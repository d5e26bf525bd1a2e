import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Limits of queries")
struct QueryLimitTests {
    private let limits = QueryLimits(range: 3_600_000, points: 1_000, bytes: 100)

    private func ask(_ path: String, _ fields: FormFields) async throws -> (answer: Answer, isSent: Bool) {
        let upstream = UpstreamRequestTests.upstream()
        let answer = try await TestGateway(upstream, queryLimits: limits).get("/prometheus/api/v1/" + path, fields)
        return (answer, !upstream.received.isEmpty)
    }

    @Test(
        "a query that touches more time than allowed is 422 with the figure and the limit, and not sent",
        arguments: [
            ("up[2h]", "7200s"), ("rate(up[1h1s])", "3601s"), ("up offset 2h", "7200s"), ("up offset -2h", "7200s"),
            ("up @ 0", "1767366000s"), ("max_over_time(up[1h:1m] offset 30m)", "5400s"),
            ("max_over_time(rate(up[30m])[45m:1m])", "4500s"), ("topk(scalar(up offset 2h), up)", "7200s"),
            ("a + (b offset 90m)", "5400s"), ("up[step() + 2h]", "7200s"), ("up offset (1h + 1h)", "7200s"),
        ])
    func range(_ query: String, _ figure: String) async throws {
        let (answer, isSent) = try await ask("query", [("query", query), ("time", "1767366000")])
        #expect(answer.status == 422)
        #expect(
            try answer.json()["error"]?.stringValue
                == "the query touches \(figure) of time, and at most 3600s are allowed (MAX_QUERY_RANGE)")
        #expect(try answer.json()["errorType"] == "execution")
        #expect(!isSent)
    }

    @Test(
        "what touches no more is sent",
        arguments: ["up", "up[1h]", "up offset 1h", "rate(up[30m] offset 30m)", "max_over_time(up[30m:1m])", "1"])
    func within(_ query: String) async throws {
        let (answer, isSent) = try await ask("query", [("query", query), ("time", "1767366000")])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(isSent)
    }

    @Test(
        "the points of a range query and of its subqueries are counted",
        arguments: [
            ("up", "1", "999", 200, ""), ("up", "1", "1000", 422, "1001"), ("up", "0.5", "999", 422, "1999"),
            ("max_over_time(up[10m:1s])", "100", "500", 422, "1101"),
            ("max_over_time(up[10m:1s])", "100", "300", 200, ""),
            ("max_over_time(up[1m:10ms])", "100", "100", 422, "16001"),
        ])
    func points(_ query: String, _ step: String, _ end: String, _ status: Int, _ figure: String) async throws {
        let (answer, isSent) = try await ask(
            "query_range", [("query", query), ("start", "0"), ("end", end), ("step", step)])
        #expect(answer.status == status, "\(answer.text)")
        #expect(isSent == (status == 200))
        if status == 422 {
            #expect(
                try answer.json()["error"]?.stringValue
                    == "a part of the query is evaluated at \(figure) instants, and at most 1000 are allowed (MAX_QUERY_POINTS)"
            )
        }
    }

    @Test("a look back that the caller asks for counts")
    func lookback() async throws {
        #expect(try await ask("query", [("query", "up"), ("lookback_delta", "2h")]).answer.status == 422)
        #expect(try await ask("query", [("query", "up"), ("lookback_delta", "1h")]).answer.status == 200)
    }

    @Test("a text that is too long is 422, by the caller's own bytes")
    func bytes() async throws {
        let long = "sum(" + String(repeating: "a", count: 96) + ")"
        #expect(try await ask("query", [("query", long)]).answer.status == 422)
        let longest = "sum(" + String(repeating: "a", count: 95) + ")"
        #expect(try await ask("query", [("query", longest)]).answer.status == 200)
        #expect(try await ask("format_query", [("query", long)]).answer.status == 422)
        let half = String(repeating: "a", count: 51)
        #expect(try await ask("series", [("match[]", half), ("match[]", half)]).answer.status == 422)
        #expect(try await ask("series", [("match[]", half)]).answer.status == 200)
        #expect(try await ask("rules", [("match[]", half), ("match[]", half)]).answer.status == 422)
        let own = try await TestGateway(FakeUpstream(), queryLimits: limits).query(long, token: Tokens.token())
        #expect(own.status == 422)
        #expect(try own.json()["code"] == "query_too_large")
        #expect(
            try own.json()["detail"] == "the query has 101 bytes, and at most 100 are allowed (MAX_QUERY_BYTES)")
    }

    @Test("the time of series, labels and values is limited too, and closed where it is open")
    func series() async throws {
        for path in ["series", "labels", "label/job/values", "query_exemplars"] {
            let fields: FormFields = [("match[]", "up"), ("query", "up"), ("start", "0")]
            #expect(try await ask(path, fields + [("end", "3601")]).answer.status == 422)
            #expect(try await ask(path, fields + [("end", "3600")]).answer.status == 200)
            #expect(try await ask(path, fields).answer.status == 422)
        }
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream, queryLimits: limits)
        _ = try await gateway.get("/prometheus/api/v1/labels", [("end", "10000")])
        #expect(
            try upstream.sent().first?.fields == [#"match[]={tenant_id="acme"}"#, "start=6400", "end=10000"])
    }
}

@Suite("Explaining a query")
struct ExplainTests {
    @Test("the query as it would be sent, its selectors, what it touches and the limits; nobody is asked")
    func explained() async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(
            upstream, queryLimits: QueryLimits(range: 3_600_000, points: nil, bytes: 1_000))
        let answer = try await gateway.get(
            "/api/v1/explain/promql",
            [
                ("query", #"sum(rate(a{x="1"}[5m] offset 1h)) / {"b"}"#), ("start", "10000"), ("end", "10060"),
                ("step", "15"),
            ])
        #expect(answer.status == 200, "\(answer.text)")
        let explanation = try answer.json()
        let sent = #"sum(rate(a{tenant_id="acme",x="1"}[5m] offset 1h)) / {__name__="b",tenant_id="acme"}"#
        #expect(explanation["query"]?.stringValue == sent)
        #expect(explanation["condition"] == #"tenant_id="acme""#)
        #expect(explanation["type"] == "vector")
        let selectors = try #require(explanation["selectors"]?.arrayValue)
        #expect(selectors.map { $0["column"]?.numberValue?.integer } == [10, 54])
        #expect(selectors.first?["name"] == "a")
        #expect(selectors.first?["matchers"] == [#"tenant_id="acme""#, #"x="1""#])
        #expect(explanation["touches"]?["start"]?.numberValue?.double == 6_100)
        #expect(explanation["touches"]?["seconds"]?.numberValue?.double == 3_960)
        #expect(explanation["touches"]?["points"]?.numberValue?.integer == 5)
        #expect(explanation["limits"]?["maxQueryRangeSeconds"]?.numberValue?.double == 3_600)
        #expect(explanation["limits"]?["maxQueryPoints"] == nil)
        #expect(explanation["exceeded"]?.arrayValue?.count == 1)
        #expect(upstream.received.isEmpty)
    }

    @Test("an error in it is a violation with its place, and it needs a token")
    func refused() async throws {
        let gateway = try TestGateway(FakeUpstream())
        let answer = try await gateway.get("/api/v1/explain/promql", [("query", "sum(")])
        #expect(answer.status == 400)
        #expect(try answer.json()["violations"]?.arrayValue?.first?["rule"] == "promql")
        #expect(try await gateway.get("/api/v1/explain/promql", [("query", "up"), ("start", "1")]).status == 400)
        #expect(try await gateway.send(.get, "/api/v1/explain/promql", query: "query=up").status == 401)
    }
}
