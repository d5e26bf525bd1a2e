import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Tempo's API: times of found traces")
struct TempoSearchTimeTests {
    private static let later = "35bed2f1a3c94d5e8f7061728394a5b7"

    /// Own spans of both traces, the first from second 5 to 6, the later one's from 25 to 26; others' from 1 to 100 in
    /// whichever is asked for.
    private static func upstream(_ order: [String]) -> FakeUpstream {
        let found = order.map { id in
            FakeTempo.found([id == later ? span("25") : span("5")], id: id)
        }
        @Sendable func part(_ start: Int) -> String {
            FakeTempo.resourceSpans(
                tenant: FakeTempo.text("acme"), service: "shop", start: start, end: start + 1)
        }
        let others = FakeTempo.resourceSpans(
            tenant: FakeTempo.text("globex"), service: "db", span: "AAAAAAAAAAE=", start: 1, end: 100)
        return FakeUpstream { (request) throws(HTTPClientError) in
            let answer =
                if request.target.contains("/traces/") {
                    FakeTempo.trace([others, part(request.target.contains(later) ? 25 : 5)])
                } else {
                    FakeTempo.search(found)
                }
            return FakeUpstream.Answer(pieces: [answer])
        }
    }

    private static func span(_ start: String) -> String {
        #"{"spanID":"e3e7f7ab7f1de378","startTimeUnixNano":"\#(start)000000000","durationNanos":"1000000000","attributes":[{"key":"tenant_id","value":\#(FakeTempo.text("acme"))}]}"#
    }

    private func ids(
        _ upstream: FakeUpstream, _ query: String, _ summaries: TraceSummaries
    ) async throws -> [String] {
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, summaries: summaries)
        let answer = try await gateway.send(.get, "/tempo/api/search", query: query, token: Tokens.token("acme"))
        #expect(answer.status == 200)
        return try answer.json()["traces"]?.arrayValue?.compactMap { $0["traceID"]?.stringValue } ?? []
    }

    @Test("found traces are in the order of their own spans, not of whole traces", arguments: TraceSummaries.allCases)
    func order(_ summaries: TraceSummaries) async throws {
        for order in [[FakeTempo.id, Self.later], [Self.later, FakeTempo.id]] {
            #expect(try await ids(Self.upstream(order), "", summaries) == [Self.later, FakeTempo.id])
        }
    }

    @Test("a trace is found for the time of its own spans, not of others'", arguments: TraceSummaries.allCases)
    func window(_ summaries: TraceSummaries) async throws {
        let upstream = Self.upstream([FakeTempo.id, Self.later])
        #expect(try await ids(upstream, "start=20&end=30", summaries) == [Self.later])
        #expect(try await ids(upstream, "start=6&end=24", summaries) == [FakeTempo.id])
        #expect(try await ids(upstream, "start=26&end=27", summaries) == [Self.later])
        #expect(try await ids(upstream, "start=40&end=90", summaries) == [])
    }
}
