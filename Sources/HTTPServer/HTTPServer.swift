public import APIRuntime
public import EventLoop
import Synchronization

/// An HTTP/1.1 server: on each shard a listener of its own and the connections that it accepted.
///
/// A request is read, answered and written on the shard of its connection.
public final class HTTPServer: Sendable {
    private let configuration: HTTPServerConfiguration
    private let group: ShardGroup
    private let responder: any Responder
    private let cells = CounterCells()
    private let state = ShardLocal<ServerShard>()

    /// A server that does not listen yet.
    public init(configuration: HTTPServerConfiguration, shards: ShardGroup, responder: any Responder) {
        self.configuration = configuration
        group = shards
        self.responder = responder
    }

    /// What the server has counted.
    public var counters: HTTPServerCounters { cells.snapshot }

    /// How many connections wait to be accepted, by shard.
    public var waitingConnections: [(shard: Int, count: Int)] {
        get async {
            var waiting: [(shard: Int, count: Int)] = []
            for shard in group.shards {
                let count = await shard.withLoop { [state] loop in state.value(on: loop)?.waitingConnections ?? 0 }
                waiting.append((shard.index, count))
            }
            return waiting
        }
    }

    /// Listens on all shards.
    ///
    /// - Returns: the addresses that are listened at, with their real ports, in the configuration's order.
    /// - Throws: `ResolverError` for a host without an address; `SystemError` where a port cannot be had. Nothing is
    ///   listened at then.
    public func start() async throws -> [SocketAddress] {
        var addresses: [SocketAddress] = []
        for listen in configuration.listen {
            addresses += try await Resolver.addresses(host: listen.host, port: listen.port).prefix(1)
        }
        for address in addresses where address.port != 0 { try Self.requireUnshared(address) }
        do {
            for shard in group.shards {
                let wanted = addresses
                addresses = try await shard.withLoop { [configuration, responder, cells, state] loop in
                    let server = ServerShard(
                        configuration: configuration, responder: responder, cells: cells, loop: loop)
                    state.set(server, on: loop)
                    return try server.listen(at: wanted)
                }
            }
        } catch {
            await stopListening()
            throw error
        }
        return addresses
    }

    /// The shards share their port, and any other process of the same user could share it with them, unseen: each would
    /// get some of the connections. So the port has to be had alone first.
    private static func requireUnshared(_ address: SocketAddress) throws(SystemError) {
        try Socket.listening(on: address, backlog: 1, sharedPort: false).close()
    }

    /// Accepts no further connections. The open ones go on as before.
    public func stopListening() async {
        for shard in group.shards {
            await shard.withLoop { [state] loop in state.value(on: loop)?.stopListening() }
        }
    }

    /// Ends the server: accepts nothing more, closes idle connections at once, lets running requests finish and closes
    /// their connections after that, and after the given time breaks off those that have not finished.
    ///
    /// Returns when all connections are closed.
    public func shutdown(within limit: Duration) async {
        await stopListening()
        for shard in group.shards {
            await shard.withLoop { [state] loop in state.value(on: loop)?.beginDraining(within: limit) }
        }
        for shard in group.shards {
            try? await shard.run { [state] in
                guard let loop = ShardLoop.current, let server = state.value(on: loop) else { return }
                await server.drained()
                state.set(nil, on: loop)
            }
        }
    }
}
