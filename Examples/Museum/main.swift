import MuseumAPI
import Support

// museum PORT: serves the museum's API to whoever knows the password.
let museum = Museum()
let router = Router(authenticator: Door(), operations: museum, events: museum, tickets: museum)
try await serve(
    port: CommandLine.arguments.dropFirst().first.flatMap { UInt16($0) } ?? 8080,
    statuses: { request in
        guard case .operation(let operation, _) = Router.match(request.method, path: request.path) else { return [] }
        return operation.description.statuses
    }
) { request in
    try await router.respond(to: request)
}
