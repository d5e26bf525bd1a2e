import Foundation
import JOSE
import Synchronization
import Telemetry
import Testing

@testable import Server

@Suite("Keys that change")
struct TokenKeysTests {
    /// Files in memory.
    private final class Files: Sendable {
        let contents: Mutex<[String: String]>

        init(_ contents: [String: String]) { self.contents = Mutex(contents) }

        func write(_ path: String, _ text: String?) { contents.withLock { $0[path] = text } }

        func read(_ path: String) throws -> [UInt8] {
            guard let text = contents.withLock({ $0[path] }) else {
                throw FileFailure(description: "No such file or directory")
            }
            return Array(text.utf8)
        }
    }

    private let sink = MemorySink()

    private func keys(_ files: Files, _ settings: [String: String]) throws -> TokenKeys {
        let settings = settings.merging(["JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience]) { $1 }
        let configuration = try Configuration(SettingSource(environment: settings)) { try files.read($0) }
        let identity = configuration.identity
        return TokenKeys(
            identity.keys, files: identity.keyFiles, policy: identity.tokens, logger: Logger(sink: sink))
    }

    /// A token of the secret.
    private static func secretToken() throws -> String {
        try Tokens.token("acme", ["iss": .string(KeyVectors.issuer), "aud": .string(KeyVectors.audience)])
    }

    private func isAccepted(_ token: String, _ keys: TokenKeys) -> Bool {
        (try? keys.verifier?.verify(token, now: Timestamp.unixSeconds())) != nil
    }

    private var messages: [String] { sink.lines.compactMap { $0["message"]?.stringValue } }

    @Test("a new key counts once its file has changed, and the old one no longer")
    func rotation() throws {
        let files = Files(["pem": KeyVectors.firstPEM])
        let keys = try keys(files, ["JWT_PUBLIC_KEY_FILE": "pem"])
        #expect(isAccepted(KeyVectors.firstToken, keys) && !isAccepted(KeyVectors.secondToken, keys))
        let generation = keys.generation
        keys.reload()
        #expect(keys.generation == generation && messages.isEmpty)
        files.write("pem", KeyVectors.firstPEM + KeyVectors.secondPEM)
        keys.reload()
        #expect(keys.generation != generation)
        #expect(isAccepted(KeyVectors.firstToken, keys) && isAccepted(KeyVectors.secondToken, keys))
        files.write("pem", KeyVectors.secondPEM)
        keys.reload()
        #expect(!isAccepted(KeyVectors.firstToken, keys) && isAccepted(KeyVectors.secondToken, keys))
        #expect(messages == ["the keys for tokens were read again", "the keys for tokens were read again"])
    }

    @Test(
        "a file that is gone or holds no keys leaves the old ones in use, with one error in the log",
        arguments: [nil, "", "nonsense", "{\"keys\":[]}", "-----BEGIN PUBLIC KEY-----\n"])
    func keepsOldKeys(text: String?) throws {
        let files = Files(["set": "{\"keys\":[\(KeyVectors.firstJWK)]}", "secret": Tokens.secretText])
        let keys = try keys(files, ["JWT_JWKS_FILE": "set", "JWT_HS256_SECRET_FILE": "secret"])
        let generation = keys.generation
        files.write("set", text)
        for _ in 0..<3 { keys.reload() }
        #expect(isAccepted(KeyVectors.firstToken, keys))
        #expect(try isAccepted(Self.secretToken(), keys))
        #expect(keys.generation == generation)
        #expect(messages == ["the keys for tokens cannot be read again; the old ones stay in use"])
        #expect(sink.lines.first?["level"] == "error")
        #expect(sink.lines.first?["error"]?.stringValue?.hasPrefix("JWT_JWKS_FILE set: ") == true)
        #expect(!sink.text.contains(Tokens.secretText))
        files.write("set", "{\"keys\":[\(KeyVectors.firstJWK)]}")
        keys.reload()
        #expect(messages.last == "the keys for tokens are as they were")
        files.write("set", "{\"keys\":[\(KeyVectors.secondJWK)]}")
        keys.reload()
        #expect(isAccepted(KeyVectors.secondToken, keys) && !isAccepted(KeyVectors.firstToken, keys))
    }

    @Test("a pipe is read at the start only: nobody waits for it later", .timeLimit(.minutes(1)))
    func pipes() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let files = Files([path: KeyVectors.firstPEM])
        let keys = try keys(files, ["JWT_PUBLIC_KEY_FILE": path])
        files.write(path, KeyVectors.secondPEM)
        for _ in 0..<2 { keys.reload() }
        #expect(isAccepted(KeyVectors.firstToken, keys))
        #expect(messages == ["the keys for tokens cannot be read again; the old ones stay in use"])
        #expect(sink.text.contains("not a regular file"))
    }

    @Test("whoever asks is told, even if nothing has changed")
    func asked() throws {
        let files = Files(["pem": KeyVectors.firstPEM])
        let keys = try keys(files, ["JWT_PUBLIC_KEY_FILE": "pem"])
        keys.reload(isAsked: true)
        #expect(messages == ["the keys for tokens are as they were"])
        files.write("pem", "x")
        keys.reload(isAsked: true)
        keys.reload(isAsked: true)
        #expect(messages.filter { $0.contains("cannot be read") }.count == 2)
    }

    @Test("keys of all files count together; what is left out of a set is logged")
    func allFiles() throws {
        let files = Files([
            "pem": KeyVectors.firstPEM, "secret": Tokens.secretText,
            "set": "{\"keys\":[\(KeyVectors.secondJWK),{\"kty\":\"new\"}]}",
        ])
        let keys = try keys(
            files, ["JWT_PUBLIC_KEY_FILE": "pem", "JWT_JWKS_FILE": "set", "JWT_HS256_SECRET_FILE": "secret"])
        #expect(isAccepted(KeyVectors.secondToken, keys))
        #expect(try isAccepted(Self.secretToken(), keys))
        #expect(sink.lines.map { $0["level"] } == ["warning"])
        #expect(sink.text.contains("key 2 is left out: the kty 'new' is not supported"))
    }
}

@Suite("Keys in a running gateway")
struct KeyRotationTests {
    private let program = builtProgram("palisade")

