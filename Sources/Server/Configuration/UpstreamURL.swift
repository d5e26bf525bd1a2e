import HTTPClient

/// The base URL of an upstream: `http://host[:port][/prefix]`, or the same with `https://`.
struct UpstreamURL: Sendable, Equatable, CustomStringConvertible {
    /// How to connect.
    let scheme: HTTPClientOrigin.Scheme
    /// Where to connect to.
    let authority: HostAndPort
    /// What stands before each path of the API; empty, or beginning with `/` and not ending with it.
    let prefix: String

    /// A URL from its parts, which are as good as the caller's.
    init(scheme: HTTPClientOrigin.Scheme, authority: HostAndPort, prefix: String) {
        self.scheme = scheme
        self.authority = authority
        self.prefix = prefix
    }

    init(_ text: String) throws(InvalidSetting) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw InvalidSetting(message: "must be a URL of visible ASCII characters")
        }
        let start = text.prefix("https://".count).lowercased()
        guard start.hasPrefix("http://") || start == "https://" else {
            throw InvalidSetting(message: "must begin with http:// or https://")
        }
        scheme = start == "https://" ? .https : .http
        let rest = text.dropFirst("\(scheme.rawValue)://".count)
        guard !rest.contains("@"), !rest.contains("?"), !rest.contains("#") else {
            throw InvalidSetting(message: "must have no user, query or fragment")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let name = rest[..<slash]
        guard let authority = HostAndPort(String(name)) ?? HostAndPort(host: name, port: "\(scheme.defaultPort)"),
            authority.port != 0
        else { throw InvalidSetting(message: "must have a host and, if any, a port from 1 to 65535") }
        self.authority = authority
        var prefix = rest[slash...]
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        guard !prefix.contains("%"), !prefix.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            throw InvalidSetting(message: "must have a plain path, without percent signs and dot segments")
        }
        self.prefix = String(prefix)
    }

    /// The text without what stands before an `@`: it may be a password.
    @Sendable static func masked(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        return "***" + text[at...]
    }

    var description: String { "\(scheme.rawValue)://\(authority)\(prefix)" }
}
