/// A request whose head has been read; its body may still be on its way.
///
/// It belongs to the shard of its connection and is deliberately not `Sendable`.
public struct Request {
    /// The method.
    public let method: HTTPMethod
    /// The target's path as it was sent, still percent-encoded, beginning with `/`; `*` for an OPTIONS of the server.
    public let path: String
    /// What follows the first `?` of the target, as it was sent; `nil` without a `?`.
    public let query: String?
    /// The header fields; names in lower case.
    public var headers: HeaderFields
    /// The body.
    public let body: RequestBody
    /// What becomes known about the request on its way.
    public let context: RequestContext

    /// A request from its parts.
    public init(
        method: HTTPMethod, path: String, query: String? = nil, headers: HeaderFields = [:], body: RequestBody = .none,
        context: RequestContext = RequestContext()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.context = context
    }
}

/// What becomes known about a request on its way through the server, and what every log line of it carries.
///
/// It belongs to the shard of its connection and is deliberately not `Sendable`.
public final class RequestContext {
    /// The request's id: the caller's own where it was usable, else made by the server. Empty until it is known.
    public var requestID: String
    /// The id of the request's trace; empty where there is none. It is written when somebody asks for it.
    public var traceID: String { traceIDSource?.traceID ?? "" }
    /// What knows the id of the request's trace.
    public var traceIDSource: (any TraceIDSource)?
    /// Looks on while inputs are bound to the caller's credential; `nil` if nobody does.
    public var bindingObserver: (any CredentialBindingObserver)?
    /// The peer's address, without its port; empty where there is none (tests in-process).
    public let peer: String
    /// When the head had been read, in nanoseconds of the monotonic clock.
    public let receivedAt: UInt64
    /// Whether the caller would rather have the answer in gzip than as it is.
    public var prefersGzip = false
    /// Parameters that this request must not have, in its query string or its form: an upstream would read them, and to
    /// drop them in silence would let the caller believe that they counted.
    public var refusedParameters = ParameterNames()
    /// Further fields of each of its log lines, in order.
    public var annotations: [(name: String, value: String)] = []

    /// A context of a request that was just received.
    public init(requestID: String = "", peer: String = "", receivedAt: UInt64 = 0) {
        self.requestID = requestID
        self.peer = peer
        self.receivedAt = receivedAt
    }
}

/// Something that knows the id of a request's trace.
public protocol TraceIDSource: AnyObject {
    /// The id in hexadecimal digits.
    var traceID: String { get }
}
