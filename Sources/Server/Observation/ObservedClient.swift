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
    private let attributes: [Attribute]

    /// A client that sends through `http` to `origin`.
    init(http: any HTTPClient, upstream: Upstream, metrics: GatewayMetrics, origin: HTTPClientOrigin? = nil) {
        self.http = http
        self.upstream = upstream
        self.metrics = metrics
        urlPrefix = origin.map { "\($0.scheme.rawValue)://\($0.authority)" }
        var attributes = [Attribute("palisade.upstream", upstream.name)]
        if let origin {
            attributes.append(Attribute("server.address", origin.host))
            attributes.append(Attribute("server.port", Int(origin.port)))
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
            let body = ObservedBody(response.body, of: trace) { [self, request] bytes, error, endedAt in
                record(request, status, error, trace, context, from: startedAt, to: endedAt, bytes: bytes)
            }
            return HTTPClientResponse(status: status, headers: response.headers, body: body)
        } catch {
            count(nil, error, context, startedAt, isRecorded: trace?.isRecorded ?? false)
            if let trace, trace.isRecorded, let context {
                record(request, nil, error, trace, context, from: startedAt, to: MonotonicClock.now, bytes: 0)
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
        _ request: HTTPClientRequest, _ status: Int?, _ error: HTTPClientError?, _ trace: RequestTrace,
        _ context: TraceContext, from startedAt: UInt64, to endedAt: UInt64, bytes: Int
    ) {
        var attributes: [Attribute] = []
        attributes.reserveCapacity(self.attributes.count + 5)
        attributes += self.attributes
        attributes.append(Attribute("http.request.method", request.method.rawValue))
        if let urlPrefix {
            // The query string may hold a tenant's texts.
            let path = request.target.utf8.prefix { $0 != UInt8(ascii: "?") }
            attributes.append(Attribute("url.full", urlPrefix + String(Substring(path))))
        }
        var failure: String?
        if let status {
            attributes.append(Attribute("http.response.status_code", status))
            // What was read of a body that broke off is not its size.
            if error == nil { attributes.append(Attribute("http.response.body.size", bytes)) }
        }
        if let status, status >= 400 {
            failure = "status \(status)"
            attributes.append(Attribute("error.type", String(status)))
        } else if let error {
            failure = "\(error)"
            attributes.append(Attribute("error.type", error.kind))
        }
        trace.record(
            request.method.rawValue, .client, context: context, from: startedAt, to: endedAt, attributes,
            error: failure)
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
        case .cancelled: "cancelled"
        case .closed: "closed"
        case .poolExhausted: "pool_exhausted"
        case .notOnShard: "not_on_shard"
        }
    }
}
