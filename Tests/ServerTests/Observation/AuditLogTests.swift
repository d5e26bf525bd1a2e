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
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("key"))
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let port = try freePort()
        let server = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: [
                "JWT_HS256_SECRET_FILE": "key", "LISTEN": "127.0.0.1:\(port)", "AUDIT_LOG_FILE": "audit.log",
                "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)", "SHARDS": "1",
            ], folder: folder)
        defer { server.terminate() }
        #expect(try await server.waitForOutput("in force"))
        func ask(_ id: String) async throws {
            let answer = try await RawConnection.exchange(
                port,
                "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nConnection: close\r\nX-Request-ID: \(id)\r\nAuthorization: Bearer \(Tokens.token())\r\n\r\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
        func lines(_ name: String) -> [String] {
            let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }
        func wait(_ condition: () -> Bool) async throws {
            for _ in 0..<500 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
        }
        // What is renamed while lines are on their way loses none of them.
        for number in 0..<20 { try await ask("before-\(number)") }
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("audit.log"), to: folder.appendingPathComponent("audit.log.1"))
        kill(server.processIdentifier, SIGHUP)
        try await wait { FileManager.default.fileExists(atPath: folder.appendingPathComponent("audit.log").path) }
        for number in 0..<5 { try await ask("behind-\(number)") }
        try await wait { lines("audit.log").count == 5 }
        #expect(lines("audit.log.1").count == 20)
        #expect(lines("audit.log.1").allSatisfy { $0.contains("before-") })
        #expect(lines("audit.log").count == 5)
        #expect(lines("audit.log").allSatisfy { $0.contains("behind-") })
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.appendingPathComponent("audit.log").path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // Where it cannot be opened, lines go on to where they went.
        let kept = folder.appendingPathComponent("audit.log")
        try FileManager.default.moveItem(at: kept, to: folder.appendingPathComponent("audit.log.2"))
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        kill(server.processIdentifier, SIGHUP)
        #expect(try await server.waitForOutput("the audit log stays where it was"))
        try await ask("last")
        try await wait { lines("audit.log.2").count == 6 }
        #expect(lines("audit.log.2").last?.contains("last") == true)
        server.terminate()
        #expect(await server.waitForExit() == 0)
    }

    @Test("a file that cannot be written keeps the gateway from starting")
    func unwritable() async throws {
        await #expect(throws: FileFailure.self) {
            try await TestServer.with(upstream: 1, ["AUDIT_LOG_FILE": "/nowhere/audit"]) { _ in }
        }
    }
}
