import HTTPClient

/// Where keys, or the document that says where they are, can be fetched: an `https://` URL, or an `http://` one of this
/// machine.
struct KeyEndpointURL: Sendable, Equatable, CustomStringConvertible {
    /// Whom to ask.
    let origin: HTTPClientOrigin
    /// The path, beginning with `/`.
    let path: String
    /// What follows the first `?`; `nil` without one.
    let query: String?

    /// Reads an absolute URL. What is sent is its path and query as they are written.
    init(_ text: String) throws(InvalidSetting) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }) else {
            throw InvalidSetting(message: "must be a URL of visible ASCII characters")
        }
        guard !text.utf8.contains(UInt8(ascii: "#")) else {
            throw InvalidSetting(message: "must have no fragment")
        }
        guard let (scheme, rest) = Self.split(text) else {
            throw InvalidSetting(message: "must begin with https://")
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let name = rest[..<end]
        guard !name.utf8.contains(UInt8(ascii: "@")) else {
            throw InvalidSetting(message: "must have no user and no password")
        }
        guard let authority = HostAndPort(String(name)) ?? HostAndPort(host: name, port: "\(scheme.defaultPort)"),
            authority.port != 0
        else { throw InvalidSetting(message: "must have a host and, if any, a port from 1 to 65535") }
        guard scheme == .https || Self.isThisMachine(authority.host) else {
            throw InvalidSetting(
                message:
                    "must begin with https://: who can change what comes by http:// makes tokens for everybody (http:// is for 127.0.0.1, [::1] and localhost)"
            )
        }
        origin = HTTPClientOrigin(scheme: scheme, host: authority.host, port: UInt16(authority.port))
        let question = rest.firstIndex(of: "?")
        let path = rest[end..<(question ?? rest.endIndex)]
        self.path = path.isEmpty ? "/" : String(path)
        query = question.map { String(rest[rest.index(after: $0)...]) }
    }

    private init(origin: HTTPClientOrigin, path: String) {
        self.origin = origin
        self.path = path
        query = nil
    }

    /// The same origin with another path, and no query.
    func with(path: String) -> KeyEndpointURL { KeyEndpointURL(origin: origin, path: path) }

    /// Path and query, as they go on the wire.
    var target: String { query.map { "\(path)?\($0)" } ?? path }

    /// Without the query, which may hold what is not for logs.
    var description: String { "\(origin.scheme.rawValue)://\(origin.authority)\(path)" }

    private static func split(_ text: String) -> (HTTPClientOrigin.Scheme, Substring)? {
        let start = text.prefix("https://".count).lowercased()
        if start == "https://" { return (.https, text.dropFirst("https://".count)) }
        if start.hasPrefix("http://") { return (.http, text.dropFirst("http://".count)) }
        return nil
    }

    /// Whether nothing that is sent to the host leaves the machine.
    private static func isThisMachine(_ host: String) -> Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8($0) != nil }
    }
}

/// An issuer as [OpenID Connect Discovery 1.0](https://openid.net/specs/openid-connect-discovery-1_0.html) knows it.
struct OpenIDIssuer: Sendable, Equatable {
    /// As it was configured: tokens and the issuer's document must name it byte for byte like that.
    let identifier: String
    /// Where the issuer's document is, by section 4 of the specification.
    let configuration: KeyEndpointURL

    /// Reads an issuer's URL, which has neither query nor fragment (section 2, "Issuer Identifier" of Core 1.0).
    init(_ text: String) throws(InvalidSetting) {
        let url = try KeyEndpointURL(text)
        guard url.query == nil else { throw InvalidSetting(message: "must have no query") }
        let path = url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
        identifier = text
        configuration = url.with(path: path + "/.well-known/openid-configuration")
    }
}
