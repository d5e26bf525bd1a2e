import EventLoop
import FoundationEssentials
import GeneratedAPI
import HTTPClient
import HTTPServer
import JOSE
import Synchronization
import Telemetry

/// The running gateway: its shards, its server, its upstream clients.
final class Service: Sendable {
    private let shards: ShardGroup
    private let server: HTTPServer
    private let prometheus: any HTTPClient
    private let tempo: (any HTTPClient)?
    private let isolation: TempoIsolation?
    private let keys: TokenKeys
    private let keyEndpoint: KeyEndpointWatch?
    private let adminServer: HTTPServer?
    private let monitor: HealthMonitor
    private let audit: AuditLog?
    private let processor: SpanProcessor?
    /// A thread of its own for the exporter, so that it takes no time of a request's.
    private let exporterShards: ShardGroup?
    private let certificate: ListenerCertificate?
    private let watches = Mutex<[ShardTask]>([])
    private let shutdownTimeout: Duration
    private let logger: Logger

    /// Starts the threads; nothing is served yet.
    init(
        _ configuration: Configuration, keyTiming: KeyEndpointWatch.Timing = .init(), logger: Logger,
        logCounts: @escaping @Sendable () -> LogCounts = { LogCounts() }
    ) throws {
        let count = configuration.server.shards
        self.logger = logger
        shards = try ShardGroup(count: count == 0 ? ProcessInfo.processInfo.activeProcessorCount : count)
        try shards.start()
        shutdownTimeout = configuration.server.shutdownTimeout
        let upstreams = configuration.upstreams
        processor = configuration.tracing.processor(version: Version.current, logger: logger)
        exporterShards = try processor.map { _ in try ShardGroup(count: 1) }
        try exporterShards?.start()
        let isSecure = configuration.tls.certificate != nil
        audit = try configuration.log.auditFile.map { file in try AuditLog(file: file) }
        let observation = Observation(
            logger: logger,
            tracer: Tracer(
                processor: processor, sampler: configuration.tracing.sampler,
                trustsParent: configuration.tracing.trustsParent), audit: audit, isSecure: isSecure)
        let metrics = observation.metrics
        prometheus = Self.client(of: upstreams.prometheus, .prometheus, upstreams, metrics)
        tempo = upstreams.tempo.map { Self.client(of: $0, .tempo, upstreams, metrics) }
        isolation = tempo.flatMap { client in
            upstreams.tempoTenancy == .header
                ? TempoIsolation(
                    http: client, prefix: upstreams.tempo?.prefix ?? "", logger: logger,
                    isAuthorized: upstreams.authorization != nil) : nil
        }
        let identity = configuration.identity
        let keys = TokenKeys(
            identity.keys, files: identity.keyFiles, awaitsEndpoint: identity.keyEndpoint != nil,
            policy: identity.tokens, logger: logger)
        self.keys = keys
        let shard = shards.shards[0]
        keyEndpoint = identity.keyEndpoint.map {
            KeyEndpointWatch($0, keys: keys, shard: shard, timing: keyTiming, logger: logger)
        }
        let monitor = HealthMonitor(
            upstreams: Self.upstreamHealth(upstreams, prometheus: prometheus, tempo: tempo), isolation: isolation,
            keys: keys, metrics: metrics, processor: processor)
        self.monitor = monitor
        let router = try Self.router(
            configuration,
            authenticator: TokenAuthenticator(keys: keys, endpoint: keyEndpoint, policy: identity.tenancy),
            monitor: monitor, prometheus: prometheus, tempo: tempo, isolation: isolation)
        certificate = configuration.tls.certificate.map { certificate in
            ListenerCertificate(certificate.loaded, files: certificate.files, logger: logger)
        }
        var serverConfiguration = Self.serverConfiguration(configuration.server)
        serverConfiguration.tls = certificate?.tls
        let gateway = Gateway(
            router: router, isSecure: isSecure, logger: logger, observation: observation,
            limits: configuration.limits.tenantLimits(), origins: configuration.server.allowedOrigins,
            inputLimits: configuration.inputLimits)
        monitor.chain = gateway.stages
        server = HTTPServer(configuration: serverConfiguration, shards: shards, responder: gateway)
        let exposition = MetricsExposition(
            metrics: metrics, processor: processor, keys: keys, showsTenants: configuration.server.showsTenants,
            workings: Workings(
                shards: shards.shards, clients: [(.prometheus, prometheus)] + (tempo.map { [(.tempo, $0)] } ?? []),
                audit: audit, logCounts: logCounts))
        exposition.show(server)
        let shards = self.shards
        adminServer = configuration.server.adminListen.map { listen in
            HTTPServer(
                configuration: HTTPServerConfiguration(host: listen.host, port: UInt16(listen.port)), shards: shards,
                responder: AdminGateway(
                    router: AdminRouter(
                        administration: AdministrationHandlers(monitor: monitor, exposition: exposition)),
                    logger: logger))
        }
    }

