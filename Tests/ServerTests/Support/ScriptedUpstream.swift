import Foundation
import Synchronization

/// An upstream that does to each connection what the test says: a slow one, a hung one, one that cuts or lies.
final class ScriptedUpstream: Sendable {
    enum Step: Sendable {
        case write(String)
        case wait(milliseconds: Int)
        /// Says nothing more until the peer closes.
        case hang
        /// Closes with a reset.
        case reset
    }

    let port: UInt16
    private let listener: Int32
    private let script: [Step]
    private let closedByPeer = Mutex(0)
    private let accepted = Mutex(0)
    private let received = Mutex<[String]>([])

    init(_ script: [Step]) throws {
        self.script = script
        port = try freePort()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0, listen(listener, 64) == 0 else {
            throw RawConnection.Failed(operation: "listen", code: errno)
        }
        Thread.detachNewThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                accepted.withLock { $0 += 1 }
                Thread.detachNewThread { [self] in serve(connection) }
            }
            // Only here: a descriptor closed elsewhere could be another's before `accept` is called again.
            close(listener)
        }
    }

    /// How many connections hung until the peer closed them.
    var hungUp: Int { closedByPeer.withLock { $0 } }

    /// What came first on each connection.
    var requests: [String] { received.withLock { $0 } }

    /// How many connections there were.
    var connections: Int { accepted.withLock { $0 } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        received.withLock { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
        for step in script {
            switch step {
            case .write(let text):
                let bytes = Array(text.utf8)
                guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return }
            case .wait(let milliseconds): usleep(UInt32(milliseconds) * 1_000)
            case .hang:
                while recv(connection, &buffer, buffer.count, 0) > 0 {}
                closedByPeer.withLock { $0 += 1 }
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                return
            }
        }
    }
}
