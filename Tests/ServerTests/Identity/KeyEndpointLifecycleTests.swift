import Foundation
import Telemetry
import Testing

@testable import Server

/// A gateway whose keys come from a URL, over sockets, as the endpoint comes and goes.
@Suite("Keys from a URL in a running gateway", .timeLimit(.minutes(2)))
struct KeyEndpointLifecycleTests {
    private static let answer = ScriptedUpstream.Step.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

    /// The endpoint is asked all the time.
    private static let often = KeyEndpointWatch.Timing(
        interval: .milliseconds(50), retries: .milliseconds(20)...Duration.milliseconds(50))
    /// The endpoint is asked at the start, and then for unknown keys only.
    private static let seldom = KeyEndpointWatch.Timing(
        interval: .seconds(3_600), retries: .milliseconds(20)...Duration.milliseconds(50))

    private static let expected = ["JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience]

    /// Runs `body` with a gateway whose keys are at an endpoint, and in no file unless the settings say so.
    private func withGateway(
        _ timing: KeyEndpointWatch.Timing, _ settings: [String: String],
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let upstream = try ScriptedUpstream([Self.answer])
        defer { upstream.stop() }
        let settings = ["JWT_HS256_SECRET_FILE": ""].merging(Self.expected) { $1 }.merging(settings) { $1 }
        try await TestServer.with(upstream: upstream.port, settings, keyTiming: timing, body)
    }

    private func isReady(_ server: TestServer) async throws -> Bool {
        try await server.send("GET /ready HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n").status == 200
    }

    /// The statuses of many requests, each on its own connection, so that all shards have some.
    private func statuses(_ server: TestServer, _ token: String) async throws -> Set<Int> {
        var statuses: Set<Int> = []
        for _ in 0..<12 { statuses.insert(try await server.status(token: token)) }
        return statuses
    }

    private func count(_ message: String, _ server: TestServer) -> Int {
        server.sink.lines.count { $0["message"]?.stringValue == message }
    }

    private static let oldOnesStay = "the keys for tokens cannot be fetched; the old ones stay in use"
    private static let none = "the keys for tokens cannot be fetched; what needs them is answered with 503"

    @Test("JWKS endpoint down at start: 503 and not ready until it answers; down later: the old keys stay in use")
    func downAtStartAndLater() async throws {
        let issuer = try KeyServer()
        let key = try TestSigningKey("a")
        issuer.reply("/keys", .json(keySet(key)))
        try await withGateway(Self.often, ["JWT_JWKS_URL": "\(issuer.url)/keys"]) { (server) async throws in
            let token = try key.token()
            let refused = try await server.query(token: token)
            #expect(refused.status == 503)
            #expect(try refused.json()["code"] == "unavailable")
            #expect(
                try refused.json()["detail"] == "The keys that tokens are verified with could not be fetched yet.")
            #expect(refused.headers["retry-after"] == "5")
            let anonymous = try await server.send(
                "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
            #expect(anonymous.status == 401)
            #expect(try await !isReady(server))
            #expect(try await eventually { count(Self.none, server) > 1 })
            let failure = try #require(server.sink.lines.first { $0["message"]?.stringValue == Self.none })
            #expect(failure["level"] == "warning")
            #expect(failure["error"]?.stringValue?.hasPrefix("\(issuer.url)/keys could not be reached: ") == true)

            try issuer.start()
            #expect(try await eventually { () async throws in try await isReady(server) })
            #expect(try await statuses(server, token) == [200])

            issuer.stop()
            #expect(try await eventually { count(Self.oldOnesStay, server) > 2 })
            #expect(try await isReady(server))
            #expect(try await statuses(server, token) == [200])
            #expect(try await statuses(server, key.token()) == [200])
            let failures = server.sink.lines.filter { $0["message"]?.stringValue == Self.oldOnesStay }
            #expect(Set(failures.compactMap { $0["since"]?.stringValue }).count == 1)

            try issuer.start()
            #expect(
                try await eventually { count("the keys for tokens were fetched, and are as they were", server) > 0 })
            #expect(count("the keys for tokens were fetched", server) == 1)
            #expect(!server.sink.text.contains(token))
        }
    }

