import Foundation

// For its lock, which sanitizers understand.
@testable import EventLoop

/// A Prometheus over real sockets that keeps what it is asked and answers each query with what the test makes of it.
/// It reads with blocking calls and a few lines of its own, so that it shares no code with the client under test.
final class RecordingUpstream: Sendable {
    /// A request as it came.
    struct Received: Sendable {
        let head: String
        let body: String
        let bytes: [UInt8]
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (Received) -> [UInt8]
    private let kept = Lock<[Received]>([])
    private let open = Lock<Set<Int32>>([])
    private let total = Lock(0)
    private let keeps: Bool

    /// - Parameters:
    ///   - keeps: whether requests are kept, or only counted.
    ///   - answer: the whole answer to a request, head and body.
    init(keeps: Bool = true, _ answer: @escaping @Sendable (Received) -> [UInt8]) throws {
        self.answer = answer
        self.keeps = keeps
        (listener, port) = try listeningSocket()
        Thread.detachNewThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                var one: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
                open.withLock { _ = $0.insert(connection) }
                Thread.detachNewThread { [self] in
                    serve(connection)
                    open.withLock { _ = $0.remove(connection) }
                    close(connection)
                }
            }
            // Only here: a descriptor closed elsewhere could be another's before `accept` is called again.
            close(listener)
        }
    }

    /// One that answers every query with an empty vector.
    convenience init() throws {
        try self.init { _ in Self.ok(#"{"status":"success","data":{"resultType":"vector","result":[]}}"#) }
    }

    /// A good answer with that body.
    static func ok(_ body: String) -> [UInt8] {
        Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                .utf8)
    }

    /// The requests so far, if they are kept.
    var received: [Received] { kept.withLock { $0 } }

    /// How many requests there were.
    var count: Int { total.withLock { $0 } }

    /// How many connections are open.
    var openConnections: Int { open.withLock { $0.count } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    }

    private func serve(_ connection: Int32) {
        var buffered: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        func fill() -> Bool {
            let count = recv(connection, &piece, piece.count, 0)
            if count > 0 { buffered += piece[..<count] }
            return count > 0
        }
        while true {
            var end: Int?
            while end == nil {
                end = headEnd(buffered)
                if end == nil, !fill() { return }
            }
            guard let end else { return }
            let head = String(decoding: buffered[..<end], as: UTF8.self)
            let length =
                head.lowercased().components(separatedBy: "\r\n").first { $0.hasPrefix("content-length: ") }
                .flatMap { Int($0.dropFirst(16)) } ?? 0
            while buffered.count < end + length { if !fill() { return } }
            let bytes = Array(buffered[end..<(end + length)])
            let request = Received(head: head, body: String(decoding: bytes, as: UTF8.self), bytes: bytes)
            buffered.removeFirst(end + length)
            total.withLock { $0 += 1 }
            if keeps { kept.withLock { $0.append(request) } }
            guard sendWhole(answer(request), to: connection) else { return }
        }
    }
}

/// Where the body begins behind a head that is whole.
func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for place in 0...(bytes.count - 4)
    where bytes[place] == 13 && bytes[place + 1] == 10 && bytes[place + 2] == 13 && bytes[place + 3] == 10 {
        return place + 4
    }
    return nil
}

/// Sends all of the bytes; whether that worked.
func sendWhole(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
        let count = bytes[offset...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return false }
        offset += count
    }
    return true
}

/// A socket that listens on a free port of the loopback interface.
func listeningSocket() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length) == 0 && listen(descriptor, 512) == 0
                ? getsockname(descriptor, pointer, &length) : -1
        }
    }
    guard status == 0 else { throw RawConnection.Failed(operation: "listen", code: errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}
