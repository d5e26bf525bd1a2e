import Foundation

/// A socket to a server on this machine, driven byte by byte: what a client of any kind could send.
final class RawConnection: Sendable {
    struct Failed: Error {
        let operation: String
        let code: Int32
    }

    private let descriptor: Int32

    init(_ port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failed(operation: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // deinit closes the descriptor then, too.
        guard status == 0 else { throw Failed(operation: "connect", code: errno) }
    }

    deinit { Foundation.close(descriptor) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failed(operation: "send", code: errno)
        }
    }

    /// Makes letting go of the connection a reset, as when a client is killed.
    func abort() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        // The reset goes out when the last owner lets go and deinit closes the descriptor.
    }

    /// Reads until the text has come in or the peer is done; at most ten seconds.
    func read(until text: String? = nil) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [descriptor] in
                var limit = timeval(tv_sec: 10, tv_usec: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                var collected: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    collected += buffer[..<count]
                    if let text, String(decoding: collected, as: UTF8.self).contains(text) { break }
                }
                continuation.resume(returning: String(decoding: collected, as: UTF8.self))
            }
        }
    }

    /// Sends a request and reads the answer until the peer closes.
    static func exchange(_ port: UInt16, _ request: String) async throws -> String {
        let connection = try RawConnection(port)
        try connection.send(request)
        return await connection.read()
    }
}

/// A port of the loopback interface on which nobody listens now.
func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
        }
    }
    guard status == 0 else { throw RawConnection.Failed(operation: "bind", code: errno) }
    return UInt16(bigEndian: address.sin_port)
}
