import Support
import TrainTravelAPI

// train-travel PORT: serves trips and bookings to the holders of two tokens.
let railway = Railway()
let router = Router(
    authenticator: TicketInspector(), stations: railway, trips: railway, bookings: railway, payments: railway)
try await serve(
    port: CommandLine.arguments.dropFirst().first.flatMap { UInt16($0) } ?? 8080,
    statuses: { request in
        guard case .operation(let operation, _) = Router.match(request.method, path: request.path) else { return [] }
        return operation.description.statuses
    }
) { request in
    try await router.respond(to: request)
}
