import Glibc
import Synchronization
@testable import EventLoop

/// An upstream that does what its scripts say, right or wrong, byte by byte.
final class ScriptedUpstream: Sendable {
    /// One thing to do on a connection.
    enum Step: Sendable {
        /// Read until a request is complete: its head and as many bytes as its Content-Length says.
        case request
        /// Read only this many bytes.
        case read(Int)
        /// Send the text.
        case send(String)
        /// Send that many bytes `x`.
        case sendMany(Int)
        /// Send the text byte by byte, with a pause of milliseconds after each.
        case drip(String, Int)
        /// Wait for milliseconds.
        case pause(Int)
        /// Wait until the count is positive.
        case until(Counter)
        /// Close the connection.
        case close
        /// Reset the connection.
        case reset
        /// Answer this to each further request, for ever.
        case answerAll(String)
    }

    private struct Stopped: Error {}

    private let listener: Int32
    /// Where it listens, on 127.0.0.1.
    let port: UInt16
    private let isStopped = Atomic<Bool>(false)
    private let received = Lock<[String]>([])
    private let accepted = Counter()
    private let left = Counter()
    private let sent = Counter()
    private let open = Counter()

    /// The requests that were read, as they came.
    var requests: [String] { received.withLock { $0 } }
    /// How many connections were accepted.
    var connections: Int { accepted.value }
    /// How many connections the client has closed.
    var departures: Int { left.value }
    /// How many connections are open on this side: neither closed by the script nor by the client.
    var openConnections: Int { open.value }
    /// How many bytes were sent.
    var bytesSent: Int { sent.value }

    init(_ scripts: [[Step]]) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 512) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard result else { throw Stopped() }
        port = UInt16(bigEndian: address.sin_port)
        Task.detached { [self] in
            var number = 0
            while !isStopped.load(ordering: .relaxed) {
                let connection = accept4(listener)
                guard connection >= 0 else {
                    try? await Task.sleep(for: .milliseconds(1))
                    continue
                }
                accepted.add()
                let script = scripts[min(number, scripts.count - 1)]
                number += 1
                open.add()
                Task.detached {
                    await self.serve(connection, script)
                    self.open.add(-1)
                }
            }
            close(listener)
        }
    }

    /// Ends it: no further connection, and the open ones are closed.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    private func accept4(_ listener: Int32) -> Int32 {
        let descriptor = accept(listener, nil, nil)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        return descriptor
    }

    private func serve(_ connection: Int32, _ script: [Step]) async {
        var buffered: [UInt8] = []
        do {
            for step in script {
                switch step {
                case .request: try await readRequest(connection, &buffered)
                case .read(let count):
                    while buffered.count < count { try await fill(connection, &buffered) }
                    buffered.removeFirst(count)
                case .send(let text): try await send(connection, Array(text.utf8))
                case .sendMany(let count): try await send(connection, [UInt8](repeating: 120, count: count))
                case .drip(let text, let gap):
                    for byte in text.utf8 {
                        try await send(connection, [byte])
                        try await Task.sleep(for: .milliseconds(gap))
                    }
                case .pause(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
                case .until(let counter): while counter.value <= 0 { try await rest() }
                case .close:
                    close(connection)
                    return
                case .reset:
                    var option = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                    close(connection)
                    return
                case .answerAll(let text):
                    while true {
                        try await readRequest(connection, &buffered)
                        try await send(connection, Array(text.utf8))
                    }
                }
            }
            while true { try await fill(connection, &buffered) }
        } catch {
            close(connection)
        }
    }

    private func rest() async throws {
        if isStopped.load(ordering: .relaxed) { throw Stopped() }
        try await Task.sleep(for: .milliseconds(1))
    }

    private func readRequest(_ connection: Int32, _ buffered: inout [UInt8]) async throws {
        while true {
            let text = String(decoding: buffered, as: UTF8.self)
            if let head = text.range(of: "\r\n\r\n") {
                let length =
                    text[..<head.lowerBound].lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
                let end = text[..<head.upperBound].utf8.count + length
                while buffered.count < end { try await fill(connection, &buffered) }
                let request = String(decoding: buffered[..<end], as: UTF8.self)
                received.withLock { $0.append(request) }
                buffered.removeFirst(end)
                return
            }
            try await fill(connection, &buffered)
        }
    }

    private func fill(_ connection: Int32, _ buffered: inout [UInt8]) async throws {
        while true {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &bytes, bytes.count, 0)
            if count > 0 {
                buffered += bytes.prefix(count)
                return
            }
            if count < 0, errno == EAGAIN {
                try await rest()
                continue
            }
            left.add()
            throw Stopped()
        }
    }

    private func send(_ connection: Int32, _ bytes: [UInt8]) async throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                offset += count
                sent.add(count)
            } else if errno == EAGAIN {
                try await rest()
            } else {
                left.add()
                throw Stopped()
            }
        }
    }
}

extension StringProtocol {
    /// Where a text stands in this one, as Foundation has it, without Foundation.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if utf8[start...].starts(with: text.utf8) {
                return start..<utf8.index(start, offsetBy: text.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
