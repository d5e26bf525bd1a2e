import Synchronization

/// What a server has counted since it was made.
public struct HTTPServerCounters: Sendable, Equatable {
    /// Connections that are open now.
    public var openConnections: Int
    /// Connections that were accepted.
    public var acceptedConnections: Int
    /// Connections that were closed at once, as there were too many or the process had no descriptor left.
    public var refusedConnections: Int
    /// Connections that ended by a TLS handshake that could not succeed. Clients that left within it do not count.
    public var failedHandshakes: Int
    /// Requests whose head was read.
    public var requests: Int
}

final class CounterCells: Sendable {
    let open = Atomic<Int>(0)
    let accepted = Atomic<Int>(0)
    let refused = Atomic<Int>(0)
    let failedHandshakes = Atomic<Int>(0)
    let requests = Atomic<Int>(0)

    var snapshot: HTTPServerCounters {
        HTTPServerCounters(
            openConnections: open.load(ordering: .relaxed), acceptedConnections: accepted.load(ordering: .relaxed),
            refusedConnections: refused.load(ordering: .relaxed),
            failedHandshakes: failedHandshakes.load(ordering: .relaxed),
            requests: requests.load(ordering: .relaxed))
    }
}