    @Test("key rotated: the new one counts after one refresh, the old one no longer, remembered tokens included")
    func rotation() async throws {
        let issuer = try KeyServer()
        let (first, second) = (try TestSigningKey("a"), try TestSigningKey("b"))
        issuer.reply("/keys", .json(keySet(first), type: "application/jwk-set+json"))
        try issuer.start()
        try await withGateway(Self.seldom, ["JWT_JWKS_URL": "\(issuer.url)/keys"]) { (server) async throws in
            #expect(try await eventually { () async throws in try await isReady(server) })
            let token = try first.token()
            #expect(try await statuses(server, token) == [200])
            issuer.reply("/keys", .json(keySet(first, second)))
            #expect(issuer.targets.count == 1)
            // The request waits for the keys, on whichever shard it is.
            #expect(try await server.status(token: second.token()) == 200)
            #expect(issuer.targets.count == 2)
            #expect(try await statuses(server, second.token()) == [200])
            #expect(try await statuses(server, token) == [200])
        }
        try await withGateway(Self.often, ["JWT_JWKS_URL": "\(issuer.url)/keys"]) { (server) async throws in
            #expect(try await eventually { () async throws in try await isReady(server) })
            let token = try first.token()
            #expect(try await statuses(server, token) == [200])
            issuer.reply("/keys", .json(keySet(second)))
            #expect(try await eventually { count("the keys for tokens were fetched", server) == 2 })
            #expect(try await statuses(server, token) == [401])
            #expect(try await statuses(server, second.token()) == [200])
        }
    }

    @Test("a flood of tokens with unknown keys has the endpoint asked once")
    func flood() async throws {
        let issuer = try KeyServer()
        let key = try TestSigningKey("a")
        issuer.reply("/keys", .json(keySet(key)))
        try issuer.start()
        var timing = Self.seldom
        timing.unknownKeyInterval = .seconds(3_600)
        try await withGateway(timing, ["JWT_JWKS_URL": "\(issuer.url)/keys"]) { (server) async throws in
            #expect(try await eventually { () async throws in try await isReady(server) })
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<60 {
                    group.addTask { try await server.status(token: key.token(id: "unknown-\(number)")) }
                }
                for try await status in group { #expect(status == 401) }
            }
            #expect(try await statuses(server, key.token(id: "unknown")) == [401])
            #expect(issuer.targets == ["/keys", "/keys"])
            #expect(try await statuses(server, key.token()) == [200])
        }
    }

    @Test("keys in files count while the endpoint is down; what only its keys could verify is 503")
    func filesAndURL() async throws {
        let issuer = try KeyServer()
        let key = try TestSigningKey("a")
        issuer.reply("/keys", .json(keySet(key)))
        let settings = ["JWT_JWKS_URL": "\(issuer.url)/keys", "JWT_HS256_SECRET_FILE": "secret"]
        try await withGateway(Self.often, settings) { (server) async throws in
            let own = try Tokens.token(
                "acme", ["iss": .string(KeyVectors.issuer), "aud": .string(KeyVectors.audience)])
            #expect(try await statuses(server, own) == [200])
            #expect(try await statuses(server, key.token()) == [503])
            // Signed by the right key, and still not good.
            #expect(try await statuses(server, Tokens.token()) == [401])
            #expect(try await !isReady(server))
            try issuer.start()
            #expect(try await eventually { () async throws in try await isReady(server) })
            #expect(try await statuses(server, key.token()) == [200])
            #expect(try await statuses(server, own) == [200])
        }
    }

