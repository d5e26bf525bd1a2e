import APIRuntime
import EventLoop
import GeneratedAPI
import JSON
import OTLP
import Telemetry

/// What becomes known of requests while they are served: traces, figures and the log.
struct Observation: Sendable {
    var tracer = Tracer.off
    let metrics: GatewayMetrics
    let log: AccessLog
    let logger: Logger
    /// `nil` where nobody asked for one.
    let audit: AuditLog?
    /// The scheme of requests, for spans.
    var scheme = "http"

    init(
        logger: Logger, tracer: Tracer = .off, metrics: GatewayMetrics = GatewayMetrics(),
        audit: AuditLog? = nil, isSecure: Bool = false
    ) {
        self.audit = audit
        self.logger = logger
        self.tracer = tracer
        self.metrics = metrics
        log = AccessLog(logger: logger)
        scheme = isSecure ? "https" : "http"
    }
}

/// Opens a request's trace, and when its answer has been sent or given up, ends the trace, counts, and writes the log.
struct Observability: Middleware {
    let name = "observability"
    let observation: Observation

    var settings: [String: JSONValue] {
        [
            "access_log": .bool(observation.log.isEnabled), "audit_log": .bool(observation.audit != nil),
            "metrics": true,
            "tracing": .bool(observation.tracer.processor != nil),
        ]
    }

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        let context = exchange.context
        let startedAt = context.receivedAt == 0 ? MonotonicClock.now : context.receivedAt
        let trace = observation.tracer.trace(exchange.request.headers, receivedAt: startedAt)
        exchange.trace = trace
        context.traceIDSource = trace
        if trace.isRecorded || observation.logger.isEnabled(.debug) {
            context.bindingObserver = ConfinementRecorder(trace: trace, context: context, logger: observation.logger)
        }
        let metrics = observation.metrics
        metrics.requestBegan()
        var response: Response
        do {
            response = try await RequestTrace.$current.withValue(trace) { try await next.handle(exchange) }
        } catch {
            metrics.requestAbandoned()
            throw error
        }
        let status = response.status
        let observation = observation
        response.atEnd { end in
            let endedAt = MonotonicClock.now
            observation.log.write(exchange, status: status, end, nanoseconds: endedAt &- startedAt)
            observation.audit?.write(exchange, status: status, end)
            metrics.requestEnded(
                FinishedRequest(
                    operation: exchange.operation, status: status, failure: exchange.failure,
                    isConfinementFailure: exchange.isConfinementFailure, outcome: end.outcome, bytes: end.bodyBytes,
                    nanoseconds: endedAt &- startedAt, trace: trace.isRecorded ? trace.context.traceID : nil,
                    tenants: exchange.principal?.selected ?? [], context: exchange.context))
            if trace.isRecorded { ServerSpan.end(trace, exchange, status, end, scheme: observation.scheme, endedAt) }
        }
        return response
    }

    /// Sees that a request that could not even be read is counted and gets its line too.
    func refused(_ response: inout Response, _ context: RequestContext, _ detail: String) {
        let startedAt = context.receivedAt == 0 ? MonotonicClock.now : context.receivedAt
        let status = response.status
        let observation = observation
        observation.metrics.requestBegan()
        response.atEnd { end in
            let nanoseconds = MonotonicClock.now &- startedAt
            observation.log.write(
                context, refusedFor: detail, status: status, end, nanoseconds: nanoseconds)
            observation.metrics.requestEnded(
                FinishedRequest(
                    operation: nil, status: status, failure: ProblemCode(protocolFailure: status),
                    isConfinementFailure: false, outcome: end.outcome, bytes: end.bodyBytes, nanoseconds: nanoseconds,
                    trace: nil, tenants: [], context: context))
        }
    }
}

/// The span of a request that came in
/// ([HTTP server span](https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server)).
private enum ServerSpan {
    static func end(
        _ trace: RequestTrace, _ exchange: Exchange, _ status: Int, _ end: ResponseEnd, scheme: String,
        _ endedAt: UInt64
    ) {
        let request = exchange.request
        let facts = exchange.operation?.spanFacts
        let isKnown = request.method == facts?.method || knownMethods.contains(request.method.rawValue)
        let method = isKnown ? request.method.rawValue : "_OTHER"
        // HEAD is answered by the operation of GET.
        let name =
            facts.map { $0.method == request.method ? $0.name : method + " " + $0.route } ?? (isKnown ? method : "HTTP")
        let error: String?
        let kind: String
        if status >= 500 {
            error = exchange.failure?.rawValue ?? "status \(status)"
            kind = String(status)
        } else if end.outcome != .complete {
            error = end.outcome.rawValue
            kind = end.outcome.rawValue
        } else {
            error = nil
            kind = ""
        }
        trace.end(name, at: endedAt, error: error) { attributes in
            attributes.append("http.request.method", method)
            attributes.append("url.path", request.path)
            attributes.append("url.scheme", scheme)
            attributes.append("http.response.status_code", status)
            attributes.append("http.response.body.size", end.bodyBytes)
            attributes.append("request.id", exchange.context.requestID)
            if !isKnown { attributes.append("http.request.method_original", request.method.rawValue) }
            if !exchange.context.peer.isEmpty { attributes.append("client.address", exchange.context.peer) }
            if let agent = request.headers["user-agent"] { attributes.append("user_agent.original", agent) }
            if let facts {
                attributes.append("http.route", facts.route)
                attributes.append("palisade.operation", facts.id)
            }
            if let principal = exchange.principal {
                let tenants = principal.selected
                let names = tenants.count == 1 ? tenants[0].name : tenants.map(\.name).joined(separator: "|")
                attributes.append("palisade.tenant", names)
            }
            if let failure = exchange.failure { attributes.append("palisade.failure", failure.rawValue) }
            if error != nil { attributes.append("error.type", kind) }
        }
    }

    private static let knownMethods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    ]
}
