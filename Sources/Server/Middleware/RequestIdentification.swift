import APIRuntime
import JSON
import Telemetry

/// Gives every request its id, and every answer the id of its request.
struct RequestIdentification: Middleware {
    let name = "request_id"
    let settings: [String: JSONValue] = ["header": .string(RequestID.headerName), "longest": 128]

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        Self.identify(exchange.context, exchange.request.headers)
        var response = try await next.handle(exchange)
        response.headers[RequestID.headerName] = exchange.context.requestID
        return response
    }

    /// Sets the id: the caller's own if it is usable, else a new one.
    static func identify(_ context: RequestContext, _ headers: HeaderFields) {
        context.requestID = RequestID.accepted(headers.values(RequestID.headerName)) ?? RequestID.make()
    }
}
