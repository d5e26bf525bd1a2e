import EventLoop
public import HTTP1

/// What a client grants its upstream.
public struct HTTPClientConfiguration: Sendable {
    /// How long connecting to one address may take.
    public var connectTimeout = Duration.seconds(5)
    /// How many connections each shard may have.
    public var maximumConnectionsPerShard = 1_024
    /// How many requests of each shard may wait for a connection.
    public var maximumWaitingPerShard = 4_096
    /// How long a connection without a request is kept.
    public var idleTimeout = Duration.seconds(30)
    /// How long a name's addresses are used before it is resolved again.
    public var addressLifetime = Duration.seconds(30)
    /// How large an answer's head may be.
    public var limits = HTTP1Limits()
    /// Reading from the upstream stops when so many bytes of a body wait to be taken, and goes on when they are.
    public var highWatermark = 262_144

    /// What gives a host's addresses, in the order in which they should be tried.
    var resolve: @Sendable (String, UInt16) async throws(ResolverError) -> [SocketAddress] = {
        (host, port) async throws(ResolverError) in try await Resolver.addresses(host: host, port: port)
    }

    /// The defaults.
    public init() {}
}
