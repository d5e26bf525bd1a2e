import APIRuntime
import JSON
import Testing

/// A body that is announced as too large is refused before any operation is looked for, and still in the path's form.
@Suite("Bodies that are announced as too large")
struct AnnouncedBodyTests {
    @Test(
        "the refusal is in the form of the path",
        arguments: [
            ("/prometheus/api/v1/series", "application/json"), ("/api/v1/metrics/query", "application/problem+json"),
            ("/nowhere", "application/problem+json"),
        ])
    func refused(_ path: String, _ mediaType: String) async throws {
        try await TestServer.with(upstream: 1, ["MAX_BODY_BYTES": "1KiB"]) { server in
            let answer = try await server.send(
                """
                POST \(path) HTTP/1.1\r
                Host: gateway\r
                Content-Type: application/x-www-form-urlencoded\r
                Content-Length: 1025\r
                \r

                """)
            #expect(answer.status == 413)
            #expect(answer.headers["content-type"] == mediaType)
            if path.hasPrefix("/prometheus/") {
                #expect(try answer.json()["status"] == "error")
                #expect(try answer.json()["errorType"] == "too_large_entry")
            } else {
                #expect(try answer.json()["code"] == "content_too_large")
            }
        }
    }
}
