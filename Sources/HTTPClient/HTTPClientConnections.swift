/// What a client's connections are doing, on all shards together.
public struct HTTPClientConnections: Sendable, Equatable {
    /// Connections that carry a request, or are being set up.
    public var busy = 0
    /// Connections that are kept for the next request.
    public var idle = 0
    /// Requests that wait for a connection.
    public var waiting = 0

    /// Counts from their parts.
    public init(busy: Int = 0, idle: Int = 0, waiting: Int = 0) {
        self.busy = busy
        self.idle = idle
        self.waiting = waiting
    }
}

extension HTTPClient {
    /// A client without a pool has nothing to say.
    public var connections: HTTPClientConnections { get async { HTTPClientConnections() } }
}
