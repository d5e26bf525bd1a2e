import APIRuntime
import EventLoop
import Glibc
import HTTPServer
import Synchronization
import Testing

/// A responder made of a closure; refusals are answered with their detail as text.
struct ClosureResponder: Responder {
    let body: nonisolated(nonsending) @Sendable (Request) async -> Response

    nonisolated(nonsending) func respond(to request: Request) async -> Response { await body(request) }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        text(failure.status, "refused: \(failure.detail)")
    }
}

/// A response with a text as its body.
func text(_ status: Int, _ text: String) -> Response {
    Response(status: status, headers: ["content-type": "text/plain"], body: .bytes(Array(text.utf8)))
}

/// Runs a test's body against a server on the loopback, and ends the server after it.
func withServer<Value: Sendable>(
    shards: Int = 1, configure: (inout HTTPServerConfiguration) -> Void = { _ in },
    respond: nonisolated(nonsending) @escaping @Sendable (Request) async -> Response,
    _ body: (HTTPServer, UInt16) async throws -> Value
) async throws -> Value {
    let group = try ShardGroup(count: shards)
    try group.start()
    defer {
        group.stop()
        group.join()
    }
    var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
    configuration.lingerTimeout = .seconds(10)
    configure(&configuration)
    let server = HTTPServer(configuration: configuration, shards: group, responder: ClosureResponder(body: respond))
    let port = try #require(try await server.start().first).port
    do {
        let value = try await body(server, port)
        await server.shutdown(within: .zero)
        return value
    } catch {
        await server.shutdown(within: .zero)
        throw error
    }
}

/// What went wrong at a test's own socket.
struct RawClientError: Error {
    let operation: String
    let code: Int32
}

/// A socket to the server under test: sends bytes as they are and reads answers without a codec.
///
/// It looks again and again instead of blocking: the tests' threads are few.
final class RawClient {
    private let descriptor: Int32
    private var buffered: [UInt8] = []
    private var isClosed = false
    private var pauses = 0

    /// A connected socket.
    convenience init(_ port: UInt16, receiveBuffer: Int32? = nil) throws {
        try self.init(receiveBuffer: receiveBuffer)
        try connect(port)
    }

