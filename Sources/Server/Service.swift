import EventLoop
import FoundationEssentials
import GeneratedAPI
import HTTPClient
import HTTPServer
import JOSE
import Telemetry

/// The running gateway: its shards, its server, its upstream clients.
final class Service: Sendable {
    private let shards: ShardGroup
    private let server: HTTPServer
    private let prometheus: SocketHTTPClient
    private let configuration: Configuration

    /// Starts the threads; nothing is served yet.
    init(_ configuration: Configuration, logger: Logger) throws {
        self.configuration = configuration
        let processors = ProcessInfo.processInfo.activeProcessorCount
        shards = try ShardGroup(count: configuration.shards == 0 ? processors : configuration.shards)
        try shards.start()
        let upstream = configuration.prometheus
        prometheus = SocketHTTPClient(
            origin: HTTPClientOrigin(host: upstream.authority.host, port: UInt16(upstream.authority.port)))
        let router = Router(
            authenticator: TokenAuthenticator(
                verifier: TokenVerifier(keys: configuration.keys, policy: configuration.tokens),
                policy: configuration.tenancy),
            metrics: MetricsHandlers(
                prometheus: PrometheusClient(
                    http: prometheus, prefix: upstream.prefix, timeout: configuration.upstreamTimeout)),
            health: HealthHandlers(probe: PrometheusProbe(http: prometheus, prefix: upstream.prefix)),
            documentation: DocumentationHandlers())
        server = HTTPServer(
            configuration: Self.serverConfiguration(configuration), shards: shards,
            responder: Gateway(router: router, logger: logger))
    }

    /// Begins to serve; returns the addresses with their real ports.
    func start() async throws -> [SocketAddress] {
        try await server.start()
    }

    /// Completes when one of the signals arrives, which must be blocked already; a second one ends the process at once.
    func waitForSignal(_ signals: [Int32]) async throws -> Int32 {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        try await shards.shards[0].withLoop { loop in
            var count = 0
            _ = try SignalSource(signals, on: loop) { signal in
                count += 1
                if count > 1 { exitNow(ExitCode.failure) }
                continuation.yield(signal)
            }
        }
        for await signal in stream { return signal }
        return 0
    }

    /// Stops accepting and lets running requests end within the configured time.
    func stop() async {
        await server.shutdown(within: configuration.shutdownTimeout)
        await prometheus.close()
    }

    /// Ends the threads, once stopped. Blocks, and is not to be called on one of them.
    func end() {
        shards.stop()
        shards.join()
    }

    /// Runs `body` on a shard and blocks the calling thread until it is done.
    func onShard<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        try shards.shards[0].runBlocking(body)
    }

    private static func serverConfiguration(_ configuration: Configuration) -> HTTPServerConfiguration {
        var server = HTTPServerConfiguration(
            host: configuration.listen.host, port: UInt16(configuration.listen.port))
        server.limits.maximumHeaderBytes = configuration.maximumHeaderBytes
        server.limits.maximumLineBytes = min(server.limits.maximumLineBytes, configuration.maximumHeaderBytes)
        server.maximumBodyBytes = configuration.maximumBodyBytes
        return server
    }
}
