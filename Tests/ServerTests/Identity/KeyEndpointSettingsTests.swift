import Foundation
import Testing

@testable import Server

@Suite("Settings for keys from a URL")
struct KeyEndpointSettingsTests {
    private static let files = [
        "key": Tokens.secretText, "pem": KeyVectors.firstPEM, "set": "{\"keys\":[\(KeyVectors.firstJWK)]}",
        "certificate": "-----BEGIN CERTIFICATE-----", "empty": "",
    ]

    private func configuration(_ environment: [String: String]) throws -> Configuration {
        try Configuration(SettingSource(environment: environment)) { path in
            guard let text = Self.files[path] else { throw FileFailure(description: "No such file or directory") }
            return Array(text.utf8)
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

    private static let expected = ["JWT_ISSUER": "https://i", "JWT_AUDIENCE": "palisade"]

    @Test("a URL is enough for keys, alone or beside files")
    func enough() throws {
        let url = Self.expected.merging(["JWT_JWKS_URL": "https://i/keys?a=b"]) { $1 }
        let endpoint = try #require(try configuration(url).identity.keyEndpoint)
        #expect(endpoint.url.description == "https://i/keys")
        #expect(endpoint.url.target == "/keys?a=b")
        #expect(endpoint.tls.authoritiesFile == nil)
        for (name, file) in [
            ("JWT_PUBLIC_KEY_FILE", "pem"), ("JWT_JWKS_FILE", "set"), ("JWT_HS256_SECRET_FILE", "key"),
            ("JWT_CA_FILE", "certificate"),
        ] {
            #expect(mistakes(url.merging([name: file]) { $1 }) == [])
        }
    }

    @Test("an issuer's URL is the expected issuer, too", arguments: ["https://i", "https://i/", "https://i/a/b/"])
    func issuer(_ text: String) throws {
        let settings = ["OIDC_ISSUER_URL": text, "JWT_AUDIENCE": "palisade"]
        let identity = try configuration(settings).identity
        #expect(identity.tokens.issuer == text)
        let path = text.hasSuffix("/a/b/") ? "/a/b" : ""
        #expect(identity.keyEndpoint?.url.description == "https://i\(path)/.well-known/openid-configuration")
        #expect(mistakes(settings.merging(["JWT_ISSUER": text]) { $1 }) == [])
        #expect(
            mistakes(settings.merging(["JWT_ISSUER": "\(text)/"]) { $1 })
                == ["JWT_ISSUER must be the same as OIDC_ISSUER_URL, byte for byte, or not be set"])
    }

    @Test(
        "issuer and audience must be said with keys that are an issuer's",
        arguments: [("JWT_JWKS_FILE", "set"), ("JWT_JWKS_URL", "https://i/keys"), ("OIDC_ISSUER_URL", "https://i")])
    func expectations(_ name: String, _ value: String) {
        let reason = "must be set where \(name) is: such keys sign tokens for others as well"
        let issuer = name == "OIDC_ISSUER_URL" ? [] : ["JWT_ISSUER \(reason)"]
        #expect(mistakes([name: value]) == issuer + ["JWT_AUDIENCE \(reason)"])
        #expect(mistakes([name: value, "JWT_AUDIENCE": "a"]) == issuer)
        #expect(mistakes(["JWT_PUBLIC_KEY_FILE": "pem"]) == [])
    }

    @Test("the two ways to name an endpoint exclude each other")
    func both() {
        #expect(
            mistakes([
                "JWT_JWKS_URL": "https://i/keys", "OIDC_ISSUER_URL": "https://i", "JWT_AUDIENCE": "a",
            ]) == ["JWT_JWKS_URL and OIDC_ISSUER_URL must not both be set: an issuer names the URL itself"])
    }

    @Test("JWT_CA_FILE holds certificates and needs an https:// URL; every mistake is named at once")
    func authorities() {
        #expect(
            mistakes(["JWT_HS256_SECRET_FILE": "key", "JWT_CA_FILE": "certificate"])
                == ["JWT_CA_FILE is set, but neither JWT_JWKS_URL nor OIDC_ISSUER_URL is an https:// URL"])
        #expect(
            mistakes(
                Self.expected.merging(["JWT_JWKS_URL": "http://localhost/keys", "JWT_CA_FILE": "certificate"]) { $1 })
                == ["JWT_CA_FILE is set, but neither JWT_JWKS_URL nor OIDC_ISSUER_URL is an https:// URL"])
        let all = mistakes(["JWT_JWKS_URL": "http://i/keys", "JWT_CA_FILE": "empty", "JWT_ALGORITHMS": "none"])
        #expect(
            all.map { String($0.prefix { $0 != " " }) }
                == ["JWT_ALGORITHMS", "JWT_JWKS_URL", "JWT_CA_FILE", "JWT_ISSUER", "JWT_AUDIENCE"])
    }

    @Test(
        "URLs are https://, or http:// on this machine",
        arguments: [
            ("https://i", "/"), ("HTTPS://i:8443/a/b", "/a/b"), ("https://i?x", "/?x"),
            ("https://i/a%2fb?x=@:/?y", "/a%2fb?x=@:/?y"), ("http://127.0.0.1:1/k", "/k"), ("http://127.9.9.9", "/"),
            ("http://[::1]:80/k", "/k"), ("http://localhost/k", "/k"), ("http://LOCALHOST/k", "/k"),
            ("https://[2001:db8::1]/k", "/k"),
        ])
    func urls(_ text: String, _ target: String) throws {
        #expect(try KeyEndpointURL(text).target == target)
    }

    @Test(
        "others are refused, and a password is not shown",
        arguments: [
            "", "i", "//i", "ftp://i", "file:///etc/passwd", "https://", "https:///k", "https://i:0", "https://i:99999",
            "https://i/#x", "https://i#", "https://u:hunter2@i/k", "https://u@i", "https://i\\@evil", "https://i /k",
            "https://i/k\n", "https://i/ü", "http://i/k", "http://127.0.0.1.evil/k", "http://127.evil/k",
            "http://127.1/k", "http://0.0.0.0/k", "http://10.0.0.1/k", "http://localhost.evil/k", "http://[::2]/k",
            "http://127.0.0.256/k", "http://u@127.0.0.1/k",
        ])
    func badURLs(_ text: String) {
        #expect(throws: InvalidSetting.self) { try KeyEndpointURL(text) }
        #expect(throws: InvalidSetting.self) { try OpenIDIssuer(text) }
        let environment = Self.expected.merging(["JWT_JWKS_URL": text]) { $1 }
        #expect(!mistakes(environment).joined().contains("hunter2"))
        #expect(!ConfigurationText.effective(SettingSource(environment: environment)).contains("hunter2"))
    }

    @Test("an issuer has no query") func issuerQuery() {
        #expect(throws: InvalidSetting(message: "must have no query")) { try OpenIDIssuer("https://i/?a") }
    }
}
