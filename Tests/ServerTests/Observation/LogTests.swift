import Foundation
import Testing

@testable import Server

@Suite("The running gateway's log", .serialized)
struct LogTests {
    @Test("LOG_LEVEL=debug shows the original and the confined query; the start, what is in force; never a token")
    func debug() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("key"))
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let port = try freePort()
        let server = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: [
                "JWT_HS256_SECRET_FILE": "key", "LISTEN": "127.0.0.1:\(port)", "LOG_LEVEL": "debug",
                "LOG_FORMAT": "text", "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)",
                "TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:\(upstream.port)",
                "OTEL_EXPORTER_OTLP_HEADERS": "x-key=hush",
            ], folder: folder)
        defer { server.terminate() }
        #expect(try await server.waitForOutput("in force"))
        let token = try Tokens.token()
        _ = try await RawConnection.exchange(
            port,
            "GET /api/v1/metrics/query?query=sum(up) HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n\r\n"
        )
        #expect(try await server.waitForOutput("INFO request "))
        let output = server.output
        #expect(output.contains(#"parameter=query original=sum(up) confined="sum(up{tenant_id=\"acme\"})""#))
        #expect(output.contains("INFO listening address=127.0.0.1:\(port)"))
        #expect(output.contains(#"tracing="otlp http/protobuf to http://127.0.0.1:\#(upstream.port)/v1/traces""#))
        #expect(!output.contains(token))
        #expect(!output.contains("hush"))
        // One line an event, and few until it serves.
        let lines = output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("20") })
        #expect(lines.prefix { !$0.contains("in force") }.count <= 4)
    }
}
