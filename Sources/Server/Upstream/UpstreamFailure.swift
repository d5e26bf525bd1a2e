import APIRuntime
import HTTPClient

/// An upstream call that gave no usable answer.
enum UpstreamFailure: Error {
    /// There was no answer.
    case transport(HTTPClientError)
    /// 400, 404, 422 or 503, with the upstream's words about the confined query, if any,
    /// and its own word for the kind of error.
    case refused(status: Int, message: String?, kind: String? = nil)
    /// A status that says nothing to the caller.
    case unusableStatus(Int)
    /// A good status, but not the media type that was asked for.
    case unexpectedMediaType
    /// A good answer that is not what the upstream's API has; the text is for the log.
    case unreadable(String)
    /// More of the caller's own than one answer may hold, in bytes.
    case tooLarge(limit: Int)

    init(_ error: HTTPClientError) {
        self = .transport(error)
    }
}

extension UpstreamFailure: APIFailureConvertible {
    /// By the table "What comes back from an upstream" in `docs/isolation.md`.
    var apiFailure: APIFailure {
        switch self {
        case .transport(.timedOut):
            APIFailure(
                .upstreamTimeout, detail: "The upstream did not answer in time.",
                logDetail: "the upstream did not answer in time")
        case .transport(.cancelled): APIFailure(.requestTimeout, detail: "The client left.")
        case .transport(let error):
            APIFailure(
                .upstreamFailed, detail: "The upstream could not be reached or broke off.",
                logDetail: "upstream: \(error)")
        case .refused(let status, let message, let kind): refusal(status, message, kind)
        case .unusableStatus(let status):
            APIFailure(
                .upstreamFailed, detail: "The upstream gave no usable answer.",
                logDetail: "the upstream answered with status \(status)")
        case .tooLarge(let limit):
            APIFailure(
                .upstreamFailed, detail: "The answer is larger than \(limit) bytes.",
                logDetail: "the caller's own part of an answer is larger than \(limit) bytes")
        case .unreadable(let reason):
            APIFailure(
                .upstreamFailed, detail: "The upstream gave no usable answer.",
                logDetail: "the upstream's answer cannot be read: \(reason)")
        case .unexpectedMediaType:
            APIFailure(
                .upstreamFailed, detail: "The upstream gave no usable answer.",
                logDetail: "the upstream answered with an unexpected media type")
        }
    }

    private func refusal(_ status: Int, _ message: String?, _ kind: String?) -> APIFailure {
        let (code, otherwise): (ProblemCode, String) =
            switch status {
            case 400: (.invalidInput, "The upstream did not accept the query.")
            case 404: (.notFound, "The upstream has no such resource.")
            case 422: (.queryFailed, "The upstream could not evaluate the query.")
            default: (.unavailable, "The upstream is not available.")
            }
        return APIFailure(
            code, detail: message ?? otherwise, logDetail: "the upstream answered with status \(status)",
            upstreamKind: kind)
    }
}