    @Test("an https:// endpoint is asked where its certificate is of JWT_CA_FILE, and not else")
    func overTLS() async throws {
        let authority = try TestAuthority("authority")
        let other = try TestAuthority("other")
        let identity = try authority.identity("issuer", names: ["localhost"])
        let issuer = try KeyServer()
        let key = try TestSigningKey("a")
        issuer.reply("/keys", .json(keySet(key)))
        try issuer.start()
        let relay = try TLSRelay(to: issuer.port, as: identity)
        let url = "https://localhost:\(relay.port)/keys"
        let bad = ["JWT_JWKS_URL": url, "JWT_CA_FILE": other.certificateFile]
        try await withGateway(Self.often, bad) { (server) async throws in
            #expect(try await eventually { server.sink.text.contains("certificate") })
            #expect(try await server.status(token: key.token()) == 503)
        }
        #expect(issuer.targets.isEmpty)
        let good = ["JWT_JWKS_URL": url, "JWT_CA_FILE": authority.certificateFile]
        try await withGateway(Self.often, good) { (server) async throws in
            #expect(try await eventually { () async throws in try await isReady(server) })
            #expect(try await statuses(server, key.token()) == [200])
        }
        relay.stop()
        authority.discard(identity)
    }

    @Test("OIDC_ISSUER_URL: the issuer's document leads to its keys, and tokens must be of that issuer")
    func discovery() async throws {
        let issuer = try KeyServer()
        let elsewhere = try KeyServer()
        let key = try TestSigningKey("a")
        let name = "\(issuer.url)/realms/acme/"
        issuer.reply(
            "/realms/acme/.well-known/openid-configuration",
            .json("{\"issuer\":\"\(name)\",\"jwks_uri\":\"\(elsewhere.url)/keys?p=1\"}"))
        elsewhere.reply("/keys?p=1", .json(keySet(key)))
        try issuer.start()
        try elsewhere.start()
        let settings = ["OIDC_ISSUER_URL": name, "JWT_ISSUER": ""]
        try await withGateway(Self.often, settings) { (server) async throws in
            #expect(try await eventually { () async throws in try await isReady(server) })
            #expect(try await statuses(server, key.token(issuer: name)) == [200])
            for other in [String(name.dropLast()), KeyVectors.issuer, ""] {
                #expect(try await server.status(token: key.token(issuer: other)) == 401)
            }
            #expect(try await server.status(token: key.token(issuer: name, audience: "another")) == 401)
        }
    }

    @Test("the gateway stops while its endpoint does not answer, and serves meanwhile")
    func hangingEndpoint() async throws {
        let issuer = try KeyServer()
        issuer.reply("/keys", .hang)
        try issuer.start()
        let key = try TestSigningKey("a")
        try await withGateway(Self.often, ["JWT_JWKS_URL": "\(issuer.url)/keys", "SHARDS": "1"]) {
            (server) async throws in
            #expect(try await eventually { issuer.targets.count == 1 })
            #expect(try await statuses(server, key.token()) == [503])
        }
    }

    @Test("SIGHUP has the keys fetched at once")
    func hangup() async throws {
        let issuer = try KeyServer()
        let (first, second) = (try TestSigningKey("a"), try TestSigningKey("b"))
        issuer.reply("/keys", .json(keySet(first)))
        try issuer.start()
        let upstream = try ScriptedUpstream([Self.answer])
        defer { upstream.stop() }
        let port = try freePort()
        let process = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: Self.expected.merging([
                "JWT_JWKS_URL": "\(issuer.url)/keys", "LISTEN": "127.0.0.1:\(port)", "SHARDS": "2",
                "PROMETHEUS_URL": "http://127.0.0.1:\(upstream.port)",
            ]) { $1 })
        defer { process.terminate() }
        #expect(try await process.waitForOutput("\"the keys for tokens were fetched\""))
        let server = TestServer(port: port, sink: MemorySink())
        #expect(try await eventually { () async throws in try await isReady(server) })
        #expect(try await statuses(server, first.token()) == [200])
        kill(process.processIdentifier, SIGHUP)
        #expect(try await process.waitForOutput("the keys for tokens were fetched, and are as they were"))
        issuer.reply("/keys", .json(keySet(second)))
        kill(process.processIdentifier, SIGHUP)
        #expect(try await eventually { () async throws in try await server.status(token: first.token()) == 401 })
        #expect(try await statuses(server, second.token()) == [200])
    }
}
