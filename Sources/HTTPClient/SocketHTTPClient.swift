/// The client for `http://`: our own HTTP/1.1 over non-blocking sockets, with a pool of connections on each shard.
///
/// Requests are sent from the shard on which ``send(_:)`` is called; called anywhere else it fails with `.notOnShard`.
public final class SocketHTTPClient: HTTPClient {
    private let client: PooledHTTPClient

    /// A client without connections.
    public init(origin: HTTPClientOrigin, configuration: HTTPClientConfiguration = .init()) {
        client = PooledHTTPClient(origin: origin, configuration: configuration)
    }

    /// Sends a request from the shard this is called on.
    nonisolated(nonsending) public func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await client.send(request)
    }

    /// What its connections are doing, on all shards together.
    public var connections: HTTPClientConnections { get async { await client.connections } }

    /// Ends the client on all shards.
    public func close() async { await client.close() }
}
