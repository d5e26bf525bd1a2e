import GeneratedAPI
import JSON
import Telemetry
import Tenancy

extension HealthMonitor {
    /// What a caller may see: operators the figures of all requests and where upstreams are, others their own figures
    /// alone, since the rest is a function of all tenants' load.
    func dashboard(for principal: Principal, _ requestID: String) async -> HealthDashboard {
        let figures = await metrics.read()
        let isOperator = principal.isOperator
        var services: [String: HealthService] = [:]
        var providers = HealthProviders(count: Int32(upstreams.count))
        for upstream in upstreams {
            let look = await upstream.look(requestID)
            let isUsable = look.isUp && (upstream.upstream != .tempo || isolation?.isProven ?? true)
            services[upstream.upstream.name] = HealthService(
                registered: true, status: isUsable ? .up : .down, since: Self.text(look.since))
            let calls = figures.upstreams[upstream.upstream]
            let provider = HealthProvider(
                flavor: upstream.flavor, version: look.isUp ? await upstream.version(requestID) : nil,
                status: look.isUp ? .up : .down, lastSuccess: look.lastSuccess.map(Self.text),
                address: isOperator ? upstream.address : nil,
                calls: isOperator ? calls.map(Self.figures) : nil)
            switch upstream.upstream {
            case .prometheus: providers.prometheus = provider
            case .tempo: providers.tempo = provider
            }
        }
        let identity: HealthService.Status = keys.isComplete ? .up : .down
        var telemetry = HealthService.Status.disabled
        if let processor { telemetry = processor.lastFailure == nil ? .up : .down }
        var middleware: [String: HealthMiddleware] = [:]
        for (index, stage) in chain.enumerated() {
            middleware[stage.name] = HealthMiddleware(
                status: stage.isActive ? .active : .disabled, order: Int32(index + 1), settings: stage.settings)
        }
        let requests: Figures.Requests
        if isOperator {
            requests = figures.all
        } else {
            requests = principal.selected.reduce(into: Figures.Requests()) { sum, tenant in
                if let own = figures.tenants[tenant] { sum.add(own) }
            }
        }
        let history = await metrics.history(of: isOperator ? nil : principal.selected)
        let isHealthy = await missing(requestID).isEmpty
        return HealthDashboard(
            status: isHealthy ? .healthy : .degraded, version: Version.current, caller: Self.caller(principal),
            services: HealthServices(
                metricsService: services["prometheus"] ?? absent("metrics_service"),
                tracesService: services["tempo"] ?? absent("traces_service"),
                identityService: service("identity_service", identity),
                telemetryService: service("telemetry_service", telemetry)),
            middleware: middleware, providers: providers,
            requests: Self.figures(requests, scope: isOperator ? .all : .own),
            history: HealthHistory(
                scope: isOperator ? .all : .own, stepSeconds: Int32(RequestHistory.stepSeconds),
                steps: history.map(Self.step)),
            recentErrors: isOperator ? await metrics.recentFailures().map(Self.failure) : nil)
    }

    private static func caller(_ principal: Principal) -> HealthCaller {
        HealthCaller(
            subject: principal.subject, tenants: principal.granted.sorted().map(\.name),
            selected: principal.selected.map(\.name), operator: principal.isOperator)
    }

    private static func step(_ span: RequestHistory.Span) -> HealthStep {
        HealthStep(
            at: text(span.start), seconds: span.seconds, count: Int64(span.step.count),
            refused: Int64(span.step.refused), failed: Int64(span.step.failed), p50Seconds: span.step.quantile(0.5),
            p95Seconds: span.step.quantile(0.95))
    }

    private static func failure(_ failure: RecentFailures.Failure) -> HealthFailure {
        HealthFailure(
            at: text(failure.seconds), status: Int32(failure.status), reason: failure.reason,
            operation: failure.operation, tenants: failure.tenants, requestId: failure.requestID,
            traceId: failure.traceID)
    }

    private func service(_ name: String, _ status: HealthService.Status) -> HealthService {
        HealthService(
            registered: status != .disabled, status: status, since: Self.text(since(name, status.rawValue)))
    }

    private func absent(_ name: String) -> HealthService { service(name, .disabled) }

    private static func figures(_ requests: Figures.Requests, scope: HealthFigures.Scope) -> HealthFigures {
        HealthFigures(
            scope: scope, count: Int64(requests.count), failed: Int64(requests.failed),
            p50Seconds: requests.durations.quantile(0.5), p95Seconds: requests.durations.quantile(0.95),
            lastError: requests.lastFailure.map { HealthError(reason: $0.code, at: text($0.seconds)) })
    }

    private static func figures(_ calls: Figures.Calls) -> HealthFigures {
        let failed = calls.results.filter { !["2xx", "3xx", "4xx"].contains($0.key) }.values.reduce(0, +)
        return HealthFigures(
            scope: .all, count: Int64(calls.durations.count), failed: Int64(failed),
            p50Seconds: calls.durations.quantile(0.5), p95Seconds: calls.durations.quantile(0.95),
            lastError: calls.lastFailure.map { HealthError(reason: $0.reason, at: text($0.seconds)) })
    }

    private static func text(_ seconds: Double) -> String {
        let milliseconds = Int64(seconds * 1_000)
        return Timestamp.text(seconds: milliseconds / 1_000, milliseconds: Int(milliseconds % 1_000))
    }
}