    /// A socket that is not connected yet.
    init(receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw RawClientError(operation: "socket", code: errno) }
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4)
        }
    }

    func connect(_ port: UInt16) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw RawClientError(operation: "connect", code: errno) }
    }

    /// Whether it waits without a timer.
    var blocksWhileWaiting = false

    deinit { close() }

    func close() {
        if !isClosed { Glibc.close(descriptor) }
        isClosed = true
    }

    /// Closes with a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EAGAIN {
                try await pause("send")
                continue
            }
            guard count > 0 else { throw RawClientError(operation: "send", code: errno) }
            offset += count
        }
    }

    /// What has arrived next; empty at the end of the stream.
    func read() async throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count >= 0 {
                pauses = 0
                return Array(bytes.prefix(count))
            }
            guard errno == EAGAIN else { throw RawClientError(operation: "recv", code: errno) }
            try await pause("recv")
        }
    }

    /// Gives up after many pauses without progress, so that a test fails instead of hanging.
    private func pause(_ operation: String) async throws {
        pauses += 1
        guard pauses < 15_000 else { throw RawClientError(operation: operation, code: EAGAIN) }
        // The other needs descriptors: libdispatch opens some for its timers, and ends the process where it gets none.
        if blocksWhileWaiting { usleep(1_000) } else { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Everything until the server closes.
    func readToEnd() async throws -> String {
        var all = buffered
        buffered = []
        while true {
            let bytes = try await read()
            if bytes.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += bytes
        }
    }

    /// Whether the server closes, or resets, without sending anything.
    func endsInSilence() async -> Bool {
        guard buffered.isEmpty else { return false }
        do { return try await read().isEmpty } catch let error as RawClientError {
            return error.code == ECONNRESET
        } catch {
            return false
        }
    }

    private func fill() async throws {
        let bytes = try await read()
        guard !bytes.isEmpty else { throw RawClientError(operation: "early end", code: 0) }
        buffered += bytes
    }

    private func line() async throws -> String {
        while true {
            if let end = buffered.indices.dropLast().first(where: { buffered[$0] == 13 && buffered[$0 + 1] == 10 }) {
                let line = String(decoding: buffered[..<end], as: UTF8.self)
                buffered.removeFirst(end + 2)
                return line
            }
            try await fill()
        }
    }

    private func take(_ count: Int) async throws -> [UInt8] {
        while buffered.count < count { try await fill() }
        let taken = Array(buffered.prefix(count))
        buffered.removeFirst(count)
        return taken
    }

    /// One answer, with its body as its head says.
    func answer(toHead: Bool = false) async throws -> RawAnswer {
        let parts = try await line().split(separator: " ", maxSplits: 2)
        var answer = RawAnswer(status: parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while true {
            let line = try await line()
            if line.isEmpty { break }
            let field = line.split(separator: ":", maxSplits: 1)
            answer.headers.append((String(field[0]).lowercased(), field.count > 1 ? String(field[1].dropFirst()) : ""))
        }
        if toHead || answer.status == 204 || answer.status == 304 || answer.status < 200 { return answer }
        if let length = answer["content-length"].flatMap({ Int($0) }) {
            answer.body = try await take(length)
        } else if answer["transfer-encoding"] == "chunked" {
            while true {
                let size = Int(try await line(), radix: 16) ?? -1
                guard size >= 0 else { throw RawClientError(operation: "chunk size", code: 0) }
                if size > 0 {
                    answer.body += try await take(size)
                    answer.chunks += 1
                }
                guard try await line().isEmpty else { throw RawClientError(operation: "chunk end", code: 0) }
                if size == 0 { break }
            }
        } else {
            answer.body = Array(try await readToEnd().utf8)
        }
        return answer
    }

    /// One answer after interim ones.
    func finalAnswer() async throws -> RawAnswer {
        while true {
            let answer = try await answer()
            if answer.status >= 200 { return answer }
        }
    }

    /// Sends a request and reads its answer.
    func exchange(_ request: String, toHead: Bool = false) async throws -> RawAnswer {
        try await send(request)
        return try await answer(toHead: toHead)
    }
}

/// An answer as it came over the wire.
struct RawAnswer {
    var status: Int
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    var chunks = 0

    init(status: Int) { self.status = status }

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? { headers.first { $0.0 == name }?.1 }
}

/// A GET without a body.
func get(_ path: String, _ fields: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" }

/// A count that handlers and tests share.
final class Counter: Sendable {
    private let cell = Atomic<Int>(0)
    var value: Int { cell.load(ordering: .sequentiallyConsistent) }
    func add(_ amount: Int = 1) { cell.add(amount, ordering: .sequentiallyConsistent) }
}

/// Waits until a condition holds; how long that takes is not judged, short of giving up.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2_000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// A body from a closure.
final class ClosureStream: ByteStream {
    let length: Int?
    private let produce: nonisolated(nonsending) () async throws -> [UInt8]?
    private let cancelled: Counter

    init(
        length: Int? = nil, cancelled: Counter = Counter(),
        _ produce: nonisolated(nonsending) @escaping () async throws -> [UInt8]?
    ) {
        self.length = length
        self.produce = produce
        self.cancelled = cancelled
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? { try await produce() }

    func cancel() { cancelled.add() }
}

/// A body of the given pieces.
func stream(_ pieces: [[UInt8]], length: Int? = nil, thenFail: Bool = false, cancelled: Counter = Counter())
    -> ClosureStream
{
    var rest = pieces[...]
    return ClosureStream(length: length, cancelled: cancelled) {
        await Task.yield()
        if let piece = rest.popFirst() { return piece }
        if thenFail { throw SourceBroke() }
        return nil
    }
}

struct SourceBroke: Error {}

/// Sends a request on a connection of its own and reads the answer.
func freshExchange(_ port: UInt16, _ request: String) async throws -> RawAnswer {
    try await RawClient(port).exchange(request)
}
