import APIRuntime
import EventLoop
import GeneratedAPI
import Telemetry

/// Writes one line a request, when its answer has been sent or given up.
///
/// The line holds the path but not the query string, in which callers put what belongs into no log.
struct AccessLog: Middleware {
    let name = "access_log"
    let logger: Logger

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = try await next.handle(exchange)
        guard logger.isEnabled(.info) else { return response }
        let status = response.status
        let logger = logger
        response.atEnd { end in
            var fields: [Logger.Field] = [
                ("method", .string(exchange.request.method.rawValue)), ("path", .string(exchange.request.path)),
            ]
            if let operation = exchange.operation { fields.append(("operation", .string(operation.rawValue))) }
            Self.write(logger, exchange.context, fields, status: status, end)
        }
        return response
    }

    /// Sees that a request that could not even be read gets its line too.
    static func logRefusal(_ response: inout Response, _ context: RequestContext, _ detail: String, logger: Logger) {
        guard logger.isEnabled(.info) else { return }
        let status = response.status
        response.atEnd { end in
            write(logger, context, [("detail", .string(detail))], status: status, end)
        }
    }

    private static func write(
        _ logger: Logger, _ context: RequestContext, _ request: [Logger.Field], status: Int, _ end: ResponseEnd
    ) {
        let nanoseconds = MonotonicClock.now &- context.receivedAt
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
    /// The fields by which a log line is found: the request's id, and what the stages added.
    var logFields: [Logger.Field] {
        [("request_id", .string(requestID))] + annotations.map { ($0.name, .string($0.value)) }
    }
}