    private static func upstreamHealth(
        _ settings: UpstreamSettings, prometheus: any HTTPClient, tempo: (any HTTPClient)?
    ) -> [UpstreamHealth] {
        let prefix = settings.prometheus.prefix
        var upstreams = [
            UpstreamHealth(
                .prometheus,
                probe: UpstreamProbe(
                    http: prometheus, target: settings.flavor.readinessPath(behind: prefix),
                    versionTarget: prefix + "/api/v1/status/buildinfo"),
                flavor: settings.flavor.rawValue, address: "\(settings.prometheus)", lifetime: probeLifetime)
        ]
        if let tempo, let url = settings.tempo {
            upstreams.append(
                UpstreamHealth(
                    .tempo,
                    probe: UpstreamProbe(
                        http: tempo, target: url.prefix + "/ready",
                        versionTarget: url.prefix + "/api/status/buildinfo"),
                    flavor: "tempo", address: "\(url)", lifetime: probeLifetime))
        }
        return upstreams
    }

    /// How long the outcome of a probe counts.
    private static let probeLifetime = Duration.seconds(1)

    /// Begins to serve; returns the addresses with their real ports.
    func start() async throws -> [SocketAddress] {
        let keys = self.keys
        var tasks = [shards.shards[0].start { await keys.watch() }]
        if let keyEndpoint { tasks.append(shards.shards[0].start { await keyEndpoint.watch() }) }
        if let certificate { tasks.append(shards.shards[0].start { await certificate.watch() }) }
        if let isolation { tasks.append(shards.shards[0].start { await isolation.watch() }) }
        tasks.append(shards.shards[0].start { await ProcessMemory.watch() })
        watches.withLock { $0 = tasks }
        if let shard = exporterShards?.shards.first { processor?.start(on: shard) }
        return try await server.start()
    }

    /// Begins to answer operators, if that is configured; returns the addresses with their real ports.
    func startAdministration() async throws -> [SocketAddress] { try await adminServer?.start() ?? [] }

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

    /// Has SIGHUP, which must be blocked already, read the files again that may change while requests are served, fetch
    /// the keys that are fetched, and open the audit log anew.
    func reloadOnHangup() async throws {
        let keys = self.keys
        let keyEndpoint = self.keyEndpoint
        let certificate = self.certificate
        let audit = self.audit
        let logger = self.logger
        try await shards.shards[0].withLoop { loop in
            _ = try SignalSource([SignalSource.hangup], on: loop) { _ in
                keys.reload(isAsked: true)
                keyEndpoint?.reload()
                certificate?.reload(isAsked: true)
                do {
                    try audit?.reopen()
                } catch {
                    logger.log(.error, "the audit log stays where it was", [("error", .string("\(error)"))])
                }
            }
        }
    }

    /// Stops accepting and lets running requests end within the configured time.
    func stop() async {
        for watch in watches.withLock({ $0 }) { watch.cancel() }
        await keyEndpoint?.close()
        monitor.stop()
        await server.shutdown(within: shutdownTimeout)
        await adminServer?.shutdown(within: .seconds(1))
        await prometheus.close()
        await tempo?.close()
        if let processor, let shard = exporterShards?.shards.first {
            try? await shard.run { await processor.shutdown(within: Self.flushTimeout) }
        }
    }

