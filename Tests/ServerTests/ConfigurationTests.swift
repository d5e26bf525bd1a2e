import Foundation
import Testing

@testable import Server

@Suite("Configuration")
struct ConfigurationTests {
    private func configuration(_ environment: [String: String]) throws -> Configuration {
        try Configuration(SettingSource(environment: environment)) { path in
            guard path == "key" else { throw FileFailure(description: "No such file or directory") }
            return Array(Tokens.secretText.utf8)
        }
    }

    private func mistakes(_ environment: [String: String]) -> [String] {
        do {
            _ = try configuration(environment)
            return []
        } catch {
            return (error as? Configuration.Invalid)?.messages ?? ["\(error)"]
        }
    }

    @Test("a key is all that has to be set")
    func defaults() throws {
        let configuration = try configuration(["JWT_HS256_SECRET_FILE": "key"])
        #expect(configuration.server.listen.description == "127.0.0.1:8080")
        #expect(configuration.upstreams.prometheus.description == "http://127.0.0.1:9090")
        #expect(configuration.identity.tenancy.label == "tenant_id")
        #expect(configuration.upstreams.timeout == .seconds(30))
    }

    @Test("without a key there is no start")
    func noKey() {
        #expect(
            mistakes([:]) == [
                "JWT_PUBLIC_KEY_FILE, JWT_JWKS_FILE, JWT_HS256_SECRET_FILE, JWT_JWKS_URL or OIDC_ISSUER_URL must be set: without a key no token can be verified"
            ])
    }

    @Test("all mistakes are named at once")
    func allAtOnce() {
        let messages = mistakes([
            "LISTEN": "nowhere", "SHARDS": "-1", "UPSTREAM_TIMEOUT": "soon", "PROMETHEUS_URL": "ftp://x",
            "TENANT_LABEL": "__name__", "TENANT_CLAIM": "a..b", "LOG_LEVEL": "loud", "MAX_BODY_BYTES": "1",
            "JWT_HS256_SECRET_FILE": "missing", "TENANT_CONFLICT": "maybe",
        ])
        let names = messages.compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(
            Set(names) == [
                "LISTEN", "SHARDS", "UPSTREAM_TIMEOUT", "PROMETHEUS_URL", "TENANT_LABEL", "TENANT_CLAIM", "LOG_LEVEL",
                "MAX_BODY_BYTES", "JWT_HS256_SECRET_FILE", "TENANT_CONFLICT",
            ])
        #expect(messages.count == 10)
    }

    private func keyMistakes(_ environment: [String: String], _ files: [String: String]) -> [String] {
        do {
            let expected = ["JWT_ISSUER": KeyVectors.issuer, "JWT_AUDIENCE": KeyVectors.audience]
            _ = try Configuration(SettingSource(environment: environment.merging(expected) { first, _ in first })) {
                path in
                guard let text = files[path] else { throw FileFailure(description: "No such file or directory") }
                return Array(text.utf8)
            }
            return []
        } catch {
            return error.messages
        }
    }

    @Test("keys come from PEM, a JWK set or a secret, or all of them")
    func keySources() throws {
        let files = [
            "pem": KeyVectors.firstPEM, "set": "{\"keys\":[\(KeyVectors.secondJWK)]}", "secret": Tokens.secretText,
        ]
        let sources = [("JWT_PUBLIC_KEY_FILE", "pem"), ("JWT_JWKS_FILE", "set"), ("JWT_HS256_SECRET_FILE", "secret")]
        for (name, file) in sources { #expect(keyMistakes([name: file], files) == []) }
        #expect(keyMistakes(Dictionary(uniqueKeysWithValues: sources), files) == [])
        let none = keyMistakes(Dictionary(uniqueKeysWithValues: sources), [:])
        #expect(
            none.map { $0.prefix { $0 != " " } } == ["JWT_PUBLIC_KEY_FILE", "JWT_JWKS_FILE", "JWT_HS256_SECRET_FILE"])
    }

    @Test("a public key is no secret, a secret no public key, and neither a JWK set")
    func mixedKeySources() {
        let files = [
            "pem": KeyVectors.firstPEM, "set": "{\"keys\":[\(KeyVectors.secondJWK)]}", "secret": Tokens.secretText,
        ]
        for (name, wrong) in [
            ("JWT_PUBLIC_KEY_FILE", ["set", "secret"]), ("JWT_JWKS_FILE", ["pem", "secret"]),
            ("JWT_HS256_SECRET_FILE", ["pem", "set"]),
        ] {
            for file in wrong {
                let mistakes = keyMistakes([name: file], files)
                #expect(mistakes.count == 1 && mistakes[0].hasPrefix("\(name) \(file): "), "\(mistakes)")
                #expect(!mistakes.joined().contains(Tokens.secretText))
            }
        }
    }

    @Test("JWT_ALGORITHMS is a list of algorithms, none not among them, and keys for others are refused")
    func algorithms() throws {
        let files = ["pem": KeyVectors.firstPEM, "secret": Tokens.secretText]
        for text in ["ES256", "RS256,ES256", "RS256, PS512, ES256", "ES256,ES256"] {
            #expect(keyMistakes(["JWT_PUBLIC_KEY_FILE": "pem", "JWT_ALGORITHMS": text], files) == [], "\(text)")
        }
        for text in ["none", "es256", "ES256,", ",", "ES256;RS256", "ES256,none", "HS1", "ES256K"] {
            let mistakes = keyMistakes(["JWT_PUBLIC_KEY_FILE": "pem", "JWT_ALGORITHMS": text], files)
            #expect(mistakes.count == 1 && mistakes[0].hasPrefix("JWT_ALGORITHMS must be of HS256, "), "\(text)")
        }
        #expect(
            keyMistakes(["JWT_PUBLIC_KEY_FILE": "pem", "JWT_ALGORITHMS": "RS256"], files)
                == ["JWT_PUBLIC_KEY_FILE pem: the key is for ES256, which is not allowed"])
        #expect(
            keyMistakes(["JWT_HS256_SECRET_FILE": "secret", "JWT_ALGORITHMS": "ES256"], files)
                == ["JWT_HS256_SECRET_FILE secret: the key is for HS256, which is not allowed"])
    }

    @Test("a short secret is refused, and does not stand in the message")
    func shortSecret() {
        do {
            _ = try Configuration(SettingSource(environment: ["JWT_HS256_SECRET_FILE": "key"])) { _ in
                Array("hunter2".utf8)
            }
            Issue.record("accepted")
        } catch {
            #expect(error.messages.count == 1)
            #expect(!error.messages.joined().contains("hunter2"))
        }
    }

    @Test("a password in a URL is refused and masked everywhere")
    func password() {
        let environment = ["PROMETHEUS_URL": "http://user:hunter2@prometheus:9090", "JWT_HS256_SECRET_FILE": "key"]
        #expect(mistakes(environment).count == 1)
        #expect(!mistakes(environment).joined().contains("hunter2"))
        #expect(!ConfigurationText.effective(SettingSource(environment: environment)).contains("hunter2"))
    }

    @Test(
        "upstream URLs are read with port and prefix",
        arguments: [
            ("http://p", "http://p:80"), ("http://p:9090/", "http://p:9090"), ("http://p/a/b/", "http://p:80/a/b"),
            ("http://[::1]:9/x", "http://[::1]:9/x"), ("HTTP://10.0.0.1:1", "http://10.0.0.1:1"),
            ("https://p", "https://p:443"), ("HTTPS://p:80/a", "https://p:80/a"),
            ("https://[::1]", "https://[::1]:443"),
        ])
    func upstreamURLs(_ text: String, _ wanted: String) throws {
        #expect(try UpstreamURL(text).description == wanted)
    }

    @Test(
        "any other upstream URL is refused",
        arguments: [
            "https//p", "httpss://p", "p:9090", "http://", "https://", "https://u@p", "http://p:0", "http://p:70000",
            "http://p?x", "http://p#x", "http://p/..",
            "http://p/%2e", "http://a b", "http://[zz]:1", "",
        ])
    func badUpstreamURLs(_ text: String) {
        #expect(throws: InvalidSetting.self) { try UpstreamURL(text) }
    }

    /// What is wrong with these settings, where files hold what their names say.
    private func mistakesOfFiles(_ environment: [String: String]) -> [String] {
        let files = [
            "key": Tokens.secretText, "certificate": "-----BEGIN CERTIFICATE-----", "empty": "",
            "private": "-----BEGIN EC PRIVATE KEY-----", "locked": "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "bearer": "Bearer hunter2", "lines": "Bearer hunter2\nX: y\n",
        ]
        do {
            _ = try Configuration(
                SettingSource(environment: environment.merging(["JWT_HS256_SECRET_FILE": "key"]) { $1 })
            ) { path in
                guard let text = files[path] else { throw FileFailure(description: "No such file or directory") }
                return Array(text.utf8)
            }
            return []
        } catch {
            return error.messages
        }
    }

    @Test("certificates and keys for https:// upstreams are looked at before the start")
    func upstreamFiles() {
        let tls = ["PROMETHEUS_URL": "https://p"]
        let good = [
            "UPSTREAM_CA_FILE": "certificate", "UPSTREAM_CLIENT_CERT_FILE": "certificate",
            "UPSTREAM_CLIENT_KEY_FILE": "private", "UPSTREAM_AUTHORIZATION_FILE": "bearer",
        ]
        #expect(mistakesOfFiles(tls).isEmpty)
        #expect(mistakesOfFiles(tls.merging(good) { $1 }).isEmpty)
        #expect(mistakesOfFiles(["TEMPO_URL": "https://t"].merging(good) { $1 }).isEmpty)
        #expect(mistakesOfFiles(["UPSTREAM_AUTHORIZATION_FILE": "bearer"]).isEmpty)
        for (name, file, message) in [
            ("UPSTREAM_CA_FILE", "none", "none: No such file or directory"),
            ("UPSTREAM_CA_FILE", "empty", "empty: the file holds no certificate in PEM"),
            ("UPSTREAM_CLIENT_CERT_FILE", "private", "private: the file holds no certificate in PEM"),
            ("UPSTREAM_CLIENT_KEY_FILE", "certificate", "certificate: the file holds no private key in PEM"),
            (
                "UPSTREAM_CLIENT_KEY_FILE", "locked",
                "locked: the key is encrypted, and there is nobody to ask for its password"
            ),
            ("UPSTREAM_AUTHORIZATION_FILE", "none", "none: No such file or directory"),
            (
                "UPSTREAM_AUTHORIZATION_FILE", "lines",
                "lines: the file must hold one line of visible ASCII characters, without spaces around it"
            ),
        ] {
            #expect(mistakesOfFiles(tls.merging(good) { $1 }.merging([name: file]) { $1 }) == ["\(name) \(message)"])
        }
    }

    @Test("a client certificate needs its key, and neither is of use without an https:// upstream")
    func upstreamFilesTogether() {
        #expect(
            mistakesOfFiles(["PROMETHEUS_URL": "https://p", "UPSTREAM_CLIENT_CERT_FILE": "certificate"])
                == [
                    "UPSTREAM_CLIENT_KEY_FILE must be set where UPSTREAM_CLIENT_CERT_FILE is; one file may hold both"
                ])
        #expect(
            mistakesOfFiles(["PROMETHEUS_URL": "https://p", "UPSTREAM_CLIENT_KEY_FILE": "private"])
                == [
                    "UPSTREAM_CLIENT_CERT_FILE must be set where UPSTREAM_CLIENT_KEY_FILE is; one file may hold both"
                ])
        #expect(
            mistakesOfFiles(["UPSTREAM_CA_FILE": "certificate"])
                == ["UPSTREAM_CA_FILE is set, but no upstream has an https:// URL"])
    }

    @Test(
        "durations and sizes have units",
        arguments: [("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("24h", 86_400_000)])
    func durations(_ text: String, _ milliseconds: Int) throws {
        #expect(try SettingParsers.duration(text) == .milliseconds(milliseconds))
    }

    @Test("others are refused", arguments: ["30", "s", "1d", "25h", "-1s", "1.5s", "1s1s", "99999999999999999999s"])
    func badDurations(_ text: String) {
        #expect(throws: InvalidSetting.self) { try SettingParsers.duration(text) }
    }

    @Test("the environment goes before .env, and an empty variable counts as not set")
    func precedence() {
        let source = SettingSource(environment: ["A": "1", "B": ""], dotEnv: ["A": "2", "B": "3"])
        #expect(source.text(of: "A", default: "0")?.text == "1")
        #expect(source.text(of: "B", default: "0")?.text == "3")
        #expect(source.text(of: "C", default: "0")?.text == "0")
        #expect(source.text(of: "C", default: nil) == nil)
    }

    @Test("limits are off by default; a rate may have decimals and its own burst")
    func limits() throws {
        func limits(_ more: [String: String]) throws -> LimitSettings {
            try configuration(["JWT_HS256_SECRET_FILE": "key"].merging(more) { $1 }).limits
        }
        #expect(try limits([:]).tenantLimits() == nil)
        #expect(try limits(["RATE_LIMIT_PER_SECOND": "0", "RATE_LIMIT_BURST": "9"]).tenantLimits() == nil)
        #expect(try limits(["RATE_LIMIT_PER_SECOND": "50"]).rate == RequestRate(thousandthsPerSecond: 50_000))
        #expect(
            try limits(["RATE_LIMIT_PER_SECOND": "0.25", "RATE_LIMIT_BURST": "7"]).rate
                == RequestRate(thousandthsPerSecond: 250, burst: 7))
        #expect(try limits(["RATE_LIMIT_PER_SECOND": "1000000"]).rate?.interval == 1_000)
        let concurrent = try limits(["MAX_CONCURRENT_REQUESTS_PER_TENANT": "4"]).tenantLimits()
        #expect(concurrent?.mostRunning == 4)
        #expect(concurrent?.rate == nil)
    }

    @Test(
        "a rate that is none is refused",
        arguments: [
            "-1", "+1", ".5", "1.", "1.0000", "0.0001", "1e3", "1000001", "99999999999999999999", "1,5", "٣",
        ])
    func rates(_ text: String) {
        #expect(mistakes(["JWT_HS256_SECRET_FILE": "key", "RATE_LIMIT_PER_SECOND": text]).count == 1)
    }

    @Test("origins are read as browsers send them")
    func origins() throws {
        func origins(_ text: String?) throws -> AllowedOrigins {
            var environment = ["JWT_HS256_SECRET_FILE": "key"]
            environment["CORS_ALLOWED_ORIGINS"] = text
            return try configuration(environment).server.allowedOrigins
        }
        #expect(try origins(nil) == .none)
        #expect(try origins("*") == .any)
        #expect(
            try origins("https://app.example.org, http://localhost:3000,http://[::1]:8080,https://[::1]")
                == .these([
                    "https://app.example.org", "http://localhost:3000", "http://[::1]:8080", "https://[::1]",
                ]))
    }

    @Test(
        "an origin that no browser sends is refused",
        arguments: [
            "app.example.org", "https://", "https://app.example.org/", "https://App.example.org", "https://a:443",
            "http://a:80", "https://a:0", "https://a:08443", "https://a:", "*,https://a", "https://*.example.org",
            "null",
            "ftp://a", "https://a,", "https://a;https://b", "https://user@a", "https://a?b",
        ])
    func noOrigins(_ text: String) {
        #expect(mistakes(["JWT_HS256_SECRET_FILE": "key", "CORS_ALLOWED_ORIGINS": text]).count == 1)
    }

    @Test("the limits of queries are durations, numbers and sizes, none by default but the size")
    func queryLimits() throws {
        let defaults = try configuration(["JWT_HS256_SECRET_FILE": "key"]).limits.queries
        #expect(defaults.range == nil && defaults.points == nil && defaults.bytes == 65_536)
        let limits = try configuration([
            "JWT_HS256_SECRET_FILE": "key", "MAX_QUERY_RANGE": "31d", "MAX_QUERY_POINTS": "11000",
            "MAX_QUERY_BYTES": "4KiB",
        ]).limits.queries
        #expect(limits.range == 2_678_400_000 && limits.points == 11_000 && limits.bytes == 4_096)
        for (name, text) in [
            ("MAX_QUERY_RANGE", "long"), ("MAX_QUERY_RANGE", "-1h"), ("MAX_QUERY_POINTS", "-1"),
            ("MAX_QUERY_BYTES", "1MiB"), ("MAX_QUERY_BYTES", "0"), ("PROMETHEUS_FLAVOR", "cortex"),
            ("METADATA_SOURCE", "all"), ("METADATA_FILE", "key"),
        ] {
            #expect(mistakes(["JWT_HS256_SECRET_FILE": "key", name: text]).count == 1, "\(name)=\(text)")
        }
        let both = ["JWT_HS256_SECRET_FILE": "key", "METADATA_FILE": "metadata", "METADATA_SOURCE": "targets"]
        #expect(mistakes(both).contains { $0.contains("no effect") })
    }

    @Test("docs/configuration.md has the table of all settings")
    func documentation() throws {
        let text = try String(contentsOf: repositoryFile("docs/configuration.md"), encoding: .utf8)
        #expect(
            text.contains(ConfigurationText.markdown),
            "run: swift run palisade config --markdown, and put it into docs/configuration.md")
    }

    @Test("docs/errors.md has every code")
    func errors() throws {
        let text = try String(contentsOf: repositoryFile("docs/errors.md"), encoding: .utf8)
        #expect(text.contains(ErrorsText.markdown), "put this into docs/errors.md:\n\(ErrorsText.markdown)")
    }
}

