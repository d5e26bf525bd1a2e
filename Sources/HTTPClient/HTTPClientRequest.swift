public import APIRuntime

/// A request to an upstream.
public struct HTTPClientRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// Path and query as they go on the wire, percent-encoded.
    public var target: String
    /// The fields. `Host` is the origin's where it is not given; framing and `Connection` are the client's own.
    public var headers: HeaderFields
    /// The whole body; may be empty.
    public var body: [UInt8]
    /// Within this time the answer's head must be there; waiting for a connection and connecting count.
    public var timeout: Duration
    /// How long the upstream may be silent within the answer's body while somebody waits for its next piece.
    public var idleTimeout: Duration
    /// Whether the request may be sent once more where a kept connection turns out to be closed before any byte of an
    /// answer ([RFC 9112 §9.3.1](https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1)).
    public var isIdempotent: Bool

    /// A request from its parts. `isIdempotent` follows the method unless it is given
    /// ([RFC 9110 §9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
    public init(
        method: HTTPMethod = .get, target: String, headers: HeaderFields = [:], body: [UInt8] = [],
        timeout: Duration = .seconds(30), idleTimeout: Duration = .seconds(30), isIdempotent: Bool? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.idleTimeout = idleTimeout
        self.isIdempotent = isIdempotent ?? Self.isIdempotent(method)
    }

    private static func isIdempotent(_ method: HTTPMethod) -> Bool {
        switch method {
        case .get, .head, .put, .delete, .options, .trace: true
        default: false
        }
    }
}
