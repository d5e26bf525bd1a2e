import Foundation
import JSON
import Testing

@testable import Server

@Suite("Audit log")
struct AuditLogTests {
    @Test("each request that needs a token has a line: who, for whom, what, and what became of it")
    func lines() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("before\n".utf8).write(to: file)
        try await TestServer.with(upstream: upstream.port, ["AUDIT_LOG_FILE": file.path]) { server in
            _ = try await server.query("up", time: nil)
            _ = try await server.query("sum(", time: nil, tenant: "globex")
            _ = try await server.send("GET /api/v1/metrics/query HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            _ = try await server.send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix("before\n"))
        let lines = try text.split(separator: "\n").dropFirst().map { try JSONParser.parse(Array($0.utf8)) }
        #expect(lines.map { $0["verdict"]?.stringValue } == ["served", "refused", "refused"])
        #expect(lines.map { $0["reason"]?.stringValue } == [nil, "invalid_input", "unauthenticated"])
        #expect(lines.map { $0["tenant"]?.stringValue } == ["acme", "globex", nil])
        for line in lines {
            #expect(line["request_id"]?.stringValue?.utf8.count == 32)
            #expect(line["trace_id"]?.stringValue?.utf8.count == 32)
            #expect(line["operation"]?.stringValue?.hasPrefix("queryMetrics") == true)
        }
        #expect(!text.contains("sum("))
    }

    @Test("a file that cannot be written keeps the gateway from starting")
    func unwritable() async throws {
        await #expect(throws: FileFailure.self) {
            try await TestServer.with(upstream: 1, ["AUDIT_LOG_FILE": "/nowhere/audit"]) { _ in }
        }
    }
}
