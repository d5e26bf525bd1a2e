/// How the end of a message's body is known ([RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
public enum HTTP1Framing: Sendable, Equatable {
    /// There is no body, and nothing in the head says so.
    case none
    /// `Content-Length`: that many bytes, which may be none.
    case length(Int)
    /// `Transfer-Encoding: chunked`.
    case chunked
    /// The body ends where the peer closes the connection. Only answers have this.
    case untilClose
}

/// A request's head, checked.
public struct HTTP1RequestHead: Sendable {
    /// The method as it was sent: any token, upper or lower case.
    public let method: String
    /// The target up to its first `?`, still percent-encoded; begins with `/`, or is `*` for `OPTIONS *`.
    public let path: String
    /// What follows the first `?`, still percent-encoded; `nil` without `?`.
    public let query: String?
    /// 0 for HTTP/1.0, 1 for HTTP/1.1.
    public let minorVersion: Int
    /// All fields in order, names lower-cased.
    public let fields: [HTTP1Field]
    /// How the body ends: `none`, `length` or `chunked`.
    public let framing: HTTP1Framing
    /// Whether the client lets the connection stay open after the answer.
    public let keepAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body that the framing announces.
    public let expectsContinue: Bool
}

/// An answer's head, checked.
public struct HTTP1ResponseHead: Sendable {
    /// The status code, 200–599.
    public let status: Int
    /// 0 for HTTP/1.0, 1 for HTTP/1.1.
    public let minorVersion: Int
    /// All fields in order, names lower-cased.
    public let fields: [HTTP1Field]
    /// How the body ends; `none` for 204, 304 and answers to HEAD, whatever their fields say.
    public let framing: HTTP1Framing
    /// Whether the connection may be used again after this answer.
    public let keepAlive: Bool
}
