import APIRuntime
import GeneratedAPI

/// Makes the principal of an operation that needs one.
struct Authentication: Middleware {
    let name = "authentication"
    let router: Router

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        guard let operation = exchange.operation else { throw APIFailure.notFound }
        exchange.principal = try await router.authenticate(operation, exchange.request)
        if let principal = exchange.principal {
            exchange.context.annotations.append(
                ("tenant", principal.selected.map(\.name).joined(separator: "|")))
        }
        return try await next.handle(exchange)
    }
}
