import APIRuntime
import HTTPClient

/// An upstream call that gave no usable answer.
enum UpstreamFailure: Error {
    /// There was no answer.
    case transport(HTTPClientError)
    /// 400, 404, 422 or 503, with the upstream's words about the confined query, if any.
    case refused(status: Int, message: String?)
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
        case .refused(let status, let message): refusal(status, message)
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

    private func refusal(_ status: Int, _ message: String?) -> APIFailure {
        let log = "the upstream answered with status \(status)"
        return switch status {
        case 400:
            APIFailure(.invalidInput, detail: message ?? "The upstream did not accept the query.", logDetail: log)
        case 404: APIFailure(.notFound, detail: message ?? "The upstream has no such resource.", logDetail: log)
        case 422:
            APIFailure(.queryFailed, detail: message ?? "The upstream could not evaluate the query.", logDetail: log)
        default: APIFailure(.unavailable, detail: message ?? "The upstream is not available.", logDetail: log)
        }
    }
}
