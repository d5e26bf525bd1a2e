import APIRuntime
import GeneratedAPI
import Tenancy

/// The operations tagged Health.
struct HealthHandlers: HealthAPI {
    let monitor: HealthMonitor

    init(monitor: HealthMonitor) {
        self.monitor = monitor
    }

    /// Over probes whose outcome is never remembered.
    init(probes: [UpstreamProbe], isolation: TempoIsolation?, keys: TokenKeys) {
        let upstreams = zip(Upstream.allCases, probes).map { UpstreamHealth($0, probe: $1) }
        monitor = HealthMonitor(upstreams: upstreams, isolation: isolation, keys: keys)
    }

    func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
        .ok(.init(body: .value(Health(version: Version.current))))
    }

    func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
        await monitor.missing(input.context.requestID).isEmpty
            ? .ok(.init(body: .value(Readiness(status: .ready))))
            : .serviceUnavailable(.init(body: .value(Readiness(status: .notReady))))
    }

    func getHealthDashboard(_ input: GetHealthDashboard.Input) async throws -> GetHealthDashboard.Output {
        .ok(.init(body: .value(await monitor.dashboard(for: input.credential, input.context.requestID))))
    }
}
