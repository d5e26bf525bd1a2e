import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

/// The requests that Grafana's Tempo data source is known to send, as it sends them.
@Suite("Requests of Grafana for traces")
struct GrafanaTempoTests {
    private func replay(
        _ target: String, accept: String = "application/json, text/plain, */*", answer: String = #"{"metrics":{}}"#
    ) async throws -> (answer: Answer, upstream: FakeUpstream) {
        let upstream = FakeTempo.upstream(answer: answer)
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let answer = try await TestGateway(FakeUpstream(), tempo: upstream).send(
            .get, "/tempo" + parts[0], query: parts.count == 2 ? parts[1] : nil, token: Tokens.token(),
            headers: [
                "user-agent": "Grafana/12.1.0", "accept": accept, "accept-encoding": "gzip", "x-grafana-org-id": "1",
                "x-scope-orgid": "other", "x-datasource-uid": "palisade-traces",
            ])
        return (answer, upstream)
    }

    @Test("the test of the data source")
    func healthCheck() async throws {
        #expect(try await replay("/api/echo").answer.text == "echo")
        #expect(try await replay("/api/status/buildinfo").answer.status == 200)
    }

    @Test("a trace, in Protobuf, with the time of the panel")
    func trace() async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(headers: ["content-type": "application/protobuf"], bytes: [0x0A, 0, 0x12, 0])
        }
        let answer = try await TestGateway(FakeUpstream(), tempo: upstream).send(
            .get, "/tempo/api/v2/traces/\(FakeTempo.id)", query: "start=1767366000&end=1767369600",
            token: Tokens.token(), headers: ["accept": "application/protobuf"])
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/protobuf")
        #expect(upstream.targets == ["/api/v2/traces/\(FakeTempo.id)?start=1767366000&end=1767369600"])
    }

    @Test("the search of the query builder")
    func search() async throws {
        let (answer, upstream) = try await replay(
            "/api/search?q=%7Bresource.service.name%3D%22shop%22%20%26%26%20duration%3E100ms%7D&limit=20&spss=3&start=1767366000&end=1767369600"
        )
        #expect(answer.status == 200)
        let t = #"resource.tenant_id = "acme""#
        #expect(
            try upstream.parameters()["q"]
                == #"{ \#(t) } | { (\#(t)) && ((resource.service.name = "shop") && (duration > 100ms)) }"#)
        #expect(upstream.received.allSatisfy { $0.headers["X-Scope-OrgID"] == nil })
    }

    @Test("the names and values that the query editor offers")
    func editor() async throws {
        let tags = try await replay("/api/v2/search/tags?limit=5000&start=1767366000&end=1767369600")
        #expect(tags.answer.text == #"{"scopes":[],"metrics":{}}"#)
        let values = try await replay(
            "/api/v2/search/tag/resource.service.name/values?q=%7Bspan.http.method%3D%22GET%22%7D&limit=5000&start=1767366000&end=1767369600"
        )
        #expect(values.answer.text == #"{"tagValues":[],"metrics":{}}"#)
        #expect(
            try values.upstream.parameters()["q"]
                == #"{ (resource.tenant_id = "acme") && (span.http.method = "GET") }"#)
        let empty = try await replay("/api/v2/search/tag/status/values?q=%7B%7D")
        #expect(empty.answer.status == 200)
    }

    @Test("a panel of metrics")
    func metrics() async throws {
        let (answer, upstream) = try await replay(
            "/api/metrics/query_range?q=%7B%7D%20%7C%20rate%28%29%20by%28resource.service.name%29&start=1767366000&end=1767369600&step=15s&exemplars=100"
        )
        #expect(answer.text == #"{"series":[],"metrics":{}}"#)
        #expect(try upstream.parameters()["step"] == "15s")
    }
}
