/// The server that a client talks to.
public struct HTTPClientOrigin: Sendable, Hashable, CustomStringConvertible {
    /// How it is talked to.
    public enum Scheme: String, Sendable {
        /// HTTP over TCP.
        case http
        /// HTTP over TLS.
        case https

        /// The port that is meant where none is named.
        public var defaultPort: UInt16 {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// How it is talked to.
    public let scheme: Scheme
    /// A name or a numeric address; an IPv6 address with or without brackets.
    public let host: String
    /// The port.
    public let port: UInt16

    /// An origin from its parts.
    public init(scheme: Scheme = .http, host: String, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Host and port as the `Host` field has them: without the port where it is the scheme's own.
    public var authority: String { port == scheme.defaultPort ? bracketedHost : "\(bracketedHost):\(port)" }

    /// The same as the authority.
    public var description: String { authority }

    /// The origin's root, with its port.
    var url: String { "\(scheme.rawValue)://\(bracketedHost):\(port)/" }

    private var bracketedHost: String {
        let isBareIPv6 = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[")
        return isBareIPv6 ? "[\(host)]" : host
    }
}
