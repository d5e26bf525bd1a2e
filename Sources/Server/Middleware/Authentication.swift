import APIRuntime
import EventLoop
import GeneratedAPI
import JSON
import Telemetry
import Tenancy

/// Makes the principal of an operation that needs one.
struct Authentication: Middleware {
    let name = "authentication"
    let router: Router
    let metrics: GatewayMetrics
    let settings: [String: JSONValue] = ["scheme": "bearer"]

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        guard let operation = exchange.operation else { throw APIFailure.notFound }
        exchange.principal = try await authenticated(operation, exchange)
        if let principal = exchange.principal {
            exchange.context.annotations.append(
                ("tenant", principal.selected.map(\.name).joined(separator: "|")))
        }
        return try await next.handle(exchange)
    }

    private nonisolated(nonsending) func authenticated(
        _ operation: OperationID, _ exchange: Exchange
    ) async throws -> Principal? {
        let startedAt = MonotonicClock.now
        do {
            let principal = try await router.authenticate(operation, exchange.request)
            guard let principal else { return nil }
            metrics.tokenSeen(.accepted)
            exchange.trace?.record("authenticate", from: startedAt, to: MonotonicClock.now)
            return principal
        } catch {
            let code = (error as? APIFailure)?.code
            if code == .forbidden {
                metrics.tokenSeen(.forbidden)
            } else if code == .unauthenticated {
                metrics.tokenSeen(exchange.request.headers.contains("authorization") ? .refused : .missing)
            }
            exchange.trace?.record(
                "authenticate", from: startedAt, to: MonotonicClock.now, error: code?.rawValue ?? "failed")
            throw error
        }
    }
}
