import Foundation
import Testing

/// The program `palisade serve`, in a folder of its own and before a recording upstream, as an operator runs it.
struct ServedGateway {
    let folder: URL
    let port: UInt16
    let process: ChildProcess

    /// Runs the body while it serves. The environment is made from the upstream's port, and comes beside a key, an
    /// address and the upstream.
    static func with(
        _ environment: (_ upstream: UInt16) -> [String: String], _ body: (ServedGateway) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("served-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("key"))
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let port = try freePort()
        let process = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: [
                "JWT_HS256_SECRET_FILE": "key", "LISTEN": "127.0.0.1:\(port)",
                "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)",
            ].merging(environment(upstream.port)) { $1 }, folder: folder)
        defer { process.terminate() }
        #expect(try await process.waitForOutput("in force"))
        try await body(ServedGateway(folder: folder, port: port, process: process))
    }

    /// The answer to a query.
    func query(_ query: String, token: String, fields: String = "") async throws -> String {
        try await RawConnection.exchange(
            port,
            "GET /api/v1/metrics/query?query=\(query) HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\(fields)Authorization: Bearer \(token)\r\n\r\n"
        )
    }

    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// What is in a log that it writes.
    func lines(_ name: String) -> [String] {
        let text = (try? String(contentsOf: file(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}
