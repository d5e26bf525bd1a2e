import EventLoop
import Glibc
import HTTPServer
import Synchronization

/// The running stand-in: one shard, a server, a store.
final class Service: Sendable {
    private let shards: ShardGroup
    private let server: HTTPServer

    /// Starts the thread; nothing is served yet.
    init(_ configuration: Configuration) throws {
        shards = try ShardGroup(count: 1)
        try shards.start()
        var server = HTTPServerConfiguration(host: configuration.host, port: configuration.port)
        server.maximumBodyBytes = TraceIngest.maximumBodyBytes
        // Queries stand in the target, three bytes for each that is escaped.
        server.limits.maximumLineBytes = 3 * Query.maximumBytes + 4_096
        server.limits.maximumHeaderBytes = server.limits.maximumLineBytes + 32_768
        let store = TraceStore(maximumBytes: configuration.maximumStoredBytes)
        let organizations: Organizations.Mode = configuration.multitenancy ? .separate : .single
        self.server = HTTPServer(
            configuration: server, shards: shards,
            responder: TempoResponder(store: store, organizations: organizations))
    }

    /// Begins to serve; returns the addresses with their real ports.
    func start() async throws -> [SocketAddress] {
        try await server.start()
    }

    /// Serves until one of the signals arrives, which must be blocked already; a second one ends the process at once.
    /// Blocks the calling thread.
    ///
    /// - Throws: what ``start()`` throws.
    func run(until signals: [Int32], listening: @escaping @Sendable ([SocketAddress]) -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        // All of it runs on the shard: an asynchronous main would hand the main thread to Dispatch, which lets blocked
        // signals through there, and then they end the process.
        shards.shards[0].start { [self] in
            do {
                listening(try await start())
                try await signal(of: signals)
                await server.shutdown(within: Self.shutdownLimit)
            } catch {
                failure.withLock { $0 = error }
            }
            shards.stop()
        }
        shards.join()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func signal(of signals: [Int32]) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        try await shards.shards[0].withLoop { loop in
            var count = 0
            _ = try SignalSource(signals, on: loop) { signal in
                count += 1
                if count > 1 { _exit(1) }
                continuation.yield(signal)
            }
        }
        for await _ in stream { return }
    }

    /// Stops accepting, lets running requests end, then ends the thread.
    func stop() async {
        await server.shutdown(within: Self.shutdownLimit)
        shards.stop()
        shards.join()
    }

    /// How long running requests may take when the program ends.
    private static let shutdownLimit = Duration.seconds(5)
}
