import Foundation
import JSON
import Testing

/// The program itself, as a shell runs it.
@Suite("Commands")
struct CommandTests {
    private let program = builtProgram("palisade")

    /// Runs a command in a folder of its own with a key file `key`.
    private func run(
        _ arguments: [String], _ environment: [String: String] = [:], dotEnv: String? = nil
    ) async throws -> (status: Int32, output: String) {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        if let dotEnv { try dotEnv.write(to: folder.appendingPathComponent(".env"), atomically: true, encoding: .utf8) }
        let process = try ChildProcess(program, arguments, environment: environment, folder: folder)
        return (await process.waitForExit(), process.output)
    }

    private func scratchFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("key"))
        return folder
    }

    @Test("serve without a key ends with 2 and names every mistake")
    func noKey() async throws {
        let (status, output) = try await run(["serve"], ["LISTEN": "x", "SHARDS": "many"])
        #expect(status == 2)
        #expect(output.contains("3 mistakes"))
        for name in ["LISTEN", "SHARDS", "JWT_HS256_SECRET_FILE"] { #expect(output.contains(name)) }
    }

    @Test("serve ends with 1 if the address is taken")
    func addressTaken() async throws {
        let upstream = try ScriptedUpstream([])
        defer { upstream.stop() }
        let (status, output) = try await run(
            ["serve"], ["LISTEN": "127.0.0.1:\(upstream.port)", "JWT_HS256_SECRET_FILE": "key"])
        #expect(status == 1)
        #expect(output.contains("cannot serve"))
    }

    @Test(
        "wrong usage ends with 2 and says what is wrong",
        arguments: [
            [], ["dance"], ["serve", "now"], ["token"], ["token", "--tenant"], ["token", "--tenant", "a|b"],
            ["token", "--tenant", "a", "--ttl", "never"], ["explain"], ["explain", "sql", "x"],
            ["explain", "promql", "up"], ["explain", "traceql", "{}"], ["explain", "traceql", "--tenant", "a"],
            ["explain", "promql", "--tenant", "a"], ["version", "2"], ["config", "--all"],
        ])
    func usage(_ arguments: [String]) async throws {
        let (status, output) = try await run(arguments)
        #expect(status == 2, "\(arguments)")
        #expect(output.hasPrefix("palisade: "))
    }

    @Test(
        "help is there for every command",
        arguments: [
            ["--help"], ["help"], ["serve", "--help"], ["token", "-h"], ["explain", "--help"], ["config", "--help"],
        ])
    func help(_ arguments: [String]) async throws {
        let (status, output) = try await run(arguments)
        #expect(status == 0)
        #expect(output.contains("palisade"))
        if arguments.first == "serve" { #expect(output.contains("JWT_HS256_SECRET_FILE")) }
    }

    @Test("version prints the document's version")
    func version() async throws {
        let (status, output) = try await run(["version"])
        #expect(status == 0)
        #expect(output == "palisade 0.1.0\n")
    }

    @Test("config prints effective values with their origin, --check also checks them")
    func config() async throws {
        let (status, output) = try await run(
            ["config"], ["SHARDS": "3"], dotEnv: "TENANT_LABEL=team\nSHARDS=4\n")
        #expect(status == 0)
        #expect(output.contains("SHARDS=3  # environment"))
        #expect(output.contains("TENANT_LABEL=team  # .env"))
        #expect(output.contains("LISTEN=127.0.0.1:8080  # default"))
        #expect(try await run(["config", "--check"]).status == 2)
        #expect(try await run(["config", "--check"], ["JWT_HS256_SECRET_FILE": "key"]).status == 0)
    }

    @Test("a token that token prints is one that serve takes, with issuer and audience; SIGTERM drains and ends with 0")
    func tokenAndServe() async throws {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let upstream = try ScriptedUpstream([
            .wait(milliseconds: 300),
            .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
        ])
        defer { upstream.stop() }
        let port = try freePort()
        let environment = [
            "JWT_HS256_SECRET_FILE": "key", "JWT_ISSUER": "https://issuer", "JWT_AUDIENCE": "gateway",
            "TENANT_CLAIM": "org.tenant", "LISTEN": "127.0.0.1:\(port)",
            "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)",
        ]
        let minting = try ChildProcess(
            program, ["token", "--tenant", "acme"], environment: environment, folder: folder)
        #expect(await minting.waitForExit() == 0)
        #expect(minting.output.contains("development token"))
        let token = try #require(minting.output.split(separator: "\n").last.map(String.init))
        let server = try ChildProcess(program, ["serve"], environment: environment, folder: folder)
        #expect(try await server.waitForOutput("\"listening\""))
        let running = try RawConnection(port)
        try running.send(
            "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer \(token)\r\n\r\n")
        while upstream.connections == 0 { try await Task.sleep(for: .milliseconds(10)) }
        server.terminate()
        let answer = await running.read()
        #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
        #expect(answer.hasSuffix("{}"))
        #expect(await server.waitForExit() == 0)
        #expect(server.output.contains("\"stopped\""))
        #expect(!server.output.contains(token))
        let lines = server.output.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
        #expect(lines.contains { $0["message"] == "request" && $0["tenant"] == "acme" })
    }

    @Test("token names the OpenID Connect issuer where that is whose tokens are expected")
    func tokenOfIssuer() async throws {
        let (status, output) = try await run(
            ["token", "--tenant", "acme"],
            ["JWT_HS256_SECRET_FILE": "key", "OIDC_ISSUER_URL": "https://issuer/", "JWT_AUDIENCE": "gateway"])
        #expect(status == 0)
        let parts = try #require(output.split(separator: "\n").last).split(separator: ".")
        let payload = try #require(parts.count == 3 ? String(parts[1]) : nil)
        let padded =
            payload.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - payload.utf8.count % 4) % 4)
        let claims = try JSONParser.parse(Array(try #require(Data(base64Encoded: padded))))
        #expect(claims["iss"] == "https://issuer/" && claims["aud"] == "gateway")
    }

    @Test("explain prints the query as it would be sent, or where it is wrong")
    func explain() async throws {
        let (status, output) = try await run(["explain", "promql", "--tenant", "a", "--tenant", "b", "up / down"])
        #expect(status == 0)
        #expect(output.contains(#"up{tenant_id=~"a|b"} / down{tenant_id=~"a|b"}"#))
        #expect(output.contains("selectors:  2"))
        let (failed, text) = try await run(["explain", "promql", "--tenant", "a", "sum(up"])
        #expect(failed == 1)
        #expect(text.contains("1:7: parse error: unclosed left parenthesis\nsum(up\n      ^"))
    }

    @Test("explain traceql prints the query as it would be sent, by the attribute that is configured")
    func explainTraceQL() async throws {
        let (status, output) = try await run(
            ["explain", "traceql", "--tenant", "a", "--tenant", "b", "count() > 1"], ["TENANT_ATTRIBUTE": "org"])
        #expect(status == 0)
        #expect(output.contains(#"sent:       { (resource.org = "a") || (resource.org = "b") } | count() > 1"#))
        #expect(output.contains("filters:    1\npipelines:  1"))
        let (failed, text) = try await run(["explain", "traceql", "--tenant", "a", "{ rootName = \"x\" }"])
        #expect(failed == 1)
        #expect(text.contains("1:3: parse error: rootName reads the trace's root span"))
        #expect(text.contains("{ rootName = \"x\" }\n  ^"))
        let conflict = try await run(
            ["explain", "traceql", "--tenant", "a", "{ resource.tenant_id = \"b\" }"], ["TENANT_CONFLICT": "error"])
        #expect(conflict.status == 1)
        #expect(conflict.output.contains("names another tenant"))
    }

    @Test("explain traceql --json-lines answers every line")
    func explainTraceQLJSONLines() async throws {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("queries")
        try #"{"q": "{ .a=1||.b }"}"#.appending("\n{\"q\": \"{\"}\n{\"q\": \"{} with(debug=true)\"}\n")
            .write(to: input, atomically: true, encoding: .utf8)
        let shell = try ChildProcess(
            "/bin/sh", ["-c", "exec \"$0\" explain traceql --tenant a --json-lines < queries", program], folder: folder)
        #expect(await shell.waitForExit() == 0)
        let lines = try shell.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        #expect(lines.count == 3)
        #expect(lines.first?["ok"] == true)
        #expect(lines.first?["out"] == "{ (.a = 1) || .b }")
        #expect(
            lines.first?["restricted"]
                == #"{ resource.tenant_id = "a" } | { (resource.tenant_id = "a") && ((.a = 1) || .b) }"#)
        #expect(lines[1]["error"]?["column"] == 2)
        #expect(lines.last?["ok"] == false)
        #expect(lines.last?["out"] == "{ true } with (debug=true)")
    }

    @Test("explain --json-lines answers every line")
    func explainJSONLines() async throws {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("queries")
        try #"{"q": "SUM(up)"}"#.appending("\n{\"q\": \"up{\"}\n").write(to: input, atomically: true, encoding: .utf8)
        let shell = try ChildProcess(
            "/bin/sh", ["-c", "exec \"$0\" explain promql --tenant a --json-lines < queries", program], folder: folder)
        #expect(await shell.waitForExit() == 0)
        let lines = try shell.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        #expect(lines.count == 2)
        #expect(lines.first?["ok"] == true)
        #expect(lines.first?["out"] == "sum(up)")
        #expect(lines.first?["restricted"] == #"sum(up{tenant_id="a"})"#)
        #expect(lines.last?["ok"] == false)
        #expect(lines.last?["error"]?["line"] == 1)
    }
}

/// A program of this package, beside the test bundle.
func builtProgram(_ name: String) -> String {
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    for candidate in [folder, Bundle.main.bundleURL] {
        folder = candidate
        while folder.path != "/" {
            let program = folder.appendingPathComponent(name).path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
            folder = folder.deletingLastPathComponent()
        }
    }
    return name
}
