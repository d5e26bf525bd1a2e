/// The server that a client talks to.
public struct HTTPClientOrigin: Sendable, Hashable, CustomStringConvertible {
    /// A name or a numeric address; an IPv6 address with or without brackets.
    public let host: String
    /// The port.
    public let port: UInt16

    /// An origin from its parts.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Host and port as the `Host` field has them: without the port where it is 80.
    public var authority: String {
        let isBareIPv6 = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[")
        let name = isBareIPv6 ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }

    /// The same as the authority.
    public var description: String { authority }
}
