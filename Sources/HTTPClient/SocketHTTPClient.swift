public import APIRuntime

/// The client for `http://`: our own HTTP/1.1 over non-blocking sockets, with a pool of connections on each shard.
///
/// Requests are sent from the shard on which ``send(_:)`` is called; called anywhere else it fails with `.notOnShard`.
public final class SocketHTTPClient: UploadingHTTPClient {
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

    /// Sends a request whose body arrives over time, from the shard this is called on: chunked, or with a
    /// `Content-Length` where the stream knows its length. Its next piece is asked for when there is room for it.
    ///
    /// The timeout for the answer's head begins anew whenever something of the body was sent. A request is not sent again
    /// once its body has begun. An answer may come before the body's end; the rest is sent as long as the answer is read.
    ///
    /// - Parameter body: stands for the request's own body, which is not looked at.
    /// - Throws: ``HTTPClientError``, `.requestBodyFailed` where the stream throws or has another length than it said.
    nonisolated(nonsending) public func send(
        _ request: HTTPClientRequest, body: any ByteStream
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await client.send(request, body: body)
    }

    /// What its connections are doing, on all shards together.
    public var connections: HTTPClientConnections { get async { await client.connections } }

    /// Ends the client on all shards.
    public func close() async { await client.close() }
}
