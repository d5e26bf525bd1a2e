import Foundation
import TLS
import Testing

/// A folder with certificates that `openssl` made for one test.
final class TLSFixture: Sendable {
    let folder: URL

    /// With `certificate` and `other`, which are for localhost, and for clients `client` and `server-only`, which
    /// `authority` has signed, the latter not for use by clients, and `stranger`, which nobody has.
    init(clients: Bool = false) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["certificate", "other"] {
            try await make(name, ["-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        }
        guard clients else { return }
        try await make("authority", ["-subj", "/CN=authority"])
        try await make("stranger", ["-subj", "/CN=stranger", "-addext", "extendedKeyUsage=clientAuth"])
        for (name, purpose) in [("client", "clientAuth"), ("server-only", "serverAuth")] {
            try await make(
                name,
                [
                    "-subj", "/CN=\(name)", "-CA", path("authority.pem"), "-CAkey", path("authority.key"), "-addext",
                    "extendedKeyUsage=\(purpose)", "-addext", "basicConstraints=critical,CA:FALSE",
                ])
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(name))) }

    func credentials(_ name: String = "certificate", clientAuthorities: String? = nil) throws -> TLSCredentials {
        try TLSCredentials(
            certificateChain: try bytes(name + ".pem"), privateKey: try bytes(name + ".key"),
            clientAuthorities: try clientAuthorities.map { try bytes($0 + ".pem") })
    }

    private func make(_ name: String, _ options: [String]) async throws {
        let made = try await Peer.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-out", path(name + ".pem"), "-keyout", path(name + ".key"),
            ] + options)
        try #require(made.status == 0, "\(made.output)")
    }
}

/// Another program, such as an independent implementation of TLS.
final class Peer: Sendable {
    static let areInstalled = ["openssl", "curl", "python3"].allSatisfy { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    private let process: Guarded<Process>
    private let input: FileHandle
    private let kept = Guarded<(text: String, hasEnded: Bool)>(("", false))

    init(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", "60", program] + arguments
        let output = Pipe()
        let input = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = input
        self.input = input.fileHandleForWriting
        self.process = Guarded(process)
        try process.run()
        let reader = output.fileHandleForReading
        Thread.detachNewThread { [self] in
            while case let data = reader.availableData, !data.isEmpty {
                kept.withLock { $0.text += String(decoding: data, as: UTF8.self) }
            }
            self.process.withLock { $0.waitUntilExit() }
            kept.withLock { $0.hasEnded = true }
        }
    }

    deinit { process.withLock { if $0.isRunning { $0.terminate() } } }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> (
        status: Int32, output: String
    ) {
        let peer = try Peer(program, arguments)
        peer.write(input)
        peer.finishInput()
        while !peer.kept.withLock({ $0.hasEnded }) { try await Task.sleep(for: .milliseconds(2)) }
        return (peer.process.withLock { $0.terminationStatus }, peer.kept.withLock { $0.text })
    }

    func write(_ text: String) { try? input.write(contentsOf: Data(text.utf8)) }

    func finishInput() { try? input.close() }

    /// The next line of its output.
    func line() async throws -> String {
        while true {
            let (line, hasEnded) = kept.withLock { kept -> (String?, Bool) in
                guard let end = kept.text.firstIndex(of: "\n") else { return (nil, kept.hasEnded) }
                let line = String(kept.text[..<end])
                kept.text.removeSubrange(...end)
                return (line, kept.hasEnded)
            }
            if let line { return line }
            try #require(!hasEnded, "the peer has ended: \(kept.withLock { $0.text })")
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

/// A value behind a lock that the thread sanitizer knows; the standard library's `Mutex` it does not.
private final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: sending Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try lock.withLock { try body(&value) }
    }
}
