import APIRuntime
import GeneratedAPI

/// The operations tagged Health.
struct HealthHandlers: HealthAPI {
    let probe: PrometheusProbe

    func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
        .ok(.init(body: .value(Health(version: Version.current))))
    }

    func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
        if await probe.isReady(input.context) {
            .ok(.init(body: .value(Readiness(status: .ready))))
        } else {
            .serviceUnavailable(.init(body: .value(Readiness(status: .notReady))))
        }
    }
}
