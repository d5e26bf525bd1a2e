import GeneratedAPI
import HTTPServer
import Synchronization
import Telemetry

/// All that `/metrics` shows.
final class MetricsExposition: Sendable {
    private let metrics: GatewayMetrics
    private let processor: SpanProcessor?
    private let keys: TokenKeys
    private let showsTenants: Bool
    private let workings: Workings
    private let server = Mutex<HTTPServer?>(nil)

    /// How many tenants have samples of their own; the others are one sample together.
    static let mostTenants = 1_000

    /// - Parameters:
    ///   - showsTenants: requests are told apart by tenant too.
    ///   - workings: what shows how the gateway's parts are doing.
    init(
        metrics: GatewayMetrics, processor: SpanProcessor?, keys: TokenKeys, showsTenants: Bool,
        workings: Workings = Workings()
    ) {
        self.metrics = metrics
        self.processor = processor
        self.keys = keys
        self.showsTenants = showsTenants
        self.workings = workings
    }

    /// Shows the counters of the server that requests come by.
    func show(_ server: HTTPServer) { self.server.withLock { $0 = server } }

    /// Every metric, read now.
    func families() async -> [MetricFamily] {
        let figures = await metrics.read()
        let inner = await workings.families(server.withLock { $0 })
        return requests(figures) + verdicts(figures) + upstreams(figures) + tenants(figures) + connections()
            + spans() + inner + [
                MetricFamily(
                    "palisade_token_keys_ready", .gauge, "Whether all keys that tokens are verified with are there.",
                    .integer(keys.isComplete ? 1 : 0)),
                MetricFamily(
                    "palisade_token_keys_age_seconds", .gauge,
                    "Time since the keys in use were last seen where they come from.",
                    .integer(Int(clamping: keys.age))),
                MetricFamily(
                    "palisade_build_info", .gauge, "Always 1; the labels say what was built.",
                    [([("version", Version.current)], .integer(1))]),
            ] + ProcessMetrics.families()
    }

