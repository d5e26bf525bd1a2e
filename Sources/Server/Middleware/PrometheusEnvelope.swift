import APIRuntime
import JSON

extension APIFailure {
    /// The failure in Prometheus' envelope
    /// ([format](https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview)).
    func prometheusEnvelope() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("status")
        writer.string("error")
        writer.name("errorType")
        writer.string(upstreamKind ?? code.prometheusErrorType)
        writer.name("error")
        writer.string(sentence(as: .prometheus))
        writer.endObject()
        return writer.bytes
    }
}

extension ProblemCode {
    /// Prometheus' word for failures of this status, and, for a status that Prometheus does not have, that of the
    /// gateways that speak its API.
    var prometheusErrorType: String {
        switch self {
        case .malformedRequest, .invalidInput, .methodNotAllowed, .requestTimeout, .targetTooLong,
            .unsupportedMediaType, .expectationFailed, .headersTooLarge, .versionNotSupported:
            "bad_data"
        case .unauthenticated: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .contentTooLarge: "too_large_entry"
        case .queryFailed, .queryTooLarge: "execution"
        case .rateLimited, .tooManyRequests: "too_many_requests"
        case .internalError, .notImplemented, .upstreamFailed: "internal"
        case .unavailable: "unavailable"
        case .upstreamTimeout: "timeout"
        }
    }
}
