import APIRuntime
import HTTPClient
import JSON
import Testing

/// The table "What comes back from an upstream" of the design, row by row.
@Suite("Upstream answers")
struct UpstreamAnswerTests {
    private func answer(_ answer: FakeUpstream.Answer) async throws -> (Answer, MemorySink) {
        let gateway = try TestGateway(FakeUpstream { _ throws(HTTPClientError) in answer })
        return (try await gateway.query("up", token: Tokens.token()), gateway.sink)
    }

    @Test(
        "a good status with another media type is 502",
        arguments: [
            ["content-type": "text/html"], [:], ["content-type": "application/json", "content-encoding": "gzip"],
            ["content-type": "application/jsonp"],
        ] as [HeaderFields])
    func mediaType(_ headers: HeaderFields) async throws {
        let (answer, _) = try await answer(.init(headers: headers, pieces: ["<html>secret</html>"]))
        #expect(answer.status == 502)
        #expect(!answer.text.contains("secret"))
    }

    @Test(
        "an error of the query API is ours with its words", arguments: [(400, 400), (404, 404), (422, 422), (503, 503)])
    func queryErrors(_ upstream: Int, _ ours: Int) async throws {
        let (answer, _) = try await answer(
            .init(status: upstream, pieces: [#"{"status":"error","errorType":"x","error":"too many samples"}"#]))
        #expect(answer.status == ours)
        #expect(try answer.json()["detail"] == "too many samples")
    }

    @Test("without the envelope an error has no words of the upstream's", arguments: [400, 404, 422, 503])
    func bareErrors(_ status: Int) async throws {
        for pieces in [["secret at 10.0.0.7"], [#"{"status":"error","error":["secret"]}"#], ["{\"error\":\"secret\"}"]]
        {
            let (answer, _) = try await answer(.init(status: status, pieces: pieces))
            #expect(answer.status == status)
            #expect(!answer.text.contains("secret"))
        }
        let (text, _) = try await answer(
            .init(status: status, headers: ["content-type": "text/plain"], pieces: ["secret"]))
        #expect(!text.text.contains("secret"))
    }

    @Test("an endless error body is not read to its end")
    func longError() async throws {
        let (answer, _) = try await answer(
            .init(status: 400, pieces: Array(repeating: String(repeating: " ", count: 10_000), count: 100)))
        #expect(answer.status == 400)
    }

    @Test(
        "any other status is 502 without details, and is logged",
        arguments: [401, 403, 301, 302, 500, 502, 504, 429, 418])
    func otherStatuses(_ status: Int) async throws {
        let (answer, sink) = try await answer(
            .init(
                status: status, headers: ["location": "http://secret/", "content-type": "application/json"],
                pieces: [#"{"status":"error","error":"secret"}"#]))
        #expect(answer.status == 502)
        #expect(!answer.text.contains("secret"))
        #expect(!answer.headers.contains("location"))
        #expect(sink.text.contains("status \(status)"))
        let id = try #require(answer.headers["x-request-id"])
        #expect(sink.lines.contains { $0["request_id"] == .string(id) && $0["level"] == "error" })
    }

    @Test(
        "no answer in time is 504, no connection is 502, and neither names the upstream",
        arguments: [
            (HTTPClientError.timedOut(.head), 504), (.timedOut(.connecting), 504),
            (.cannotConnect("10.0.0.7:9090 refused"), 502), (.connectionClosed, 502), (.malformedAnswer("x"), 502),
            (.poolExhausted, 502),
        ])
    func transport(_ error: HTTPClientError, _ status: Int) async throws {
        let gateway = try TestGateway(FakeUpstream { _ throws(HTTPClientError) in throw error })
        let answer = try await gateway.query("up", token: Tokens.token())
        #expect(answer.status == status)
        #expect(!answer.text.contains("10.0.0.7"))
    }

    @Test("an answer that is cut after its head breaks the stream, so that it never looks whole")
    func cut() async throws {
        let gateway = try TestGateway(
            FakeUpstream { _ throws(HTTPClientError) in
                FakeUpstream.Answer(pieces: [#"{"status":"#], cut: .cut)
            })
        await #expect(throws: HTTPClientError.cut) { try await gateway.query("up", token: Tokens.token()) }
    }

    @Test("readiness says yes or no, and nothing else", arguments: [(200, 200), (503, 503), (404, 503), (301, 503)])
    func readiness(_ upstream: Int, _ ours: Int) async throws {
        let gateway = try TestGateway(
            FakeUpstream { _ throws(HTTPClientError) in
                FakeUpstream.Answer(status: upstream, headers: [:], pieces: ["secret"])
            })
        let answer = try await gateway.send(.get, "/ready")
        #expect(answer.status == ours)
        #expect(answer.text == (ours == 200 ? #"{"status":"ready"}"# : #"{"status":"not_ready"}"#))
    }
}
