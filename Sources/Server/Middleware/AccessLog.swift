import APIRuntime
import EventLoop
import GeneratedAPI
import Telemetry

/// Writes one line a request, when its answer has been sent or given up.
///
/// The line holds the path but not the query string, in which callers put what belongs into no log.
struct AccessLog: Sendable {
    let logger: Logger

    /// Whether lines are written at all.
    var isEnabled: Bool { logger.isEnabled(.info) }

    /// The line of a request that was routed, or could not be.
    func write(_ exchange: Exchange, status: Int, _ end: ResponseEnd, nanoseconds: UInt64) {
        guard isEnabled else { return }
        var fields: [Logger.Field] = [
            ("method", .string(exchange.request.method.rawValue)), ("path", .string(exchange.request.path)),
        ]
        if let operation = exchange.operation { fields.append(("operation", .string(operation.rawValue))) }
        write(exchange.context, fields, status: status, end, nanoseconds: nanoseconds)
    }

    /// The line of a request that could not even be read.
    func write(
        _ context: RequestContext, refusedFor detail: String, status: Int, _ end: ResponseEnd, nanoseconds: UInt64
    ) {
        guard isEnabled else { return }
        write(context, [("detail", .string(detail))], status: status, end, nanoseconds: nanoseconds)
    }

    private func write(
        _ context: RequestContext, _ request: [Logger.Field], status: Int, _ end: ResponseEnd, nanoseconds: UInt64
    ) {
        logger.log(
            .info, "request",
            context.logFields + request + [
                ("status", .integer(status)), ("bytes", .integer(end.bodyBytes)),
                ("outcome", .string(end.outcome.rawValue)),
                ("duration_ms", .double(Double(nanoseconds / 1_000) / 1_000)), ("peer", .string(context.peer)),
            ])
    }
}

extension Response {
    /// Has `action` called when the answer has been sent or given up, after what is to be called already.
    mutating func atEnd(_ action: @escaping (ResponseEnd) -> Void) {
        guard let earlier = onEnd else {
            onEnd = action
            return
        }
        onEnd = { end in
            earlier(end)
            action(end)
        }
    }
}

extension RequestContext {
    /// The fields by which a log line is found: the ids of the request and of its trace, and what the stages added.
    var logFields: [Logger.Field] {
        var fields: [Logger.Field] = [("request_id", .string(requestID))]
        if !traceID.isEmpty { fields.append(("trace_id", .string(traceID))) }
        for annotation in annotations { fields.append((annotation.name, .string(annotation.value))) }
        return fields
    }
}
