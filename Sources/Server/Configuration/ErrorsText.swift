import APIRuntime

/// The kinds of error for people to read: `docs/errors.md` holds this table, and a test holds it there.
enum ErrorsText {
    static var markdown: String {
        let rows = ProblemCode.allCases.sorted { ($0.status, $0.rawValue) < ($1.status, $1.rawValue) }.map { code in
            "| `\(code.rawValue)` | \(code.status) \(reasonPhrase(of: code.status)) | \(code.meaning) |"
        }
        return (["| code | status | meaning |", "|---|---|---|"] + rows).joined(separator: "\n")
    }
}

extension ProblemCode {
    /// What it means, for people.
    fileprivate var meaning: String {
        switch self {
        case .malformedRequest: "The request is not acceptable HTTP."
        case .invalidInput:
            "Parameters or body break the contract; `violations` lists every one, with line and column in a query."
        case .unauthenticated: "There is no token, or it does not verify; `WWW-Authenticate` has the challenge."
        case .forbidden:
            "The token verifies but names no usable tenant, or `X-Tenant` picks one that it does not grant."
        case .notFound: "There is no such resource."
        case .methodNotAllowed: "The resource has no such method; `Allow` lists those it has."
        case .requestTimeout: "The request did not arrive in time."
        case .contentTooLarge: "The body is larger than `MAX_BODY_BYTES`."
        case .targetTooLong: "The request's target is too long; send the query as a form."
        case .unsupportedMediaType: "The body's media type, charset or encoding is not supported."
        case .expectationFailed: "`Expect` holds something other than `100-continue`."
        case .queryFailed: "The upstream could not evaluate the query; `detail` has its words."
        case .queryTooLarge:
            "The query touches more than `MAX_QUERY_RANGE`, `MAX_QUERY_POINTS` or `MAX_QUERY_BYTES` allows; `detail` has the figure and the limit."
        case .rateLimited:
            "The tenant's requests come faster than `RATE_LIMIT_PER_SECOND`; `Retry-After` says when the next one may."
        case .tooManyRequests:
            "`MAX_CONCURRENT_REQUESTS_PER_TENANT` of the tenant's requests are running; `Retry-After` says when to try again."
        case .headersTooLarge: "The header fields are larger than `MAX_HEADER_BYTES`."
        case .internalError: "The gateway failed; its log has the request id."
        case .notImplemented: "A transfer coding or method that the gateway does not implement."
        case .upstreamFailed:
            "The upstream could not be reached, or its answer was not usable; the log has the request id."
        case .unavailable:
            "The upstream gave up the query, or is not ready; or the keys for tokens have not been fetched yet."
        case .upstreamTimeout: "The upstream did not answer in time."
        case .versionNotSupported: "An HTTP version other than 1.0 and 1.1."
        }
    }
}
