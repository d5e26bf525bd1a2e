import Foundation
import Synchronization

/// Keeps the datagrams that arrive at a free UDP port of the loopback interface.
final class DatagramReceiver: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let kept = Mutex<[[UInt8]]>([])

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard status == 0 else { throw RawConnection.Failed(operation: "bind", code: errno) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 70_000)
            while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
                kept.withLock { $0.append(Array(buffer[..<count])) }
            }
        }
    }

    var received: [[UInt8]] { kept.withLock { $0 } }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