    /// Ends the threads, once stopped. Blocks, and is not to be called on one of them.
    func end() {
        shards.stop()
        shards.join()
        exporterShards?.stop()
        exporterShards?.join()
        audit?.finish()
    }

    /// Runs `body` on a shard and blocks the calling thread until it is done.
    func onShard<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        try shards.shards[0].runBlocking(body)
    }

    /// How long the last spans may take to be sent.
    private static let flushTimeout = Duration.seconds(5)

    private static func router(
        _ configuration: Configuration, authenticator: TokenAuthenticator, monitor: HealthMonitor,
        prometheus: any HTTPClient, tempo: (any HTTPClient)?, isolation: TempoIsolation?
    ) throws -> Router {
        let identity = configuration.identity
        let upstreams = configuration.upstreams
        var traces: TempoClient?
        if let tempo, let url = upstreams.tempo {
            traces = TempoClient(
                http: tempo,
                settings: TempoClient.Settings(
                    prefix: url.prefix, timeout: upstreams.timeout, tenancy: upstreams.tempoTenancy,
                    organisation: upstreams.tempoOrganisation, maximumBytes: upstreams.maximumFilteredResponseBytes,
                    summaries: upstreams.traceSummaries),
                isolation: isolation)
        }
        let client = PrometheusClient(
            http: prometheus,
            settings: PrometheusClient.Settings(
                prefix: upstreams.prometheus.prefix, timeout: upstreams.timeout, flavor: upstreams.flavor,
                maximumBytes: upstreams.maximumFilteredResponseBytes))
        let limits = configuration.limits.queries
        let operations = PrometheusOperations(
            client: client, limits: limits,
            metadata: MetadataProvider(source: upstreams.metadataSource, file: upstreams.metadataFile),
            pageTokens: try RulePageTokens())
        let tempoOperations = TempoOperations(tempo: traces, limits: limits, denial: identity.traceDenial)
        return Router(
            authenticator: authenticator,
            metrics: MetricsHandlers(operations: operations),
            explain: ExplainHandlers(limits: limits, timeout: upstreams.timeout),
            traces: TracesHandlers(operations: tempoOperations),
            prometheus: PrometheusHandlers(operations: operations, version: upstreams.claimedVersion),
            tempo: TempoHandlers(operations: tempoOperations, version: upstreams.claimedTempoVersion),
            health: HealthHandlers(monitor: monitor),
            documentation: DocumentationHandlers(bundle: configuration.documentation.redocBundle),
            dashboard: DashboardHandlers())
    }

    private static func client(
        of url: UpstreamURL, _ upstream: Upstream, _ settings: UpstreamSettings, _ metrics: GatewayMetrics
    ) -> any HTTPClient {
        let origin = HTTPClientOrigin(
            scheme: url.scheme, host: url.authority.host, port: UInt16(url.authority.port))
        let client: any HTTPClient =
            switch url.scheme {
            case .http: SocketHTTPClient(origin: origin)
            case .https: CurlHTTPClient(origin: origin, tls: settings.tls)
            }
        let observed = ObservedClient(http: client, upstream: upstream, metrics: metrics, origin: origin)
        guard let authorization = settings.authorization else { return observed }
        return AuthorizedClient(http: observed, authorization: authorization)
    }

    private static func serverConfiguration(_ settings: ServerSettings) -> HTTPServerConfiguration {
        var server = HTTPServerConfiguration(host: settings.listen.host, port: UInt16(settings.listen.port))
        server.limits.maximumHeaderBytes = settings.maximumHeaderBytes
        server.limits.maximumLineBytes = min(server.limits.maximumLineBytes, settings.maximumHeaderBytes)
        server.maximumBodyBytes = settings.maximumBodyBytes
        return server
    }
}
