import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Tempo's API: metrics")
struct TempoMetricsTests {
    private static let series =
        #"{"labels":[{"key":"status","value":{"stringValue":"error"}}],"samples":[{"timestampMs":"1767366240000","value":7.50}],"exemplars":[{"labels":[{"key":"trace:id","value":{"stringValue":"a"}}],"value":1,"timestampMs":"1767366240000"}]}"#

    private func get(
        _ upstream: FakeUpstream, _ fields: FormFields, path: String = "/tempo/api/metrics/query_range",
        limits: QueryLimits = .none
    ) async throws -> Answer {
        try await TestGateway(FakeUpstream(), tempo: upstream, queryLimits: limits).send(
            .get, path, query: String(decoding: encodeForm(fields), as: UTF8.self), token: Tokens.token())
    }

    private static let t = #"resource.tenant_id = "acme""#

    @Test("the query is sent restricted, under one name, with typed parameters")
    func request() async throws {
        for name in ["q", "query"] {
            let upstream = FakeTempo.upstream(
                answer: #"{"series":[\#(Self.series)],"metrics":{"inspectedBytes":"99"},"message":"x"}"#)
            let answer = try await get(
                upstream,
                [
                    (name, "{ status = error } | rate() by (span.a)"), ("start", "1767366000"),
                    ("end", "2026-01-02T15:04:05.5Z"), ("step", "15"), ("exemplars", "10"), ("maxSeries", "5"),
                    ("foo", "1"),
                ])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.text == #"{"series":[\#(Self.series)],"metrics":{}}"#)
            #expect(
                try upstream.parameters() == [
                    "q": "{ \(Self.t) } | { (\(Self.t)) && (status = error) } | rate() by (span.a)",
                    "start": "1767366000", "end": "1767366245500000000", "step": "15s", "exemplars": "10",
                    "maxSeries": "5",
                ])
        }
    }

    @Test("an instant query, and the own path, are confined alike")
    func others() async throws {
        for path in ["/tempo/api/metrics/query", "/api/v1/traces/metrics"] {
            let upstream = FakeTempo.upstream(answer: #"{"metrics":{}}"#)
            let answer = try await get(upstream, [("q", "{ } | count_over_time()"), ("since", "90m")], path: path)
            #expect(answer.text == #"{"series":[],"metrics":{}}"#)
            #expect(
                try upstream.parameters() == [
                    "q": "{ \(Self.t) } | { \(Self.t) } | count_over_time()", "since": "5400s",
                ])
        }
    }

    @Test(
        "what is no such query is 400, and nothing is sent",
        arguments: [
            [("q", "{} | rate()"), ("query", "{} | rate()")], [("query", "{} | rate()"), ("query", "{} | rate()")],
            [], [("q", "")], [("q", "{}")], [("q", "{} | rate() + 1")], [("q", "{} | compare({status=error})")],
            [("q", "{} | rate() by (rootName)")], [("q", "{} | max_over_time(parent.a)")],
            [("q", "{} | rate() by (nestedSetParent)")], [("q", "{} | rate() with (debug_return_in=5)")],
            [("q", "{} | rate()"), ("start", "x")], [("q", "{} | rate()"), ("start", "20"), ("end", "10")],
            [("q", "{} | rate()"), ("step", "0")], [("q", "{} | rate()"), ("step", "-1s")],
            [("q", "{} | rate()"), ("since", "1")], [("q", "{} | rate()"), ("exemplars", "x")],
            [("q", "{} | rate()"), ("blockID", "1")], [("q", "{} | rate()"), ("mode", "recent")],
        ] as [FormFields])
    func refused(_ fields: FormFields) async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await get(upstream, fields)
        #expect(answer.status == 400, "\(answer.text)")
        #expect(upstream.received.isEmpty)
    }

    @Test("the limits of queries hold")
    func limits() async throws {
        let limits = QueryLimits(range: 3_600_000, points: 10, bytes: 100)
        let upstream = FakeTempo.upstream()
        let query = ("q", "{} | rate()")
        let tooMuch: [FormFields] = [
            [query, ("start", "1767366000"), ("end", "1767370000")], [query, ("since", "2h")],
            [query, ("since", "1h"), ("step", "1m")], [("q", "{ .\(String(repeating: "a", count: 100)) } | rate()")],
        ]
        for fields in tooMuch { #expect(try await get(upstream, fields, limits: limits).status == 422) }
        #expect(upstream.received.isEmpty)
        #expect(try await get(upstream, [query, ("since", "1h"), ("step", "10m")], limits: limits).status == 200)
    }
}
