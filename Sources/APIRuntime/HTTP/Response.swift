/// An answer. It belongs to the shard of its request and is deliberately not `Sendable`.
public struct Response {
    /// The status code, 200–599.
    public var status: Int
    /// The header fields; the server adds framing (`Content-Length` or `Transfer-Encoding`), `Date` and `Connection`.
    public var headers: HeaderFields
    /// The body. For HEAD the server sends the head that the GET would have and drops the body.
    public var body: ResponseBody
    /// Called once, on the shard, when the answer has been handed to the network or was given up.
    public var onEnd: ((ResponseEnd) -> Void)?

    /// An answer from its parts.
    public init(status: Int, headers: HeaderFields = [:], body: ResponseBody = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// An answer's body.
public enum ResponseBody {
    /// The answer has none; `Content-Length: 0` where the status allows a body.
    case none
    /// The whole body.
    case bytes([UInt8])
    /// To be sent piece by piece, with `Content-Length` if its length is known, else chunked.
    ///
    /// If the stream throws, the connection is aborted without a final chunk: a cut answer must never look whole.
    case stream(any ByteStream)
}

/// How an answer ended.
public struct ResponseEnd: Sendable {
    /// The ways an answer ends.
    public enum Outcome: String, Sendable {
        /// The whole answer was handed to the network.
        case complete
        /// The source of the body broke; the connection was aborted.
        case bodyFailed = "body_failed"
        /// The client left before the end.
        case clientLeft = "client_left"
    }

    /// Which way.
    public let outcome: Outcome
    /// Bytes of the body handed to the network, without framing.
    public let bodyBytes: Int

    /// An end from its parts.
    public init(outcome: Outcome, bodyBytes: Int) {
        self.outcome = outcome
        self.bodyBytes = bodyBytes
    }
}

/// A request that the server could not read: what to answer before the connection is closed.
public struct ProtocolFailure: Error, Sendable, Equatable {
    /// The status code: 400, 408, 413, 414, 417, 431, 501 or 505.
    public let status: Int
    /// One sentence for the client; it never repeats the client's bytes.
    public let detail: String
    /// The path that was asked for, as it was sent, where the head was good.
    public let path: String?

    /// A failure from its parts.
    public init(status: Int, detail: String, path: String? = nil) {
        self.status = status
        self.detail = detail
        self.path = path
    }
}

/// What answers requests. One value serves all shards.
public protocol Responder: Sendable {
    /// The answer to a request. Cancelled when the client leaves.
    nonisolated(nonsending) func respond(to request: Request) async -> Response

    /// The answer to bytes that are no acceptable request; the connection closes after it.
    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response
}
