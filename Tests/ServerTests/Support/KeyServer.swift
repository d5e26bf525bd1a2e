import Foundation
import Synchronization
import Testing

/// An issuer's server on this machine that answers each path as the test says, and may be down.
final class KeyServer: Sendable {
    enum Reply: Sendable {
        /// These bytes, and the connection closes.
        case bytes(String)
        /// These bytes, and then one byte now and again for as long as the peer takes them.
        case drip(String)
        /// Nothing until the peer closes.
        case hang

        /// A good answer.
        static func json(
            _ body: String, type: String = "application/json", status: String = "200 OK", headers: String = ""
        ) -> Reply {
            .bytes(
                "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)"
                    + "Connection: close\r\n\r\n\(body)")
        }
    }

    private struct State {
        var replies: [String: Reply] = [:]
        var targets: [String] = []
        var listener: Int32?
    }

    /// Where it listens when it is up.
    let port: UInt16
    private let state = Mutex(State())

    /// A server that is down.
    init() throws { port = try freePort() }

    deinit { stop() }

    /// Its root, without a slash at the end.
    var url: String { "http://127.0.0.1:\(port)" }

    /// What it was asked for, in order.
    var targets: [String] { state.withLock { $0.targets } }

    /// Says how a target is answered; others are 404.
    func reply(_ target: String = "/keys", _ reply: Reply) { state.withLock { $0.replies[target] = reply } }

    /// Begins to listen.
    func start() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isBound && listen(listener, 64) == 0)
        state.withLock { $0.listener = listener }
        Thread.detachNewThread { [weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                guard let self else {
                    close(connection)
                    break
                }
                Thread.detachNewThread { self.serve(connection) }
            }
            // Only here: a descriptor closed elsewhere could be another server's before `accept` is called again.
            close(listener)
        }
    }

    /// Stops listening; new connections are refused.
    func stop() {
        let listener = state.withLock { state in
            defer { state.listener = nil }
            return state.listener
        }
        guard let listener else { return }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        let parts = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
        let target = parts.count > 1 ? String(parts[1]) : ""
        let reply = state.withLock { state in
            state.targets.append(target)
            return state.replies[target] ?? .json("{}", status: "404 Not Found")
        }
        switch reply {
        case .bytes(let text): write(text, to: connection)
        case .drip(let text):
            write(text, to: connection)
            while send(connection, "x", 1, Int32(MSG_NOSIGNAL)) == 1 { usleep(10_000) }
        case .hang: while recv(connection, &buffer, buffer.count, 0) > 0 {}
        }
    }

    private func write(_ text: String, to connection: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}

/// Waits until something is so; at most thirty seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1_500 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}
