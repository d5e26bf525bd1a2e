import Foundation
import Synchronization

/// A program that a test starts; its output is kept.
final class ChildProcess: Sendable {
    private let process: Mutex<Process>
    private let kept = Mutex(Data())
    private let exit = Mutex<(status: Int32?, waiting: [CheckedContinuation<Int32, Never>])>((nil, []))
    let processIdentifier: Int32

    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], folder: URL? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // Nothing of the machine's own settings gets in.
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "ADMIN_LISTEN": "127.0.0.1:0",
        ].merging(environment) { $1 }
        process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        self.process = Mutex(process)
        try process.run()
        processIdentifier = process.processIdentifier
        let reader = pipe.fileHandleForReading
        Thread.detachNewThread { [self] in
            while case let data = reader.availableData, !data.isEmpty { kept.withLock { $0.append(data) } }
            let status = self.process.withLock { process in
                process.waitUntilExit()
                return process.terminationStatus
            }
            let waiting = exit.withLock { state in
                defer { state = (status, []) }
                return state.waiting
            }
            for continuation in waiting { continuation.resume(returning: status) }
        }
    }

    /// Everything it has written so far.
    var output: String { kept.withLock { String(decoding: $0, as: UTF8.self) } }

    func terminate() { kill(processIdentifier, SIGTERM) }

    /// The exit status, once it has ended.
    func waitForExit() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = exit.withLock { state in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    /// Waits until the output contains a text; at most ten seconds.
    func waitForOutput(_ text: String) async throws -> Bool {
        for _ in 0..<500 {
            if output.contains(text) { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
