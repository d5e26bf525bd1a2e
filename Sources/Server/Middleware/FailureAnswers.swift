import APIRuntime
import Telemetry

/// Turns what the stages within throw into answers, and logs what the caller is not told. From here on there is always
/// an answer, so here it gets the fields that the stages within want on every one.
struct FailureAnswers: Middleware {
    let name = "failures"
    let logger: Logger

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = await answer(exchange, next)
        for field in exchange.answerFields.fields { response.headers.add(name: field.name, value: field.value) }
        return response
    }

    private nonisolated(nonsending) func answer(
        _ exchange: Exchange, _ next: MiddlewareChain.Rest
    ) async -> Response {
        do {
            return try await next.handle(exchange)
        } catch {
            let failure = Self.failure(for: error)
            exchange.failure = failure.code
            if Self.isConfinementFailure(error) {
                exchange.isConfinementFailure = true
                logger.log(
                    .error, "confinement failed: a query was not sent, since its restriction could not be verified",
                    exchange.context.logFields)
            }
            if let detail = failure.logDetail {
                logger.log(
                    failure.code.status < 500 ? .info : .error, "request failed",
                    exchange.context.logFields + [
                        ("code", .string(failure.code.rawValue)), ("detail", .string(detail)),
                    ])
            }
            return FailureFormat.of(path: exchange.request.path)
                .response(
                    to: failure, requestID: exchange.context.requestID, traceID: exchange.context.traceID)
        }
    }

    /// Whether the gateway's own check refused what its own rewriting made: a defect that somebody has to look at.
    private static func isConfinementFailure(_ error: any Error) -> Bool {
        (error as? any InputFailure).map { $0.fault == nil } ?? false
    }

    private static func failure(for error: any Error) -> APIFailure {
        switch error {
        case let failure as APIFailure: failure
        case let convertible as any APIFailureConvertible: convertible.apiFailure
        case RequestBodyError.tooLarge(let limit):
            APIFailure(.contentTooLarge, detail: "The body may have at most \(limit) bytes.")
        case RequestBodyError.malformed(let detail): APIFailure(.malformedRequest, detail: detail)
        case RequestBodyError.timedOut:
            APIFailure(.requestTimeout, detail: "The body did not arrive in time.")
        case RequestBodyError.disconnected, is CancellationError:
            APIFailure(.requestTimeout, detail: "The client left.")
        default: APIFailure(.internalError, logDetail: String(describing: error))
        }
    }
}

/// An error that knows what the caller is to be answered.
protocol APIFailureConvertible: Error {
    /// The answer, and what only the log may hold.
    var apiFailure: APIFailure { get }
}
