import Foundation
import Testing

@testable import Server

@Suite("Integration audit", .serialized)
struct IntegrationAuditTests {
    /// The commands of the document, in the order in which they stand there.
    private func commands() throws -> [String] {
        let text = try String(contentsOf: repositoryFile("docs/integration-audit.md"), encoding: .utf8)
        var commands: [String] = []
        for block in text.components(separatedBy: "```sh\n").dropFirst() {
            let lines = try #require(block.components(separatedBy: "\n```").first)
            commands += lines.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        }
        return commands
    }

    @Test("every command of docs/integration-audit.md does what it says", .enabled(if: findProgram("curl") != nil))
    func run() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let collector = try RecordingUpstream { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8) }
        defer { collector.stop() }
        let settings = ["TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:\(collector.port)"]
        let programs = URL(fileURLWithPath: builtProgram("palisade")).deletingLastPathComponent().path
        try await TestServer.with(upstream: upstream.port, settings) { server in
            let commands = try commands()
            #expect(commands.count > 10)
            for command in commands {
                let child = try ChildProcess(
                    "/bin/sh", ["-c", command],
                    environment: [
                        "PATH": programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
                        "URL": "http://127.0.0.1:\(server.port)", "ADMIN": "http://127.0.0.1:\(server.adminPort)",
                        "TOKEN": try Tokens.token(),
                    ])
                let status = await child.waitForExit()
                #expect(status == 0, "\(command)\n\(child.output)")
            }
        }
    }
}
