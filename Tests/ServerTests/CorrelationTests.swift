import APIRuntime
import JSON
import Testing

@testable import Server

@Suite("Correlation")
struct CorrelationTests {
    @Test(
        "the request id is on every answer, errors included",
        arguments: [
            (HTTPMethod.get, "/health"), (.get, "/ready"), (.get, "/openapi.yaml"), (.get, "/nowhere"),
            (.delete, "/health"), (.options, "/health"), (.get, "/api/v1/metrics/query"), (.head, "/health"),
        ])
    func everywhere(_ method: HTTPMethod, _ path: String) async throws {
        let gateway = try TestGateway(FakeUpstream())
        let made = try await gateway.send(method, path)
        #expect(made.headers["x-request-id"]?.utf8.count == 32)
        let kept = try await gateway.send(method, path, headers: ["x-request-id": "My.id_1-2"])
        #expect(kept.headers.values("x-request-id") == ["My.id_1-2"])
        if kept.status >= 400, kept.headers["content-type"] == "application/problem+json" {
            #expect(try kept.json()["requestId"] == "My.id_1-2")
        }
    }

    @Test(
        "an id that could harm a log is replaced",
        arguments: ["", "a b", "a\"b", "é", String(repeating: "a", count: 129)])
    func replaced(_ id: String) async throws {
        let answer = try await TestGateway(FakeUpstream()).send(.get, "/health", headers: ["x-request-id": id])
        #expect(answer.headers["x-request-id"]?.utf8.count == 32)
    }

    @Test("a refused request gets an id too, and its log line")
    func refusal() throws {
        let gateway = try TestGateway(FakeUpstream())
        let context = RequestContext()
        let response = gateway.gateway.refuse(
            ProtocolFailure(status: 431, detail: "The head is too large."), context: context)
        #expect(response.status == 431)
        #expect(response.headers["x-request-id"] == context.requestID)
        #expect(response.headers["x-content-type-options"] == "nosniff")
        response.onEnd?(ResponseEnd(outcome: .complete, bodyBytes: 3))
        #expect(gateway.sink.lines.first?["request_id"] == .string(context.requestID))
        #expect(gateway.sink.lines.first?["status"] == 431)
    }

    @Test("one access-log line a request, with id, tenant, operation and outcome")
    func accessLog() async throws {
        let gateway = try TestGateway(FakeUpstream(json: "{}"))
        _ = try await gateway.send(
            .get, "/api/v1/metrics/query", query: "query=up", token: Tokens.token(), headers: ["x-request-id": "r-1"])
        #expect(gateway.sink.lines.count == 1)
        let line = try #require(gateway.sink.lines.first)
        #expect(line["message"] == "request")
        #expect(line["request_id"] == "r-1")
        #expect(line["tenant"] == "acme")
        #expect(line["method"] == "GET")
        #expect(line["path"] == "/api/v1/metrics/query")
        #expect(line["operation"] == "queryMetrics")
        #expect(line["status"] == 200)
        #expect(line["bytes"] == 2)
        #expect(line["outcome"] == "complete")
    }
}
