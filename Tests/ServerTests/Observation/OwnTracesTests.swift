import Foundation
import JSON
import Testing

@testable import Server

@Suite("The gateway's own traces", .serialized)
struct OwnTracesTests {
    @Test("a query's own trace is found in Tempo through the gateway, by the operators' tenant and by no other")
    func found() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        try await MiniTempo.with { tempo in
            let settings = [
                "TEMPO_URL": "http://127.0.0.1:\(tempo.port)", "TRACING_ENABLED": "true",
                "TRACING_ENDPOINT": "http://127.0.0.1:\(tempo.port)", "OTEL_RESOURCE_ATTRIBUTES": "tenant_id=ops",
                "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_BSP_SCHEDULE_DELAY": "20",
            ]
            try await TestServer.with(upstream: upstream.port, settings) { server in
                let refused = try await server.query("sum(", time: nil)
                let id = try #require(try refused.json()["traceId"]?.stringValue)
                func trace(_ tenant: JSONValue) async throws -> Answer {
                    try await server.send(
                        "GET /api/v1/traces/\(id) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(Tokens.token(tenant))\r\n\r\n"
                    )
                }
                var answer = try await trace("ops")
                for _ in 0..<200 where answer.status == 404 {
                    try await Task.sleep(for: .milliseconds(50))
                    answer = try await trace("ops")
                }
                #expect(answer.status == 200)
                #expect(answer.text.contains("POST /api/v1/metrics/query"))
                #expect(answer.text.contains("authenticate"))
                #expect(try await trace("acme").status == 404)
            }
        }
    }
}