    private func status(_ port: UInt16, _ token: String) async throws -> String {
        let connection = try RawConnection(port)
        try connection.send(
            "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                + "Authorization: Bearer \(token)\r\n\r\n")
        return String(await connection.read().dropFirst(9).prefix(3))
    }

    /// The statuses of many requests, each on its own connection, so that all shards have some.
    private func statuses(_ port: UInt16, _ token: String) async throws -> Set<String> {
        var statuses: Set<String> = []
        for _ in 0..<16 { statuses.insert(try await status(port, token)) }
        return statuses
    }

    /// Runs `body` with a gateway whose keys are in the file `keys` of a folder.
    private func withServer(
        _ text: String, _ script: [ScriptedUpstream.Step],
        _ body: (_ server: ChildProcess, _ port: UInt16, _ write: (String) throws -> Void) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("keys")
        let write = { (text: String) throws -> Void in try Data(text.utf8).write(to: file, options: .atomic) }
        try write(text)
        let upstream = try ScriptedUpstream(script)
        defer { upstream.stop() }
        let port = try freePort()
        let server = try ChildProcess(
            program, ["serve"],
            environment: [
                "JWT_JWKS_FILE": "keys", "JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience,
                "LISTEN": "127.0.0.1:\(port)", "SHARDS": "2",
                "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)",
            ], folder: folder)
        #expect(try await server.waitForOutput("\"listening\""))
        do {
            try await body(server, port, write)
        } catch {
            server.terminate()
            throw error
        }
        server.terminate()
        #expect(await server.waitForExit() == 0)
        #expect(!server.output.contains(KeyVectors.firstToken) && !server.output.contains(KeyVectors.secondToken))
    }

    private static let answer = ScriptedUpstream.Step.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

    private func set(_ keys: String...) -> String { "{\"keys\":[\(keys.joined(separator: ","))]}" }

    @Test("SIGHUP takes new keys at once: tokens of the old one, remembered or not, are refused on every shard")
    func hangup() async throws {
        try await withServer(set(KeyVectors.firstJWK), [Self.answer]) { server, port, write in
            #expect(try await statuses(port, KeyVectors.firstToken) == ["200"])
            #expect(try await statuses(port, KeyVectors.secondToken) == ["401"])
            try write(set(KeyVectors.secondJWK))
            kill(server.processIdentifier, SIGHUP)
            #expect(try await server.waitForOutput("the keys for tokens were read again"))
            #expect(try await statuses(port, KeyVectors.firstToken) == ["401"])
            #expect(try await statuses(port, KeyVectors.secondToken) == ["200"])
            try write("nonsense")
            kill(server.processIdentifier, SIGHUP)
            #expect(try await server.waitForOutput("the old ones stay in use"))
            #expect(try await statuses(port, KeyVectors.secondToken) == ["200"])
        }
    }

    @Test("what is remembered of a token is what it grants: each request picks of that anew")
    func picking() async throws {
        let upstream = try ScriptedUpstream([Self.answer])
        defer { upstream.stop() }
        let token = try Tokens.token(["a", "b"])
        try await TestServer.with(upstream: upstream.port, ["SHARDS": "1"]) {
            (server: TestServer) async throws -> Void in
            func status(_ header: String) async throws -> Int {
                try await server.send(
                    "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\(header)"
                        + "Authorization: Bearer \(token)\r\n\r\n"
                ).status
            }
            let picks = ["", "X-Tenant: a\r\n", "X-Tenant: b\r\n", "X-Tenant: b, a\r\n", ""]
            for pick in picks { #expect(try await status(pick) == 200) }
            for pick in ["X-Tenant: c\r\n", "X-Tenant: a,c\r\n"] { #expect(try await status(pick) == 403) }
            #expect(try await status("X-Tenant: a\r\n") == 200)
            let tenants = server.sink.lines.compactMap { $0["tenant"]?.stringValue }
            #expect(tenants == ["a|b", "a", "b", "a|b", "a|b", "a"])
        }
    }

    @Test("a changed file is noticed without a signal, and running requests are not disturbed")
    func watching() async throws {
        try await withServer(set(KeyVectors.firstJWK), [.wait(milliseconds: 7_000), Self.answer]) {
            server, port, write in
            async let running = status(port, KeyVectors.firstToken)
            try await Task.sleep(for: .milliseconds(200))
            try write(set(KeyVectors.secondJWK))
            #expect(try await server.waitForOutput("the keys for tokens were read again"))
            #expect(try await status(port, KeyVectors.firstToken) == "401")
            #expect(try await running == "200")
        }
    }
}