    private func requests(_ figures: Figures) -> [MetricFamily] {
        let operations = figures.operations.all.map { (name: $0.key?.rawValue ?? "none", requests: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return [
            MetricFamily(
                "palisade_requests", .counter, "Requests whose answer was sent or given up.",
                operations.flatMap { operation in
                    operation.requests.byClass.enumerated().filter { $0.element > 0 }.map {
                        ([("operation", operation.name), ("code", "\($0.offset)xx")], .integer($0.element))
                    }
                }),
            MetricFamily(
                "palisade_request_duration_seconds", .histogram,
                "Time from a request's head until its answer was sent or given up.",
                operations.map { ([("operation", $0.name)], .histogram($0.requests.durations)) }),
            MetricFamily(
                "palisade_requests_in_flight", .gauge, "Requests whose answer is not sent yet.",
                .integer(figures.running)),
            MetricFamily(
                "palisade_response_body_bytes", .counter, "Bytes of answers' bodies that were sent.",
                .integer(figures.bytes)),
            MetricFamily(
                "palisade_responses", .counter, "Answers by how they ended.",
                figures.outcomes.all.map { ([("outcome", $0.key.rawValue)], .integer($0.value)) }.sorted(
                    by: Self.inOrder)),
        ]
    }

    private func verdicts(_ figures: Figures) -> [MetricFamily] {
        let all = figures.all.count
        let refused = figures.refusals.values.reduce(0, +)
        let byReason: [(labels: MetricFamily.Labels, value: MetricFamily.Value)] = figures.refusals.map {
            (
                [("verdict", $0.key.status < 500 ? "refused" : "failed"), ("reason", $0.key.rawValue)],
                .integer($0.value)
            )
        }.sorted(by: Self.inOrder)
        return [
            MetricFamily(
                "palisade_verdicts", .counter, "What became of requests, and why.",
                [([("verdict", "served"), ("reason", "")], .integer(max(0, all - refused)))] + byReason),
            MetricFamily(
                "palisade_confinement_failures", .counter,
                "Queries that were not sent since their restriction could not be verified: a defect, to be looked at.",
                .integer(figures.confinementFailures)),
            MetricFamily(
                "palisade_token_verifications", .counter, "Tokens by what became of them.",
                TokenOutcome.allCases.map { ([("outcome", $0.rawValue)], .integer(figures.tokens[$0] ?? 0)) }),
            MetricFamily(
                "palisade_rate_limit_refusals", .counter, "Requests beyond their tenant's limits.",
                [
                    ([("limit", "rate")], .integer(figures.refusals[.rateLimited] ?? 0)),
                    ([("limit", "concurrency")], .integer(figures.refusals[.tooManyRequests] ?? 0)),
                ]),
        ]
    }

    private func upstreams(_ figures: Figures) -> [MetricFamily] {
        let upstreams = figures.upstreams.all
        return [
            MetricFamily(
                "palisade_upstream_requests", .counter, "Calls of upstreams by what came back.",
                upstreams.flatMap { upstream, calls in
                    calls.results.sorted { $0.key < $1.key }.map {
                        ([("upstream", upstream.name), ("result", $0.key)], .integer($0.value))
                    }
                }),
            MetricFamily(
                "palisade_upstream_request_duration_seconds", .histogram,
                "Time until an upstream's answer began, or it failed.",
                upstreams.map { ([("upstream", $0.key.name)], .histogram($0.value.durations)) }),
        ]
    }

    private func tenants(_ figures: Figures) -> [MetricFamily] {
        guard showsTenants else { return [] }
        let tenants = figures.tenants.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var samples: [(labels: MetricFamily.Labels, value: MetricFamily.Value)] = tenants.prefix(Self.mostTenants).map {
            ([("tenant", $0.key.name)], .integer($0.value.count))
        }
        let rest = tenants.dropFirst(Self.mostTenants).reduce(0) { $0 + $1.value.count }
        // No tenant has a name with such characters.
        if rest > 0 { samples.append(([("tenant", "(others)")], .integer(rest))) }
        return [MetricFamily("palisade_tenant_requests", .counter, "Requests by tenant.", samples)]
    }

    private func connections() -> [MetricFamily] {
        guard let counters = server.withLock({ $0?.counters }) else { return [] }
        return [
            MetricFamily(
                "palisade_connections_open", .gauge, "Connections of clients that are open.",
                .integer(counters.openConnections)),
            MetricFamily(
                "palisade_connections_accepted", .counter, "Connections that were accepted.",
                .integer(counters.acceptedConnections)),
            MetricFamily(
                "palisade_connections_refused", .counter, "Connections that were closed at once: there were too many.",
                .integer(counters.refusedConnections)),
            MetricFamily(
                "palisade_tls_handshakes_failed", .counter, "TLS handshakes that could not succeed.",
                .integer(counters.failedHandshakes)),
        ]
    }

    private func spans() -> [MetricFamily] {
        guard let counts = processor?.counts else { return [] }
        return [
            MetricFamily(
                "palisade_spans", .counter, "Spans of the gateway's own traces by what became of them.",
                [
                    ([("result", "exported")], .integer(counts.exported)),
                    ([("result", "dropped")], .integer(counts.dropped)),
                    ([("result", "failed")], .integer(counts.failed)),
                ]),
            MetricFamily(
                "palisade_span_queue_length", .gauge, "Spans that wait to be sent.", .integer(counts.waiting)),
            MetricFamily(
                "palisade_span_queue_capacity", .gauge, "How many spans may wait to be sent.",
                .integer(processor?.batching.queueSize ?? 0)),
        ]
    }

    private static func inOrder(
        _ left: (labels: MetricFamily.Labels, value: MetricFamily.Value),
        _ right: (labels: MetricFamily.Labels, value: MetricFamily.Value)
    ) -> Bool {
        left.labels.map(\.value).lexicographicallyPrecedes(right.labels.map(\.value))
    }
}
