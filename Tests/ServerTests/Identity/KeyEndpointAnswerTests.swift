import APIRuntime
import EventLoop
import Foundation
import JOSE
import Telemetry
import Testing

@testable import Server

/// What becomes of the answers of an endpoint.
@Suite("Answers with keys", .timeLimit(.minutes(2)))
struct KeyEndpointAnswerTests {
    /// Keys that have been fetched once, and are fetched again when asked.
    private final class Fetched: Sendable {
        let keys: TokenKeys
        let sink = MemorySink()
        private let watch: KeyEndpointWatch
        private let shards: ShardGroup

        init(_ settings: [String: String], timeout: Duration = .seconds(10)) throws {
            let expected = ["JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience]
            let source = SettingSource(environment: expected.merging(settings) { $1 })
            let identity = try Configuration(source) { _ in Array(Tokens.secretText.utf8) }.identity
            shards = try ShardGroup(count: 1)
            try shards.start()
            keys = TokenKeys(
                identity.keys, files: identity.keyFiles, awaitsEndpoint: true, policy: identity.tokens,
                logger: Logger(sink: sink))
            let timing = KeyEndpointWatch.Timing(unknownKeyInterval: .zero, timeout: timeout)
            watch = KeyEndpointWatch(
                try #require(identity.keyEndpoint), keys: keys, shard: shards.shards[0], timing: timing,
                logger: Logger(sink: sink))
        }

        /// Fetches the keys, and gives what the log says of it.
        func fetch() async throws -> String {
            let before = sink.lines.count
            #expect(await watch.refreshForUnknownKey())
            return sink.lines.dropFirst(before).map {
                ($0["error"] ?? $0["warning"] ?? $0["message"])?.stringValue ?? ""
            }.joined(separator: "; ")
        }

        /// As SIGHUP does.
        func reload() { watch.reload() }

        func accepts(_ token: String) -> Bool {
            (try? keys.verifier?.verify(token, now: Timestamp.unixSeconds())) != nil
        }

        func end() async {
            await watch.close()
            shards.stop()
            shards.join()
        }
    }

    /// An answer that is not to be used, and what the log says of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: KeyServer.Reply
        let reason: String

        init(_ name: String, _ reply: KeyServer.Reply, _ reason: String) {
            testDescription = name
            self.reply = reply
            self.reason = reason
        }
    }

    private static let good = "{\"keys\":[\(KeyVectors.secondJWK)]}"

