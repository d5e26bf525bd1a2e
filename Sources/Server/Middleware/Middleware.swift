import APIRuntime
import JSON

/// One stage of a request's way.
protocol Middleware: Sendable {
    /// The name by which people know it.
    var name: String { get }

    /// Whether it has something to do as it is configured.
    var isActive: Bool { get }

    /// What is in force, for people.
    var settings: [String: JSONValue] { get }

    /// Answers, or lets the rest of the chain answer.
    ///
    /// - Throws: what is answered by ``FailureAnswers``, further out.
    nonisolated(nonsending) func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response
}

extension Middleware {
    var isActive: Bool { true }
    var settings: [String: JSONValue] { [:] }
}

/// The stages in the order in which a request passes them.
struct MiddlewareChain: Sendable {
    /// Outermost first; the last one answers.
    let stages: [any Middleware]

    /// What the stages are and do.
    var reports: [StageReport] {
        stages.map { StageReport(name: $0.name, isActive: $0.isActive, settings: $0.settings) }
    }

    /// The answer to a request.
    nonisolated(nonsending) func handle(_ exchange: Exchange) async throws -> Response {
        try await Rest(stages: stages[...]).handle(exchange)
    }

    /// The stages that are still to come.
    struct Rest: Sendable {
        fileprivate let stages: ArraySlice<any Middleware>

        /// The answer of the remaining stages; 404 if none of them answers.
        nonisolated(nonsending) func handle(_ exchange: Exchange) async throws -> Response {
            guard let stage = stages.first else { throw APIFailure.notFound }
            return try await stage.handle(exchange, Rest(stages: stages.dropFirst()))
        }
    }
}
