public import APIRuntime
import EventLoop
import HTTPServer

/// Listens on the loopback interface and has each request answered, until the process is ended. `statuses` are those that
/// the document has for a request; none where it leads nowhere.
public func serve(
    port: UInt16, statuses: @escaping @Sendable (Request) -> [Int],
    _ respond: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Response
) async throws {
    let shards = try ShardGroup(count: 1)
    try shards.start()
    let server = HTTPServer(
        configuration: HTTPServerConfiguration(host: "127.0.0.1", port: port), shards: shards,
        responder: ExampleResponder(statuses: statuses, answer: respond))
    for address in try await server.start() { print("listening on \(address)") }
    shards.join()
}

/// What lies between the connections and a generated router: failures become problem details.
private struct ExampleResponder: Responder {
    let statuses: @Sendable (Request) -> [Int]
    let answer: nonisolated(nonsending) @Sendable (Request) async throws -> Response

    func respond(to request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch let failure as APIFailure {
            return Self.documented(failure, statuses(request)).problemResponse(requestID: request.context.requestID)
        } catch {
            return APIFailure(.internalError, logDetail: "\(error)").problemResponse(
                requestID: request.context.requestID)
        }
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        APIFailure(ProblemCode(protocolFailure: failure.status), detail: failure.detail)
            .problemResponse(requestID: context.requestID)
    }

    /// What a document has no status of its own for (a path whose parameter cannot be, a body of another media type) is a
    /// bad request.
    private static func documented(_ failure: APIFailure, _ statuses: [Int]) -> APIFailure {
        let isOther = failure.code == .unsupportedMediaType || failure.code == .notFound
        guard isOther, statuses.contains(400), !statuses.contains(failure.code.status) else { return failure }
        return APIFailure(.malformedRequest, detail: failure.detail, headers: failure.headers)
    }
}
