import APIRuntime
import GeneratedAPI
import Telemetry

/// The operations tagged Administration, on the listener for operators.
struct AdministrationHandlers: AdministrationAPI {
    let monitor: HealthMonitor
    let exposition: MetricsExposition

    func getMetrics(_ input: GetMetrics.Input) async throws -> GetMetrics.Output {
        let families = await exposition.families()
        switch input.accept.preferred(GetMetrics.Output.OK.ContentType.self) ?? .plainText {
        case .plainText: return .ok(.init(body: .plainText(.text(MetricsText.text(families, .prometheus)))))
        case .openmetricsText:
            return .ok(.init(body: .openmetricsText(.text(MetricsText.text(families, .openMetrics)))))
        }
    }

    func getDetailedHealth(_ input: GetDetailedHealth.Input) async throws -> GetDetailedHealth.Output {
        let missing = await monitor.missing(input.context.requestID)
        let health = DetailedHealth(
            status: missing.isEmpty ? .ready : .notReady, version: Version.current, missing: missing,
            exporter: monitor.processor?.lastFailure)
        return missing.isEmpty
            ? .ok(.init(body: .value(health))) : .serviceUnavailable(.init(body: .value(health)))
    }
}
