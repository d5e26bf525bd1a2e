import APIRuntime
import EventLoop

/// Our own HTTP/1.1 over a pool of connections on each shard. What the bytes go through is the pool's to know.
final class PooledHTTPClient: HTTPClient {
    private struct Registry {
        var shards: [Shard] = []
        var isClosed = false
    }

    private let origin: HTTPClientOrigin
    private let configuration: HTTPClientConfiguration
    private let session: CurlSession.Settings?
    private let local = ShardLocal<ClientPool>()
    private let registry = Lock(Registry())

    /// A client without connections. With `session` each connection goes through libcurl.
    init(origin: HTTPClientOrigin, configuration: HTTPClientConfiguration, session: CurlSession.Settings? = nil) {
        self.origin = origin
        self.configuration = configuration
        self.session = session
    }

    /// Sends a request from the shard this is called on.
    nonisolated(nonsending) func send(
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

    /// Sends a request whose body arrives over time, from the shard this is called on. It is not sent again.
    nonisolated(nonsending) func send(
        _ request: HTTPClientRequest, body: any ByteStream
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        let upload = ClientUpload(body, timeout: request.timeout.nanoseconds)
        do throws(HTTPClientError) {
            guard let loop = ShardLoop.current else { throw .notOnShard }
            let pool = try pool(on: loop)
            let (sum, overflow) = MonotonicClock.now.addingReportingOverflow(request.timeout.nanoseconds)
            let deadline = overflow ? UInt64.max : sum
            if Task.isCancelled { throw .cancelled }
            let connection = try await pool.connection(until: deadline, fresh: false)
            let exchange = ClientExchange(idleTimeout: request.idleTimeout.nanoseconds)
            try connection.begin(exchange, request: request, upload: upload, until: deadline)
            return try await exchange.response()
        } catch {
            upload.stop()
            throw error
        }
    }

    /// What its connections are doing, on all shards together.
    var connections: HTTPClientConnections {
        get async {
            var sum = HTTPClientConnections()
            for shard in registry.withLock({ $0.shards }) {
                let theirs = await shard.withLoop { [local] loop in
                    local.value(on: loop)?.counts ?? HTTPClientConnections()
                }
                sum.busy += theirs.busy
                sum.idle += theirs.idle
                sum.waiting += theirs.waiting
            }
            return sum
        }
    }

    /// Ends the client on all shards.
    func close() async {
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
        let pool = ClientPool(origin: origin, configuration: configuration, session: session, loop: loop)
        local.set(pool, on: loop)
        return pool
    }
}
