import APIRuntime
import GeneratedAPI

/// The operations tagged Health.
struct HealthHandlers: HealthAPI {
    /// All upstreams that are configured.
    let probes: [UpstreamProbe]
    /// Where isolation by header alone is relied on: what knows whether it holds.
    let isolation: TempoIsolation?
    /// What tokens are verified with.
    let keys: TokenKeys

    func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
        .ok(.init(body: .value(Health(version: Version.current))))
    }

    func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
        var isReady = keys.isComplete && isolation?.isProven ?? true
        for probe in probes where isReady { isReady = await probe.isReady(input.context) }
        return isReady
            ? .ok(.init(body: .value(Readiness(status: .ready))))
            : .serviceUnavailable(.init(body: .value(Readiness(status: .notReady))))
    }
}
