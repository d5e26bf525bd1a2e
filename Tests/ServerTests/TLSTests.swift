import Foundation
import Synchronization
import Telemetry
import Testing

@testable import Server

/// Files with certificates, and keys, that `openssl` made for a test; to be read by name.
private final class CertificateFolder: Sendable {
    let folder: URL

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["first", "second"] {
            #expect(
                try await openssl(
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                    "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost", "-out", "\(name).pem",
                    "-keyout", "\(name).key"))
        }
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("secret"))
        try Data("nonsense".utf8).write(to: folder.appendingPathComponent("nonsense"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func openssl(_ arguments: String...) async throws -> Bool {
        try await ChildProcess("/usr/bin/env", ["openssl"] + arguments, folder: folder).waitForExit() == 0
    }

    func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// Puts one pair's files where another's are.
    func use(_ name: String, as other: String) throws {
        for form in ["key", "pem"] {
            try Data(contentsOf: path("\(name).\(form)")).write(to: path("\(other).\(form)"), options: .atomic)
        }
    }

    func configuration(_ settings: [String: String]) throws -> Configuration {
        let settings = settings.merging(["JWT_HS256_SECRET_FILE": "secret"]) { $1 }
        return try Configuration(SettingSource(environment: settings)) { [folder] in
            try readSmallFile(folder.appendingPathComponent($0).path)
        }
    }

    func mistakes(_ settings: [String: String]) -> [String] {
        do {
            _ = try configuration(settings)
            return []
        } catch {
            return (error as? Configuration.Invalid)?.messages ?? ["\(error)"]
        }
    }
}

private let isInstalled = ["openssl", "curl"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
}

@Suite("TLS of the gateway", .enabled(if: isInstalled, "needs openssl and curl"), .timeLimit(.minutes(2)))
struct GatewayTLSTests {
    @Test("the files are checked at the start, each mistake with its setting")
    func settings() async throws {
        let files = try await CertificateFolder()
        #expect(
            try await files.openssl(
                "ec", "-in", "first.key", "-aes128", "-passout", "pass:secret", "-out", "locked.key"))
        #expect(
            try files.configuration([:]).tls.certificate == nil
                && files.configuration(["TLS_CERT_FILE": "first.pem", "TLS_KEY_FILE": "first.key"]).tls.certificate
                    != nil
        )
        #expect(
            files.mistakes([
                "TLS_CERT_FILE": "first.pem", "TLS_KEY_FILE": "first.key", "TLS_CLIENT_CA_FILE": "second.pem",
            ]) == [])
        #expect(files.mistakes(["TLS_CERT_FILE": "first.pem"]) == ["TLS_KEY_FILE must be set if TLS_CERT_FILE is"])
        #expect(files.mistakes(["TLS_KEY_FILE": "first.key"]) == ["TLS_CERT_FILE must be set if TLS_KEY_FILE is"])
        #expect(
            files.mistakes(["TLS_CLIENT_CA_FILE": "first.pem"]) == [
                "TLS_CLIENT_CA_FILE needs TLS_CERT_FILE and TLS_KEY_FILE: without them no client is asked for a certificate"
            ])
        let bad: [(certificate: String, key: String, authorities: String?, message: String)] = [
            ("first.pem", "second.key", nil, "TLS_KEY_FILE second.key: is not the private key of the certificate"),
            ("first.pem", "nonsense", nil, "TLS_KEY_FILE nonsense: holds no private key in PEM"),
            ("first.pem", "locked.key", nil, "TLS_KEY_FILE locked.key: is encrypted with a password"),
            ("first.pem", "none", nil, "TLS_KEY_FILE none: No such file or directory"),
            ("nonsense", "first.key", nil, "TLS_CERT_FILE nonsense: holds no certificate in PEM"),
            ("first.key", "first.key", nil, "TLS_CERT_FILE first.key: holds no certificate in PEM"),
            ("first.pem", "first.key", "nonsense", "TLS_CLIENT_CA_FILE nonsense: holds no certificate in PEM"),
        ]
        for bad in bad {
            var settings = ["TLS_CERT_FILE": bad.certificate, "TLS_KEY_FILE": bad.key]
            settings["TLS_CLIENT_CA_FILE"] = bad.authorities
            #expect(files.mistakes(settings) == [bad.message])
        }
    }

    @Test("a bad new file leaves the certificate as it was, with one error in the log")
    func keepsOld() async throws {
        let files = try await CertificateFolder()
        let configuration = try files.configuration(["TLS_CERT_FILE": "first.pem", "TLS_KEY_FILE": "first.key"])
        let loaded = try #require(configuration.tls.certificate)
        let sink = MemorySink()
        // The paths are relative to the folder, where looking for pipes finds nothing.
        let certificate = ListenerCertificate(loaded.loaded, files: loaded.files, logger: Logger(sink: sink))
        let before = certificate.tls.credentials
        func messages() -> [String] { sink.lines.compactMap { $0["message"]?.stringValue } }
        certificate.reload()
        #expect(messages().isEmpty)
        let good = try Data(contentsOf: files.path("first.key"))
        try Data("nonsense".utf8).write(to: files.path("first.key"))
        for _ in 0..<3 { certificate.reload() }
        try FileManager.default.removeItem(at: files.path("first.key"))
        for _ in 0..<3 { certificate.reload() }
        let failure = "the certificate cannot be read again; the old one stays in use"
        #expect(messages() == [failure, failure])
        #expect(certificate.tls.credentials === before)
        try good.write(to: files.path("first.key"))
        certificate.reload()
        #expect(messages().last == "the certificate is as it was")
        #expect(certificate.tls.credentials === before)
        try files.use("second", as: "first")
        certificate.reload()
        #expect(messages().last == "the certificate was read again")
        #expect(certificate.tls.credentials !== before)
        certificate.reload(isAsked: true)
        #expect(messages().last == "the certificate is as it was")
    }

    @Test("the gateway serves https with the certificate of now, and tells browsers to stay with it")
    func serves() async throws {
        let files = try await CertificateFolder()
        try files.use("first", as: "used")
        let port = try freePort()
        let server = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: [
                "JWT_HS256_SECRET_FILE": "secret", "LISTEN": "127.0.0.1:\(port)", "SHARDS": "2",
                "TLS_CERT_FILE": "used.pem", "TLS_KEY_FILE": "used.key",
            ], folder: files.folder)
        defer { server.terminate() }
        #expect(try await server.waitForOutput("\"scheme\":\"https\""))
        func get(_ path: String, trusting name: String) async throws -> (status: Int32, output: String) {
            let curl = try ChildProcess(
                "/usr/bin/env",
                ["curl", "-sSi", "--max-time", "10", "--cacert", "\(name).pem", "https://localhost:\(port)\(path)"],
                folder: files.folder)
            return (await curl.waitForExit(), curl.output)
        }
        for path in ["/health", "/nowhere"] {
            let answer = try await get(path, trusting: "first")
            #expect(answer.status == 0)
            #expect(answer.output.contains("\r\nStrict-Transport-Security: max-age=31536000\r\n"), "\(answer.output)")
        }
        #expect(try await get("/health", trusting: "second").status != 0)
        try files.use("second", as: "used")
        kill(server.processIdentifier, SIGHUP)
        #expect(try await server.waitForOutput("the certificate was read again"))
        #expect(try await get("/health", trusting: "first").status != 0)
        #expect(try await get("/health", trusting: "second").status == 0)
        // Without a signal, too.
        try files.use("first", as: "used")
        var status: Int32 = -1
        for _ in 0..<40 where status != 0 {
            try await Task.sleep(for: .milliseconds(250))
            status = try await get("/health", trusting: "first").status
        }
        #expect(status == 0)
        server.terminate()
        #expect(await server.waitForExit() == 0)
        #expect(!server.output.contains("PRIVATE KEY"))
    }

    @Test("without TLS nothing is said of it")
    func plain() async throws {
        try await TestServer.with(upstream: 9) { server in
            let answer = try await RawConnection.exchange(
                server.port, "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(!answer.contains("Strict-Transport-Security"))
        }
    }
}
