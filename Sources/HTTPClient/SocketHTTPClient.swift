import APIRuntime
import EventLoop
import Synchronization

/// The client for `http://`: our own HTTP/1.1 over non-blocking sockets, with a pool of connections on each shard.
///
/// Requests are sent from the shard on which ``send(_:)`` is called; called anywhere else it fails with `.notOnShard`.
public final class SocketHTTPClient: HTTPClient {
    private struct Registry {
        var shards: [Shard] = []
        var isClosed = false
    }

    private let origin: HTTPClientOrigin
    private let configuration: HTTPClientConfiguration
    private let local = ShardLocal<ClientPool>()
    private let registry = Mutex(Registry())

    /// A client without connections.
    public init(origin: HTTPClientOrigin, configuration: HTTPClientConfiguration = .init()) {
        self.origin = origin
        self.configuration = configuration
    }

    /// Sends a request from the shard this is called on.
    nonisolated(nonsending) public func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        guard let loop = ShardLoop.current else { throw .notOnShard }
        let pool = try pool(on: loop)
        let (sum, overflow) = MonotonicClock.now.addingReportingOverflow(request.timeout.nanoseconds)
        let deadline = overflow ? UInt64.max : sum
        var isRetry = false
        while true {
            if Task.isCancelled { throw .cancelled }
            let connection = try await pool.connection(until: deadline, fresh: isRetry)
            let isReused = connection.isReused
            let exchange = ClientExchange(idleTimeout: request.idleTimeout.nanoseconds)
            try connection.begin(exchange, request: request, until: deadline)
            do throws(HTTPClientError) {
                return try await exchange.response()
            } catch {
                // The upstream may close a kept connection at any time; that is no failure of this request.
                guard error == .connectionClosed, isReused, !isRetry, !exchange.answerHasBegun, request.isIdempotent
                else { throw error }
                isRetry = true
            }
        }
    }

    /// Ends the client on all shards.
    public func close() async {
        let shards = registry.withLock { registry in
            registry.isClosed = true
            return registry.shards
        }
        for shard in shards {
            await shard.withLoop { [local] loop in
                local.value(on: loop)?.close()
            }
        }
    }

    private func pool(on loop: ShardLoop) throws(HTTPClientError) -> ClientPool {
        if let pool = local.value(on: loop) { return pool }
        guard let shard = Shard.current else { throw .notOnShard }
        let isOpen = registry.withLock { registry in
            if !registry.isClosed { registry.shards.append(shard) }
            return !registry.isClosed
        }
        guard isOpen else { throw .closed }
        let pool = ClientPool(origin: origin, configuration: configuration, loop: loop)
        local.set(pool, on: loop)
        return pool
    }
}
