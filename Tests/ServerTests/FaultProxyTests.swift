import Foundation
import Testing

@testable import EventLoop

/// The program itself under load, with faults on both sides of it. Between client and gateway and between gateway and
/// upstream stands a ``FaultProxy`` each; the seed is fixed, or new with `FUZZ_SECONDS`, which also says for how long.
@Suite("Faults under load")
struct FaultProxyTests {
    /// What the clients saw.
    private struct Tally: Sendable {
        var right = 0
        var failed: [Int: Int] = [:]
        var broken = 0
        var wrong: [String] = []
    }

    /// The answer to a query of a name that holds a number and a size: both and the tenant, then that many bytes that
    /// follow from them.
    private static func body(_ query: String) -> [UInt8] {
        let size = Int(query.split(separator: "_").dropFirst(2).first?.prefix { $0.isNumber } ?? "") ?? 0
        var generator = Seeded(state: UInt64(size) &+ query.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        let word = Array(String(generator.next(), radix: 36).utf8)
        var body = Array(#"{"status":"success","query":"\#(query)","pad":""#.utf8)
        while body.count < size { body += word }
        return body + Array(#""}"#.utf8)
    }

    private static func answer(_ request: RecordingUpstream.Received) -> [UInt8] {
        let query = request.body.split(separator: "&").first { $0.hasPrefix("query=") }?.dropFirst(6) ?? ""
        let body = body(query.removingPercentEncoding?.replacingOccurrences(of: "\"", with: "'") ?? "")
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        // Chunks for some, so that both kinds of framing are damaged.
        guard body.count.isMultiple(of: 3) else {
            head += "Content-Length: \(body.count)\r\n\r\n"
            return Array(head.utf8) + body
        }
        var chunked = Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8)
        var rest = body[...]
        while !rest.isEmpty {
            let piece = rest.prefix(7_000)
            chunked += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10]
            rest = rest.dropFirst(7_000)
        }
        return chunked + Array("0\r\n\r\n".utf8)
    }

    /// Asks until the deadline over connections that are kept while they work.
    private static func ask(_ port: UInt16, seed: UInt64, tokens: [String: String], until deadline: Date) -> Tally {
        var tally = Tally()
        var generator = Seeded(state: seed)
        let client = BlockingClient(port)
        while deadline.timeIntervalSinceNow > 0 {
            let tenant = Bool.random(using: &generator) ? "acme" : "globex"
            let size = Int.random(in: 0...(1 << Int.random(in: 4...18, using: &generator)), using: &generator)
            let name = "x_\(generator.next() % 1_000_000)_\(size)"
            let form = "query=\(name)"
            let head = "Host: g\r\nAuthorization: Bearer \(tokens[tenant] ?? "")\r\n"
            let request =
                Bool.random(using: &generator)
                ? "GET /api/v1/metrics/query?\(form) HTTP/1.1\r\n\(head)\r\n"
                : "POST /api/v1/metrics/query HTTP/1.1\r\n\(head)Content-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: \(form.utf8.count)\r\n\r\n\(form)"
            if Int.random(in: 0..<20, using: &generator) == 0 { client.hangUp() }
            switch client.exchange(request) {
            case .broken: tally.broken += 1
            case .answer(200, let body):
                if body == Self.body("\(name){tenant_id='\(tenant)'}") {
                    tally.right += 1
                } else {
                    tally.wrong.append("\(name) of \(tenant): \(String(decoding: body.prefix(200), as: UTF8.self))")
                }
            case .answer(let status, let body):
                tally.failed[status, default: 0] += 1
                // A failure says so in its body, too, and tells nothing of what was asked for.
                if status < 400 || body.starts(with: Array(#"{"status":"#.utf8)) { tally.wrong.append("\(status)") }
            }
        }
        return tally
    }

    private static func load(_ port: UInt16, clients: Int, seconds: Double, seed: UInt64) async throws -> Tally {
        let tokens = try ["acme": Tokens.token("acme"), "globex": Tokens.token("globex")]
        let deadline = Date(timeIntervalSinceNow: seconds)
        let results = Lock<[Tally]>([])
        for client in 0..<clients {
            Thread.detachNewThread {
                let tally = ask(port, seed: seed &+ UInt64(client), tokens: tokens, until: deadline)
                results.withLock { $0.append(tally) }
            }
        }
        while results.withLock({ $0.count }) < clients { try await Task.sleep(for: .milliseconds(20)) }
        return results.withLock { $0 }.reduce(into: Tally()) { total, tally in
            total.right += tally.right
            total.broken += tally.broken
            total.failed.merge(tally.failed) { $0 + $1 }
            total.wrong += tally.wrong
        }
    }

    /// Resident memory in KiB and open descriptors of a process.
    private static func use(_ process: Int32) throws -> (kibibytes: Int, descriptors: Int) {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
        return (Int(line.filter(\.isNumber)) ?? 0, descriptors)
    }

    @Test("under faults on both sides each answer is right to the byte or visibly failed, and everything is let go")
    func faults() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 2
        let seed =
            environment["FUZZ_SEED"].flatMap(UInt64.init)
            ?? (environment["FUZZ_SECONDS"] == nil ? 1 : UInt64(Date().timeIntervalSince1970))
        let upstream = try RecordingUpstream(keeps: false, Self.answer)
        defer { upstream.stop() }
        let behind = try FaultProxy(
            to: upstream.port, .answers, FaultProxy.Fault.allCases + [.none, .none, .none], seed: seed)
        defer { behind.stop() }
        let port = try freePort()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Tokens.secretText.utf8).write(to: folder.appendingPathComponent("key"))
        let process = try ChildProcess(
            builtProgram("palisade"), ["serve"],
            environment: [
                "LISTEN": "127.0.0.1:\(port)", "PROMETHEUS_URL": "http://127.0.0.1:\(behind.port)", "SHARDS": "2",
                "JWT_HS256_SECRET_FILE": "key", "UPSTREAM_TIMEOUT": "300ms", "LOG_LEVEL": "error",
                "TSAN_OPTIONS": environment["TSAN_OPTIONS"] ?? "", "ASAN_OPTIONS": environment["ASAN_OPTIONS"] ?? "",
                "LSAN_OPTIONS": environment["LSAN_OPTIONS"] ?? "",
            ], folder: folder)
        defer { process.terminate() }
        for _ in 0..<500 {
            if let connection = connectLocally(port) {
                close(connection)
                break
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        let front = try FaultProxy(
            to: port, .requests, [.none, .none, .none, .none, .kill, .cut, .reset, .hang, .garbage, .drip],
            seed: seed &+ 1)
        defer { front.stop() }

        // Buffers and pools grow with the first load; what stays after it is the measure.
        _ = try await Self.load(front.port, clients: 16, seconds: 1, seed: seed &+ 1_000)
        try await Self.quiet(process.processIdentifier)
        let before = try Self.use(process.processIdentifier)
        let tally = try await Self.load(front.port, clients: 24, seconds: seconds, seed: seed &+ 2_000)
        #expect(tally.wrong.isEmpty, "seed \(seed): \(tally.wrong.prefix(3))")
        // Neither side of the measure may be empty.
        #expect(tally.right > 50 && tally.broken > 5, "seed \(seed): \(tally)")
        #expect(tally.failed[502, default: 0] > 0 && tally.failed[400, default: 0] > 0, "seed \(seed): \(tally)")
        for fault in FaultProxy.Fault.allCases {
            #expect(behind.counts[fault, default: 0] > 0, "seed \(seed): \(fault)")
        }

        // Without faults each answer is right, from the same process.
        front.calm()
        behind.calm()
        let calm = try await Self.load(front.port, clients: 8, seconds: 0.5, seed: seed &+ 3_000)
        #expect(calm.wrong.isEmpty && calm.right > 10, "seed \(seed): \(calm)")
        front.calm()
        behind.calm()
        try await Self.quiet(process.processIdentifier)
        let after = try Self.use(process.processIdentifier)
        print(
            "faults: \(tally.right) right, \(tally.broken) cut, \(tally.failed) failed, \(tally.wrong.count) wrong;",
            "descriptors \(before.descriptors) → \(after.descriptors), \(before.kibibytes) → \(after.kibibytes) KiB")
        #expect(after.descriptors <= before.descriptors + 2, "seed \(seed)")
        // Sanitizers keep freed memory for a while.
        if environment["PALISADE_SANITIZER"] == nil {
            #expect(after.kibibytes <= before.kibibytes + 8_192, "seed \(seed): \(before) \(after)")
        }
        process.terminate()
        #expect(await process.waitForExit() == 0, "\(process.output.suffix(4_000))")
    }

    /// Waits until the process has let go of its connections.
    private static func quiet(_ process: Int32) async throws {
        var last = Int.max
        for _ in 0..<40 {
            try await Task.sleep(for: .milliseconds(150))
            let now = try use(process).descriptors
            if now == last { return }
            last = now
        }
    }
}
