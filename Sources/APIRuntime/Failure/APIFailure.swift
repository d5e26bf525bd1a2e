/// A failure that is answered to the caller.
///
/// What the caller may read stands in `detail` and `violations`; what only the log may hold stands in `logDetail`.
public struct APIFailure: Error, Sendable {
    /// The kind of failure, and with it the status.
    public let code: ProblemCode
    /// One sentence for the caller; `nil` where the status says all.
    public let detail: String?
    /// What is wrong with the input.
    public let violations: [Violation]
    /// Header fields that belong to the answer, such as `WWW-Authenticate`, `Allow` or `Retry-After`.
    public let headers: HeaderFields
    /// For the log alone.
    public let logDetail: String?
    /// The upstream's own word for the kind of failure, where the answer is to repeat it.
    public let upstreamKind: String?

    /// A failure from its parts.
    public init(
        _ code: ProblemCode, detail: String? = nil, violations: [Violation] = [], headers: HeaderFields = [:],
        logDetail: String? = nil, upstreamKind: String? = nil
    ) {
        self.code = code
        self.detail = detail
        self.violations = violations
        self.headers = headers
        self.logDetail = logDetail
        self.upstreamKind = upstreamKind
    }

    /// Input that breaks the contract, every violation at once.
    public static func invalidInput(_ violations: [Violation]) -> APIFailure {
        let count = violations.count
        return APIFailure(
            .invalidInput, detail: "The request has \(count) \(count == 1 ? "violation" : "violations").",
            violations: violations)
    }

    /// No token, or one that does not verify; the challenge goes into `WWW-Authenticate`.
    public static func unauthenticated(
        _ challenge: BearerChallenge, detail: String, logDetail: String? = nil
    ) -> APIFailure {
        APIFailure(
            .unauthenticated, detail: detail, headers: ["WWW-Authenticate": challenge.headerValue], logDetail: logDetail
        )
    }

    /// A method that the resource does not have.
    public static func methodNotAllowed(allowed: [HTTPMethod]) -> APIFailure {
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        return APIFailure(
            .methodNotAllowed, detail: "This resource answers \(list).", headers: ["Allow": list])
    }

    /// The resource does not exist.
    public static let notFound = APIFailure(.notFound, detail: "There is no such resource.")
}
