/// A message that breaks the protocol or a limit. The connection it came on cannot be used any further.
public struct HTTP1Error: Error, Sendable, Equatable {
    /// For a request the answer's status: 400, 414, 417, 431, 501 or 505. For an answer from an upstream 502.
    /// For a head that the writer refused 500.
    public let status: Int
    /// One sentence. It never repeats bytes of the message.
    public let detail: String

    /// An error from its parts.
    public init(status: Int, detail: String) {
        self.status = status
        self.detail = detail
    }

    @inline(never)
    static func badRequest(_ detail: String) -> HTTP1Error {
        HTTP1Error(status: 400, detail: detail)
    }

    @inline(never)
    static func badAnswer(_ detail: String) -> HTTP1Error {
        HTTP1Error(status: 502, detail: detail)
    }

    @inline(never)
    static func unwritable(_ detail: String) -> HTTP1Error {
        HTTP1Error(status: 500, detail: detail)
    }
}