/// A file of the repository, wherever it was checked out.
func repositoryFile(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(path)
}

@Suite(".env")
struct DotEnvTests {
    @Test("names and values are read, comments and quotes are not part of them")
    func parsing() throws {
        let variables = try DotEnv.parse(
            "# comment\nA=1\n  export B = two words \nC=\"a # b\"\nD='x'\nE=\nF=a#b # c\nG=a=b\r\n\n")
        #expect(
            variables == ["A": "1", "B": "two words", "C": "a # b", "D": "x", "E": "", "F": "a#b", "G": "a=b"])
    }

    @Test("what is no such line is refused with its number", arguments: ["A", "=1", "1A=2", "A B=1", "A=\"x"])
    func refused(_ line: String) {
        #expect { try DotEnv.parse("OK=1\n" + line) } throws: {
            ($0 as? DotEnv.Refused)?.message.hasPrefix(".env:2:") == true
        }
    }

    @Test("a file that others can write is refused")
    func permissions() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("env-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try DotEnv.read(path: path) == nil)
        try Data("A=1\n".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        #expect(try DotEnv.read(path: path) == ["A": "1"])
        chmod(path, 0o644)
        #expect(try DotEnv.read(path: path) == ["A": "1"])
        for mode in [0o620, 0o602, 0o666] as [mode_t] {
            chmod(path, mode)
            #expect(throws: DotEnv.Refused.self) { try DotEnv.read(path: path) }
        }
    }
}
