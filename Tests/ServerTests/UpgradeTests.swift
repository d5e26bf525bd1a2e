import Foundation
import Testing

@testable import Server

/// A request to change the protocol is refused by going on in HTTP/1.1
/// ([RFC 9110 §7.8](https://www.rfc-editor.org/rfc/rfc9110#section-7.8)): clients that only offer the change, as
/// `curl --http2` does, are served.
@Suite("Upgrade")
struct UpgradeTests {
    @Test(
        "an Upgrade is never taken: the answer, and what follows on the connection, are HTTP/1.1",
        arguments: [
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            "Connection: upgrade\r\nUpgrade: TLS/1.2, HTTP/2.0\r\n", "Upgrade: websocket\r\n",
        ])
    func isNotTaken(fields: String) async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let token = try Tokens.token()
            func get(_ fields: String) -> String {
                "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer \(token)\r\n"
                    + "\(fields)\r\n"
            }
            let text = try await RawConnection.exchange(server.port, get(fields) + get("Connection: close\r\n"))
            #expect(text.components(separatedBy: "HTTP/1.1 200 ").count == 3, "\(text)")
            #expect(!text.contains(" 101 ") && !text.lowercased().contains("upgrade"))
            #expect(upstream.count == 2)
            for request in upstream.received { #expect(!request.head.lowercased().contains("upgrade")) }
        }
    }

    private static let hasCurl = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/curl")
    }

    @Test("curl --http2 is served in HTTP/1.1", .enabled(if: hasCurl, "needs curl"))
    func curl() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let curl = try ChildProcess(
                "/usr/bin/env",
                [
                    "curl", "-sS", "--http2", "-o", "/dev/null", "-w", "%{http_code} %{http_version}", "-H",
                    "Authorization: Bearer \(Tokens.token())",
                    "http://127.0.0.1:\(server.port)/api/v1/metrics/query?query=up",
                ])
            #expect(await curl.waitForExit() == 0)
            #expect(curl.output == "200 1.1")
        }
    }
}
