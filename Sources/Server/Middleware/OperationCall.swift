import APIRuntime
import GeneratedAPI
import JSON

/// The innermost stage: decodes and checks the input, calls the operation, encodes its output.
struct OperationCall: Middleware {
    let name = "validation"
    let router: Router
    /// The limits that input is held to, for people.
    let settings: [String: JSONValue]

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        guard let operation = exchange.operation else { throw APIFailure.notFound }
        return try await router.perform(
            operation, exchange.pathParameters, exchange.request, credential: exchange.principal)
    }
}
