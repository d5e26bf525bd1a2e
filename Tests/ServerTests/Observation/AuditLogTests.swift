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

    @Test("on SIGHUP a renamed file gets no further line, and one of the old name begins, for its owner alone")
    func rotated() async throws {
        try await ServedGateway.with({ _ in ["AUDIT_LOG_FILE": "audit.log", "SHARDS": "1"] }) { gateway in
            func ask(_ id: String) async throws {
                let answer = try await gateway.query("up", token: Tokens.token(), fields: "X-Request-ID: \(id)\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
            }
            func wait(_ condition: () -> Bool) async throws {
                for _ in 0..<500 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
            }
            // What is renamed while lines are on their way loses none of them.
            for number in 0..<20 { try await ask("before-\(number)") }
            try FileManager.default.moveItem(
                at: gateway.file("audit.log"), to: gateway.file("audit.log.1"))
            kill(gateway.process.processIdentifier, SIGHUP)
            try await wait { FileManager.default.fileExists(atPath: gateway.file("audit.log").path) }
            for number in 0..<5 { try await ask("behind-\(number)") }
            try await wait { gateway.lines("audit.log").count == 5 }
            #expect(gateway.lines("audit.log.1").count == 20)
            #expect(gateway.lines("audit.log.1").allSatisfy { $0.contains("before-") })
            #expect(gateway.lines("audit.log").count == 5)
            #expect(gateway.lines("audit.log").allSatisfy { $0.contains("behind-") })
            let attributes = try FileManager.default.attributesOfItem(
                atPath: gateway.file("audit.log").path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            // Where it cannot be opened, lines go on to where they went.
            let kept = gateway.file("audit.log")
            try FileManager.default.moveItem(at: kept, to: gateway.file("audit.log.2"))
            try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
            kill(gateway.process.processIdentifier, SIGHUP)
            #expect(try await gateway.process.waitForOutput("the audit log stays where it was"))
            try await ask("last")
            try await wait { gateway.lines("audit.log.2").count == 6 }
            #expect(gateway.lines("audit.log.2").last?.contains("last") == true)
            gateway.process.terminate()
            #expect(await gateway.process.waitForExit() == 0)
        }
    }

    @Test("a file that cannot be written keeps the gateway from starting")
    func unwritable() async throws {
        await #expect(throws: FileFailure.self) {
            try await TestServer.with(upstream: 1, ["AUDIT_LOG_FILE": "/nowhere/audit"]) { _ in }
        }
    }
}
