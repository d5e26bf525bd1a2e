import APIRuntime
import GeneratedAPI

/// Finds the operation of a path and method. What the document does not have does not exist.
struct Routing: Middleware {
    let name = "routing"

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        let request = exchange.request
        if request.method == .options, request.path == "*" {
            return Response(status: 204, headers: ["Allow": "GET, HEAD, OPTIONS, POST"])
        }
        switch Router.match(request.method, path: request.path) {
        case .operation(let operation, let parameters):
            exchange.operation = operation
            exchange.pathParameters = parameters
            exchange.context.refusedParameters = operation.refusedParameters
            return try await next.handle(exchange)
        case .methodNotAllowed(let allowed) where request.method == .options:
            let list = allowed.map(\.rawValue).joined(separator: ", ")
            return Response(status: 204, headers: ["Allow": list])
        case .methodNotAllowed(let allowed): throw APIFailure.methodNotAllowed(allowed: allowed)
        case .notFound where FailureFormat.of(path: request.path) == .text:
            throw APIFailure(.notFound, detail: "This gateway does not offer this part of Tempo's API.")
        case .notFound: throw APIFailure.notFound
        }
    }
}

extension OperationID {
    /// What the document says of it, made once: a description is put together anew each time it is asked for.
    var known: OperationDescription { Self.descriptions[ordinal] }

    /// Whether it is for callers with a token.
    var isSecured: Bool { Self.areSecured[ordinal] }

    /// Parameters that its requests must not have.
    var refusedParameters: ParameterNames { Self.refusedParameters[ordinal] }

    /// What its requests' spans say of it.
    var spanFacts: (name: String, method: HTTPMethod, route: String, id: String) { Self.spanFacts[ordinal] }

    private static let spanFacts = descriptions.map { known in
        (name: known.method.rawValue + " " + known.path, method: known.method, route: known.path, id: known.id)
    }
    private static let descriptions = allCases.map(\.description)
    private static let areSecured = descriptions.map(\.isSecured)
    private static let refusedParameters = descriptions.map { ParameterNames(RefusedParameters.names(for: $0.path)) }
}
