import CLinux
import Glibc

/// A non-blocking UDP socket that sends to one address. It is closed with its last reference.
public final class DatagramSocket: Sendable {
    private let descriptor: Int32

    /// A socket that sends to that address.
    ///
    /// - Throws: ``SystemError`` where the process has no descriptor left or the address has no route.
    public init(to address: SocketAddress) throws(SystemError) {
        descriptor = clinux_datagram_socket(Int32(address.address.storage.ss_family))
        guard descriptor >= 0 else { throw SystemError("socket for \(address)") }
        var raw = address.address
        guard clinux_connect(descriptor, &raw) == 0 else {
            let error = SystemError("connect to \(address)")
            _ = Glibc.close(descriptor)
            throw error
        }
    }

    deinit { _ = Glibc.close(descriptor) }

    /// Sends one datagram; 0, or the `errno` value. An earlier one that nobody took is reported as `ECONNREFUSED`.
    public func send(_ bytes: [UInt8]) -> Int32 {
        bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) == bytes.count ? 0 : errno }
    }
}
