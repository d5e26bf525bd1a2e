import APIRuntime
import EventLoop
import HTTPClient
import OTLP
import Telemetry

/// An upstream that the gateway has calls observed of.
enum Upstream: Int, CaseIterable, Sendable {
    case prometheus
    case tempo

    /// For people, metrics and spans.
    var name: String {
        switch self {
        case .prometheus: "prometheus"
        case .tempo: "tempo"
        }
    }
}

/// A client whose every call is counted, and has a span in the trace of the request that it is made for
/// ([HTTP client span](https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client)).
///
/// The upstream is told the gateway's own place in the trace, never what a caller sent; and no baggage.
final class ObservedClient: HTTPClient {
    private let http: any HTTPClient
    private let upstream: Upstream
    private let metrics: GatewayMetrics
    /// The origin of the URLs of its requests; `nil` where it has none.
    private let urlPrefix: String?
    /// What the spans of all its requests have.
    private let attributes: EncodedAttributes

    /// A client that sends through `http` to `origin`.
    init(http: any HTTPClient, upstream: Upstream, metrics: GatewayMetrics, origin: HTTPClientOrigin? = nil) {
        self.http = http
        self.upstream = upstream
        self.metrics = metrics
        urlPrefix = origin.map { "\($0.scheme.rawValue)://\($0.authority)" }
        var attributes = EncodedAttributes()
        attributes.append("palisade.upstream", upstream.name)
        if let origin {
            attributes.append("server.address", origin.host)
            attributes.append("server.port", Int(origin.port))
        }
        self.attributes = attributes
    }

    nonisolated(nonsending) func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        let trace = RequestTrace.current
        let context = trace?.child()
        var request = request
        if let context {
            request.headers["traceparent"] = context.traceParent
            if !context.state.isEmpty { request.headers["tracestate"] = context.state }
        }
        let startedAt = MonotonicClock.now
        do {
            let response = try await http.send(request)
            count(response.status, nil, context, startedAt, isRecorded: trace?.isRecorded ?? false)
            guard let trace, trace.isRecorded, let context else { return response }
            // The call lasts until its body does.
            let status = response.status
            let (method, target) = (request.method, request.target)
            let body = ObservedBody(response.body, of: trace) { [self] bytes, error, endedAt in
                record(method, target, status, error, trace, context, from: startedAt, to: endedAt, bytes: bytes)
            }
            return HTTPClientResponse(status: status, headers: response.headers, body: body)
        } catch {
            count(nil, error, context, startedAt, isRecorded: trace?.isRecorded ?? false)
            if let trace, trace.isRecorded, let context {
                record(
                    request.method, request.target, nil, error, trace, context, from: startedAt, to: MonotonicClock.now,
                    bytes: 0)
            }
            throw error
        }
    }

    var connections: HTTPClientConnections { get async { await http.connections } }

    func close() async { await http.close() }

    private func count(
        _ status: Int?, _ error: HTTPClientError?, _ context: TraceContext?, _ startedAt: UInt64, isRecorded: Bool
    ) {
        metrics.upstreamAnswered(
            FinishedCall(
                upstream: upstream, status: status, error: error, nanoseconds: MonotonicClock.now &- startedAt,
                trace: isRecorded ? context?.traceID : nil))
    }

    /// Records the span of a call that had an answer, a whole or a broken one, or none.
    private func record(
        _ method: HTTPMethod, _ target: String, _ status: Int?, _ error: HTTPClientError?, _ trace: RequestTrace,
        _ context: TraceContext, from startedAt: UInt64, to endedAt: UInt64, bytes: Int
    ) {
        let failure: String?
        let kind: String
        if let status, status >= 400 {
            failure = "status \(status)"
            kind = String(status)
        } else if let error {
            failure = "\(error)"
            kind = error.kind
        } else {
            failure = nil
            kind = ""
        }
        trace.record(
            method.rawValue, .client, context: context, from: startedAt, to: endedAt, error: failure
        ) { attributes in
            attributes.append(self.attributes)
            attributes.append("http.request.method", method.rawValue)
            if let urlPrefix {
                // The query string may hold a tenant's texts.
                let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
                attributes.append("url.full", urlPrefix, target[..<end].utf8)
            }
            if let status {
                attributes.append("http.response.status_code", status)
                // What was read of a body that broke off is not its size.
                if error == nil { attributes.append("http.response.body.size", bytes) }
            }
            if failure != nil { attributes.append("error.type", kind) }
        }
    }
}

extension HTTPClientError {
    /// One word for metrics and spans.
    var kind: String {
        switch self {
        case .cannotConnect: "cannot_connect"
        case .timedOut: "timeout"
        case .connectionClosed: "connection_closed"
        case .cut: "cut"
        case .malformedAnswer: "malformed_answer"
        case .unwritableRequest: "unwritable_request"
        case .requestBodyFailed: "request_body_failed"
        case .cancelled: "cancelled"
        case .closed: "closed"
        case .poolExhausted: "pool_exhausted"
        case .notOnShard: "not_on_shard"
        }
    }
}
