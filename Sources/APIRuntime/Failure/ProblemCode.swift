/// The kinds of failure that the gateway's own API tells apart, each with its status; `docs/errors.md` lists them.
public enum ProblemCode: String, Sendable, CaseIterable {
    /// The request is not acceptable HTTP.
    case malformedRequest = "malformed_request"
    /// Parameters or body break the contract; violations say which.
    case invalidInput = "invalid_input"
    /// No token, or one that does not verify.
    case unauthenticated
    /// A verified token that names no usable tenant, or not the one that the request picks.
    case forbidden
    /// No such resource.
    case notFound = "not_found"
    /// The resource has no such method; `Allow` lists those it has.
    case methodNotAllowed = "method_not_allowed"
    /// The client took too long to send its request.
    case requestTimeout = "request_timeout"
    /// The body is over the limit.
    case contentTooLarge = "content_too_large"
    /// The request's target is over the limit.
    case targetTooLong = "target_too_long"
    /// The body's media type, charset or encoding is not supported.
    case unsupportedMediaType = "unsupported_media_type"
    /// An expectation other than `100-continue`.
    case expectationFailed = "expectation_failed"
    /// The upstream could not evaluate the query.
    case queryFailed = "query_failed"
    /// The query touches more than the gateway's limits allow.
    case queryTooLarge = "query_too_large"
    /// The tenant's requests come faster than its limit.
    case rateLimited = "rate_limited"
    /// As many of the tenant's requests are running as may.
    case tooManyRequests = "too_many_requests"
    /// The header fields are over the limit.
    case headersTooLarge = "headers_too_large"
    /// The gateway failed.
    case internalError = "internal_error"
    /// A transfer coding or method that the gateway does not implement.
    case notImplemented = "not_implemented"
    /// The upstream could not be reached or gave no usable answer.
    case upstreamFailed = "upstream_failed"
    /// The upstream gave up the query, or is not ready.
    case unavailable
    /// The upstream did not answer in time.
    case upstreamTimeout = "upstream_timeout"
    /// An HTTP version other than 1.0 and 1.1.
    case versionNotSupported = "version_not_supported"

    /// The HTTP status that goes with it.
    public var status: Int {
        switch self {
        case .malformedRequest, .invalidInput: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .contentTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .expectationFailed: 417
        case .queryFailed, .queryTooLarge: 422
        case .rateLimited, .tooManyRequests: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .notImplemented: 501
        case .upstreamFailed: 502
        case .unavailable: 503
        case .upstreamTimeout: 504
        case .versionNotSupported: 505
        }
    }

    /// The code of a request that could not be read, by the status it is refused with.
    public init(protocolFailure status: Int) {
        self =
            Self.allCases.first { $0.status == status && $0 != .invalidInput } ?? .malformedRequest
    }
}
