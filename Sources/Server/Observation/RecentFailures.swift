import APIRuntime
import Tenancy

/// The requests that were refused or failed last. It is for operators: it says what everybody did.
struct RecentFailures: Sendable {
    /// How many of each kind are kept: many refusals do not hide the few failures.
    static let most = 25

    /// A request that was refused or failed; nothing of what was asked for.
    struct Failure: Sendable {
        /// When its answer was sent or given up, in seconds since 1970.
        let seconds: Double
        let status: Int
        let reason: String
        let operation: String?
        let tenants: [String]
        let requestID: String
        let traceID: String?
    }

    private var refused: [Failure] = []
    private var failed: [Failure] = []

    mutating func add(_ request: FinishedRequest, now: Double) {
        guard let reason = request.failure?.rawValue else { return }
        let failure = Failure(
            seconds: now, status: request.status, reason: reason, operation: request.operation?.rawValue,
            tenants: request.tenants.map(\.name), requestID: request.context.requestID,
            traceID: request.context.traceID.isEmpty ? nil : request.context.traceID)
        if request.status >= 500 { Self.add(failure, to: &failed) } else { Self.add(failure, to: &refused) }
    }

    /// Adds another one's.
    mutating func add(_ other: RecentFailures) {
        for failure in other.refused { Self.add(failure, to: &refused) }
        for failure in other.failed { Self.add(failure, to: &failed) }
    }

    var latestFirst: [Failure] { (refused + failed).sorted { $0.seconds > $1.seconds } }

    /// The earliest goes first.
    private static func add(_ failure: Failure, to list: inout [Failure]) {
        let place = list.lastIndex { $0.seconds <= failure.seconds }.map { $0 + 1 } ?? 0
        list.insert(failure, at: place)
        if list.count > most { list.removeFirst() }
    }
}