    static let answers: [Case] = [
        Case("garbage", .json("nonsense"), "the JWK set is not JSON (line 1, column 1)"),
        Case("nothing", .json(""), "the JWK set is not JSON"),
        Case("no set", .json("[]"), "the JWK set is not an object with an array of keys"),
        Case("an empty set", .json("{\"keys\":[]}"), "the JWK set has no key that can be used"),
        Case(
            "a name twice", .json("{\"keys\":[],\"keys\":[\(KeyVectors.secondJWK)]}"), "the JWK set is not JSON"),
        Case(
            "an id twice", .json("{\"keys\":[\(KeyVectors.secondJWK),\(KeyVectors.secondJWK)]}"),
            "two keys for the same algorithm have the id '2'"),
        Case(
            "shared secrets alone", .json(#"{"keys":[{"kty":"oct","k":"\#(String(repeating: "A", count: 64))"}]}"#),
            "it is a shared secret that others can read"),
        Case(
            "more keys than a set may have",
            .json("{\"keys\":[" + String(repeating: "{},", count: 256) + "\(KeyVectors.secondJWK)]}"),
            "more than 256 keys"),
        Case("another media type", .json(good, type: "text/html"), "another media type"),
        Case("no media type", .bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), "another media type"),
        Case("a content coding", .json(good, headers: "Content-Encoding: gzip\r\n"), "a content coding"),
        Case("404", .json(good, status: "404 Not Found"), "status 404"),
        Case("206", .json(good, status: "206 Partial Content"), "status 206"),
        Case("500", .json(good, status: "500 Internal Server Error"), "status 500"),
        Case(
            "an announced megabyte",
            .bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n"),
            "more than 524288 bytes"),
        Case(
            "a megabyte that is not announced",
            .bytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                    + String(repeating: " ", count: 1 << 20) + good),
            "more than 524288 bytes"),
        Case(
            "an answer that is cut",
            .bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n\(good)"),
            "broke off"),
        Case("no HTTP", .bytes("SSH-2.0-OpenSSH_9.2\r\n"), "gave a malformed answer"),
        Case("an end without an answer", .bytes(""), "closed the connection without an answer"),
        Case("silence", .hang, "did not answer in time"),
        Case(
            "a byte now and again",
            .drip("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"),
            "did not answer in time"),
    ]

    @Test("an answer that holds no keys leaves the old ones in use, and the log says why", arguments: answers)
    func badAnswers(_ bad: Case) async throws {
        let issuer = try KeyServer()
        issuer.reply("/keys?tenant=secret", .json("{\"keys\":[\(KeyVectors.firstJWK)]}"))
        try issuer.start()
        let fetched = try Fetched(["JWT_JWKS_URL": "\(issuer.url)/keys?tenant=secret"], timeout: .milliseconds(700))
        #expect(try await fetched.fetch() == "the keys for tokens were fetched")
        let generation = fetched.keys.generation
        issuer.reply("/keys?tenant=secret", bad.reply)
        let reason = try await fetched.fetch()
        #expect(reason.contains(bad.reason), "\(reason)")
        #expect(fetched.keys.generation == generation)
        #expect(fetched.accepts(KeyVectors.firstToken) && !fetched.accepts(KeyVectors.secondToken))
        #expect(!fetched.sink.text.contains("tenant=secret"))
        // The next good answer counts.
        issuer.reply("/keys?tenant=secret", .json(Self.good))
        #expect(try await fetched.fetch() == "the keys for tokens were fetched")
        #expect(!fetched.accepts(KeyVectors.firstToken) && fetched.accepts(KeyVectors.secondToken))
        await fetched.end()
    }

    @Test("whoever asks while a fetch is under way has the endpoint asked once more, and is told")
    func askedMeanwhile() async throws {
        let issuer = try KeyServer()
        issuer.reply("/keys", .hang)
        try issuer.start()
        let fetched = try Fetched(["JWT_JWKS_URL": "\(issuer.url)/keys"], timeout: .milliseconds(700))
        fetched.reload()
        #expect(try await eventually { issuer.targets.count == 1 })
        issuer.reply("/keys", .json(Self.good))
        fetched.reload()
        #expect(try await eventually { fetched.keys.isComplete })
        #expect(issuer.targets.count == 2)
        fetched.reload()
        #expect(try await eventually { fetched.sink.text.contains("were fetched, and are as they were") })
        #expect(issuer.targets.count == 3)
        await fetched.end()
    }

    @Test("a redirect is not followed", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let issuer = try KeyServer()
        let elsewhere = try KeyServer()
        elsewhere.reply("/keys", .json(Self.good))
        try elsewhere.start()
        issuer.reply(
            "/keys",
            .json(Self.good, status: "\(status) Elsewhere", headers: "Location: \(elsewhere.url)/keys\r\n"))
        try issuer.start()
        let fetched = try Fetched(["JWT_JWKS_URL": "\(issuer.url)/keys"])
        #expect(
            try await fetched.fetch()
                == "\(issuer.url)/keys answered with status \(status); redirects are not followed")
        #expect(elsewhere.targets.isEmpty && !fetched.keys.isComplete && fetched.keys.verifier == nil)
        await fetched.end()
    }

    @Test("keys that cannot be used are left out of a set with a warning each, and the others count")
    func unusableKeys() async throws {
        let issuer = try KeyServer()
        let secret = String(repeating: "A", count: 64)
        let leaked = KeyVectors.secondJWK.dropLast() + #","d":"\#(String(repeating: "A", count: 43))"}"#
        issuer.reply(
            "/keys",
            .json(
                """
                {"keys":[{"kty":"oct","k":"\(secret)"},{"kty":"new"},\
                {"kty":"RSA","use":"enc","n":"AQAB","e":"AQAB"},{"kty":"RSA","e":"AQAB","n":"\
                \(String(repeating: "_", count: 170))w"},\(leaked),7,\(KeyVectors.firstJWK)]}
                """))
        try issuer.start()
        let fetched = try Fetched(["JWT_JWKS_URL": "\(issuer.url)/keys"])
        let log = try await fetched.fetch()
        for part in [
            "key 1 is left out: it is a shared secret that others can read",
            "key 2 is left out: the kty 'new' is not supported", "key 3 is left out: the use 'enc' is not supported",
            "key 4 is left out: the key has 1024 bits, at least 2048 are required",
            "key 5 (kid '2') is left out: it has its private part, which others can read",
            "key 6 is left out: it is not an object",
        ] { #expect(log.contains(part), "\(log)") }
        #expect(fetched.accepts(KeyVectors.firstToken) && !fetched.accepts(KeyVectors.secondToken))
        await fetched.end()
    }

    @Test("an endpoint's key never stands in for one of the same id in a file")
    func sameID() async throws {
        let issuer = try KeyServer()
        let key = try TestSigningKey("1")
        issuer.reply("/keys", .json(keySet(key)))
        try issuer.start()
        let source = ["JWT_JWKS_URL": "\(issuer.url)/keys", "JWT_JWKS_FILE": "set"].merging([
            "JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience,
        ]) { $1 }
        let identity = try Configuration(SettingSource(environment: source)) { _ in
            Array("{\"keys\":[\(KeyVectors.firstJWK)]}".utf8)
        }.identity
        let sink = MemorySink()
        let keys = TokenKeys(identity.keys, awaitsEndpoint: true, policy: identity.tokens, logger: Logger(sink: sink))
        #expect(try keys.take(Array(keySet(key, try TestSigningKey("2")).utf8), allowed: AllowedAlgorithms()))
        let now = Timestamp.unixSeconds()
        #expect((try? keys.verifier?.verify(KeyVectors.firstToken, now: now)) != nil)
        let token = try key.token()
        #expect((try? keys.verifier?.verify(token, now: now)) == nil)
        #expect(sink.text.contains("the fetched key of the id '1' is left out: a file has one of that id"))
    }

    // MARK: An issuer's document

    static let documents: [Case] = [
        Case("another issuer", .json(#"{"issuer":"http://127.0.0.1","jwks_uri":"KEYS"}"#), "another issuer"),
        Case("the issuer with a slash", .json(#"{"issuer":"ISSUER/","jwks_uri":"KEYS"}"#), "another issuer"),
        Case("no issuer", .json(#"{"jwks_uri":"KEYS"}"#), "another issuer than OIDC_ISSUER_URL, or for none"),
        Case("an issuer that is a number", .json(#"{"issuer":7,"jwks_uri":"KEYS"}"#), "another issuer"),
        Case(
            "two issuers", .json(#"{"issuer":"ISSUER","issuer":"ISSUER","jwks_uri":"KEYS"}"#),
            "gave no JSON (line 1,"),
        Case("no jwks_uri", .json(#"{"issuer":"ISSUER"}"#), "names no jwks_uri"),
        Case(
            "keys by http:// from elsewhere", .json(#"{"issuer":"ISSUER","jwks_uri":"http://192.0.2.1/keys"}"#),
            "names a jwks_uri that must begin with https://"),
        Case(
            "keys with a password", .json(#"{"issuer":"ISSUER","jwks_uri":"https://a:b@c/keys"}"#),
            "names a jwks_uri that must have no user"),
        Case(
            "keys in a file", .json(#"{"issuer":"ISSUER","jwks_uri":"file:///etc/passwd"}"#),
            "names a jwks_uri that must begin with https://"),
        Case("garbage", .json("<html>"), "gave no JSON"),
        Case(
            "a media type of another sort", .json(#"{"issuer":"ISSUER","jwks_uri":"KEYS"}"#, type: "text/plain"),
            "another media type"),
        Case("404", .json("{}", status: "404 Not Found"), "status 404"),
    ]

    @Test("an issuer's document that is not its own, or names no good URL, leads nowhere", arguments: documents)
    func badDocuments(_ bad: Case) async throws {
        let issuer = try KeyServer()
        issuer.reply("/keys", .json(Self.good))
        guard case .bytes(let text) = bad.reply else { return }
        let body = text.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
        let filled = body.replacing("ISSUER", with: issuer.url).replacing("KEYS", with: "\(issuer.url)/keys")
        let reply = text.replacing(body, with: filled).replacing(
            "Content-Length: \(body.utf8.count)", with: "Content-Length: \(filled.utf8.count)")
        issuer.reply("/.well-known/openid-configuration", .bytes(reply))
        try issuer.start()
        let fetched = try Fetched(["OIDC_ISSUER_URL": issuer.url, "JWT_ISSUER": issuer.url])
        let reason = try await fetched.fetch()
        #expect(reason.contains(bad.reason), "\(reason)")
        #expect(issuer.targets == ["/.well-known/openid-configuration"])
        #expect(!fetched.keys.isComplete && fetched.keys.verifier == nil)
        await fetched.end()
    }

    // MARK: Times

    @Test(
        "max-age is read from Cache-Control",
        arguments: [
            (["max-age=600"], 600), (["public, max-age=21600, must-revalidate, no-transform"], 21_600),
            (["public", "Max-Age=5"], 5), (["max-age=99999999999999999999"], 1 << 31), ([], nil), (["public"], nil),
            (["max-age=60, max-age=90"], nil), (["max-age=-1"], nil), (["max-age=\"60\""], nil), (["max-age="], nil),
            (["no-store, max-age=60"], nil), (["max-age=60, no-cache"], nil), (["s-maxage=60"], nil),
        ] as [([String], Int?)])
    func maximumAge(_ values: [String], _ seconds: Int?) {
        let headers = HeaderFields(values.map { HeaderFields.Field(name: "cache-control", value: $0) })
        #expect(CacheLifetime.maximumAge(in: headers) == seconds.map { .seconds($0) })
    }

    @Test("the endpoint is asked every five minutes, or as often as it says within bounds; failures back off")
    func pauses() {
        let timing = KeyEndpointWatch.Timing()
        func isWithin(_ failures: Int, _ lifetime: Int?, _ range: ClosedRange<Double>) -> Bool {
            (0..<100).allSatisfy { _ in
                let pause = timing.pause(failures: failures, lifetime: lifetime.map { .seconds($0) })
                return pause >= .seconds(range.lowerBound) && pause <= .seconds(range.upperBound)
            }
        }
        #expect(isWithin(0, nil, 270...300))
        #expect(isWithin(0, 0, 54...60))
        #expect(isWithin(0, 600, 540...600))
        #expect(isWithin(0, 86_400, 3_240...3_600))
        #expect(isWithin(1, nil, 0.5...1))
        #expect(isWithin(4, 600, 4...8))
        for failures in [6, 40, 1_000, .max] { #expect(isWithin(failures, nil, 15...30)) }
    }
}
