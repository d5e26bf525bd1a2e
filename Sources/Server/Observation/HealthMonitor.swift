import EventLoop
import JSON
import Synchronization
import Telemetry

/// What a stage of a request's way is and does, as it is in the chain that requests pass.
struct StageReport: Sendable {
    let name: String
    /// Whether it has something to do.
    let isActive: Bool
    let settings: [String: JSONValue]
}

/// What the gateway knows of itself and of its upstreams. Everything is looked at when somebody asks.
final class HealthMonitor: Sendable {
    /// All upstreams that are configured.
    let upstreams: [UpstreamHealth]
    /// Where isolation by header alone is relied on: what knows whether it holds.
    let isolation: TempoIsolation?
    /// What tokens are verified with.
    let keys: TokenKeys
    let metrics: GatewayMetrics
    let processor: SpanProcessor?
    private let stages = Mutex<[StageReport]>([])
    private let stopping = Atomic<Bool>(false)
    /// Which services were up when somebody looked last, and since when.
    private let services = Mutex<[String: (status: String, since: Double)]>([:])

    init(
        upstreams: [UpstreamHealth], isolation: TempoIsolation?, keys: TokenKeys,
        metrics: GatewayMetrics = GatewayMetrics(), processor: SpanProcessor? = nil
    ) {
        self.upstreams = upstreams
        self.isolation = isolation
        self.keys = keys
        self.metrics = metrics
        self.processor = processor
    }

    /// The gateway ends: nothing more is to be sent to it.
    func stop() { stopping.store(true, ordering: .relaxed) }

    /// The chain that requests pass.
    var chain: [StageReport] {
        get { stages.withLock { $0 } }
        set { stages.withLock { $0 = newValue } }
    }

    /// What is missing for requests to be served; nothing if they can be.
    func missing(_ requestID: String) async -> [String] {
        var missing: [String] = []
        if stopping.load(ordering: .relaxed) { missing.append("the gateway is stopping") }
        if !keys.isComplete { missing.append("keys for tokens") }
        for upstream in upstreams where await !upstream.look(requestID).isUp {
            missing.append("\(upstream.upstream.name) does not answer its probe")
        }
        if let isolation, !isolation.isProven { missing.append("tempo has not been seen to keep tenants apart") }
        return missing
    }

    /// Since when a service has had that status, as far as anybody looked; in seconds since 1970.
    func since(_ service: String, _ status: String) -> Double {
        services.withLock { services in
            if let known = services[service], known.status == status { return known.since }
            let now = Double(WallClock.nanoseconds) / 1_000_000_000
            services[service] = (status, now)
            return now
        }
    }
}
