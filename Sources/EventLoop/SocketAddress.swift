import CLinux
import Glibc

/// The address and port of an IPv4 or IPv6 socket.
public struct SocketAddress: Sendable, CustomStringConvertible {
    var address: clinux_address

    init(_ address: clinux_address) {
        self.address = address
    }

    /// An address from its numeric form, `127.0.0.1` or `::1` (without brackets); `nil` for anything else.
    public init?(numericHost: String, port: UInt16) {
        var address = clinux_address()
        guard !numericHost.utf8.contains(0), clinux_parse_address(numericHost, port, &address) == 1 else { return nil }
        self.address = address
    }

    /// The address in numeric form, without brackets.
    public var host: String { text.host }

    /// The port.
    public var port: UInt16 { text.port }

    /// `127.0.0.1:80` or `[::1]:80`.
    public var description: String {
        let (host, port) = text
        return host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private var text: (host: String, port: UInt16) {
        var address = address
        var port: UInt16 = 0
        let host = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            guard let start = buffer.baseAddress,
                clinux_format_address(&address, start, buffer.count, &port) == 0
            else { return "" }
            return String(cString: start)
        }
        return (host, port)
    }
}
