import APIRuntime
import GeneratedAPI

/// The innermost stage: decodes and checks the input, calls the operation, encodes its output.
struct OperationCall: Middleware {
    let name = "operation"
    let router: Router

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        guard let operation = exchange.operation else { throw APIFailure.notFound }
        return try await router.perform(
            operation, exchange.pathParameters, exchange.request, credential: exchange.principal)
    }
}
