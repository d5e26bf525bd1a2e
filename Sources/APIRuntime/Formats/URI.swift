import JSONSchema

/// An absolute URI: the format `uri` ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)). Its parts are as they are
/// written, percent-encoding and all.
public struct URI: FormattedValue {
    /// `uri`
    public static let format = "uri"

    /// The text, as it was read.
    public let description: String

    /// A URI from its text; `nil` for a reference without a scheme, and for characters that no URI has.
    public init?(_ text: String) {
        guard Format.uri.accepts(text) else { return nil }
        description = text
    }

    /// What stands before the first colon, `https`.
    public var scheme: String { text(parts.scheme) }
    /// What stands between `//` and the path, `user@example.com:8080`.
    public var authority: String? { parts.authority.map(text) }
    /// The host, `example.com` or `[::1]`.
    public var host: String? { parts.host.map(text) }
    /// The port, if it is given and a number up to 65535.
    public var port: Int? { parts.port.flatMap { UInt16(text($0)) }.map { Int($0) } }
    /// The path, which may be empty.
    public var path: String { text(parts.path) }
    /// What stands behind the question mark.
    public var query: String? { parts.query.map(text) }
    /// What stands behind the number sign.
    public var fragment: String? { parts.fragment.map(text) }

    private typealias Part = Substring.UTF8View

    private struct Parts {
        var scheme: Part
        var authority: Part?
        var host: Part?
        var port: Part?
        var path: Part
        var query: Part?
        var fragment: Part?
    }

    private func text(_ part: Part) -> String { String(Substring(part)) }

    /// RFC 3986, appendix B.
    private var parts: Parts {
        var rest = description.utf8[...]
        let scheme = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest.dropFirst(scheme.count + 1)
        var parts = Parts(scheme: scheme, path: rest)
        if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            parts.fragment = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            parts.query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let authority = rest.prefix { $0 != UInt8(ascii: "/") }
            parts.authority = authority
            rest = rest[authority.endIndex...]
            var host = authority
            if let at = host.lastIndex(of: UInt8(ascii: "@")) { host = host[host.index(after: at)...] }
            // The colons of an IPv6 address stand in brackets.
            let start = host.lastIndex(of: UInt8(ascii: "]")) ?? host.startIndex
            if let colon = host[start...].firstIndex(of: UInt8(ascii: ":")) {
                parts.port = host[host.index(after: colon)...]
                host = host[..<colon]
            }
            parts.host = host
        }
        parts.path = rest
        return parts
    }

    /// Whether the texts are the same.
    public static func == (left: URI, right: URI) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }
}
