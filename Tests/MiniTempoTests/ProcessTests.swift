import Foundation
import JSON
import Testing

/// The program itself, which stands beside the tests.
private let program: URL? = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    return ["mini-tempo", "MiniTempo"].map { tests.appendingPathComponent($0) }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }
}()

@Suite("The program", .enabled(if: program != nil, "the program was not built beside the tests"))
struct ProcessTests {
    private struct Ended {
        let status: Int32
        let wasKilled: Bool
        let errors: String
    }

    /// Runs it; `whileRunning` gets the first line of its standard error.
    private func run(
        _ arguments: [String] = [], _ environment: [String: String] = [:],
        whileRunning: ((Process, String) throws -> Void)? = nil
    ) throws -> Ended {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var text = Data()
        if let whileRunning {
            while !text.contains(10) {
                let data = errors.fileHandleForReading.availableData
                if data.isEmpty { break }
                text += data
            }
            try whileRunning(process, String(decoding: text, as: UTF8.self))
        }
        text += errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            errors: String(decoding: text, as: UTF8.self))
    }

    @Test("It says what it is when it begins to serve, and ends well on SIGTERM and SIGINT", arguments: [false, true])
    func signals(_ interrupt: Bool) throws {
        let ended = try run([], ["LISTEN": "127.0.0.1:0", "MULTITENANCY": "true"]) { process, line in
            let started = try? JSONParser.parse(Array(line.utf8))
            #expect(started?["message"]?.stringValue?.contains("stand-in for Tempo") == true)
            #expect(started?["multitenancy"] == true)
            let port = started?["address"]?.stringValue?.split(separator: ":").last.flatMap { UInt16($0) }
            let ready = try port.map { try TempoClient(port: $0).get("/ready") }
            #expect(ready?.status == 200)
            if interrupt { process.interrupt() } else { process.terminate() }
        }
        #expect(!ended.wasKilled)
        #expect(ended.status == 0)
    }

    @Test("A wrong environment, or arguments, is exit code 2")
    func usage() throws {
        let ended = try run([], ["LISTEN": "x", "MULTITENANCY": "maybe"])
        #expect(ended.status == 2)
        #expect(ended.errors.contains("LISTEN must be"))
        #expect(ended.errors.contains("MULTITENANCY must be"))
        #expect(try run(["serve"]).status == 2)
        #expect(try run(["--help"]).status == 0)
    }

    @Test("A port that cannot be had is exit code 1")
    func noPort() throws {
        let ended = try run([], ["LISTEN": "192.0.2.1:1"])
        #expect(ended.status == 1)
        #expect(ended.errors.contains("listen on 192.0.2.1:1"))
    }
}
