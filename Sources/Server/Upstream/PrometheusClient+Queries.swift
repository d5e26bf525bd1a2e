import APIRuntime
import Tenancy

/// What may stand beside an expression that is evaluated.
struct EvaluationParameters: Sendable {
    /// When.
    enum Times: Sendable {
        /// At one instant; `nil` is now, by Prometheus' clock.
        case instant(PrometheusTime?)
        /// From `start` to `end`, each `step`.
        case range(start: PrometheusTime, end: PrometheusTime, step: PrometheusDuration)
    }

    var times: Times
    var timeout: PrometheusDuration?
    var limit: Int64?
    var lookback: PrometheusDuration?
    var stats: String?
    var thanos = ThanosOptions()
}

/// The times that something is asked for; `nil` is open.
struct TimeWindow: Sendable {
    var start: PrometheusTime?
    var end: PrometheusTime?

    var fields: FormFields {
        var fields: FormFields = []
        if let start { fields.append(("start", start.parameter)) }
        if let end { fields.append(("end", end.parameter)) }
        return fields
    }
}

extension PrometheusClient {
    /// Evaluates an expression: `POST /api/v1/query` or `/api/v1/query_range`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func evaluate(
        _ query: Confined<PromQLQuery>, _ parameters: EvaluationParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        let allowed = allowed(parameters.timeout)
        var fields: FormFields = [("query", query.restricted.text)]
        let path: String
        switch parameters.times {
        case .instant(let time):
            path = "/api/v1/query"
            if let time { fields.append(("time", time.parameter)) }
        case .range(let start, let end, let step):
            path = "/api/v1/query_range"
            fields += [("start", start.parameter), ("end", end.parameter), ("step", step.parameter)]
        }
        fields.append(("timeout", allowed.parameter))
        if let limit = parameters.limit { fields.append(("limit", String(limit))) }
        if let lookback = parameters.lookback { fields.append(("lookback_delta", lookback.parameter)) }
        if let stats = parameters.stats { fields.append(("stats", stats)) }
        fields += parameters.thanos.fields(for: settings.flavor)
        return try await json(
            Call(path: path, principal: query.principal, fields: fields, allowed: allowed), context)
    }

    /// The exemplars of what an expression selects: `POST /api/v1/query_exemplars`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func exemplars(
        _ query: Confined<PromQLQuery>, _ window: TimeWindow, _ context: RequestContext
    ) async throws -> UpstreamBody {
        // Where nothing is selected Prometheus answers without a body.
        guard query.restricted.selectorCount > 0 else { return UpstreamBody(#"{"status":"success","data":[]}"#) }
        let fields: FormFields = [("query", query.restricted.text)] + window.fields
        return try await json(
            Call(path: "/api/v1/query_exemplars", principal: query.principal, fields: fields), context)
    }
}
