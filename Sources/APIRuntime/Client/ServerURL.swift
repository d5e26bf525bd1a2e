/// The URL of a server: what stands before an operation's path
/// ([OpenAPI, server object](https://spec.openapis.org/oas/v3.1.0#server-object)).
public struct ServerURL: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// Scheme and authority.
    public struct Origin: Sendable, Hashable {
        /// `http` or another scheme, in lower case.
        public let scheme: String
        /// A name or an address; an IPv6 address without its brackets.
        public let host: String
        /// The port where one is named.
        public let port: UInt16?
    }

    /// As it was written.
    public let text: String
    /// Where the server is; `nil` for a URL of a path alone, which is relative to wherever the document came from.
    public let origin: Origin?
    /// The path in front of those of the operations, without a slash at its end.
    public let basePath: String

    /// A URL such as `https://api.example.com/v1` or `/v1`.
    public init(_ text: String) {
        self.text = text
        let bytes = Array(text.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        var path = bytes[...]
        var origin: Origin?
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) {
            let rest = bytes[(colon + 3)...]
            let authority = rest.prefix { $0 != UInt8(ascii: "/") }
            path = rest[authority.endIndex...]
            origin = Self.origin(scheme: bytes[..<colon], authority)
        }
        self.origin = origin
        while path.last == UInt8(ascii: "/") { path = path.dropLast() }
        let isRooted = path.isEmpty || path.first == UInt8(ascii: "/")
        basePath = (isRooted ? "" : "/") + String(decoding: path, as: UTF8.self)
    }

    /// A URL whose variables, in braces, have these values.
    public init(_ template: String, variables: [(name: String, value: String)]) {
        var text: [UInt8] = []
        var rest = Array(template.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
                let variable = variables.first(where: { $0.name.utf8.elementsEqual(rest[..<end]) })
            else {
                text.append(byte)
                continue
            }
            text += variable.value.utf8
            rest = rest[(end + 1)...]
        }
        self.init(String(decoding: text, as: UTF8.self))
    }

    /// The same for a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// As it was written.
    public var description: String { text }

    private static func origin(scheme: ArraySlice<UInt8>, _ authority: ArraySlice<UInt8>) -> Origin? {
        // A URL with a user's name in it would send it to the log of whoever prints the URL.
        guard !authority.contains(UInt8(ascii: "@")) else { return nil }
        var host = authority
        var port: UInt16?
        let end = authority.lastIndex(of: UInt8(ascii: "]")) ?? authority.startIndex
        if let colon = authority[end...].lastIndex(of: UInt8(ascii: ":")) {
            guard let number = UInt16(String(decoding: authority[(colon + 1)...], as: UTF8.self)) else { return nil }
            port = number
            host = authority[..<colon]
        }
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        return Origin(
            scheme: String(decoding: scheme, as: UTF8.self).lowercased(), host: String(decoding: host, as: UTF8.self),
            port: port)
    }
}
