import APIRuntime
import GeneratedAPI
import Tenancy

/// The operations tagged Metrics.
struct MetricsHandlers: MetricsAPI {
    let prometheus: PrometheusClient

    func queryMetrics(_ input: QueryMetrics.Input) async throws -> QueryMetrics.Output {
        .ok(
            try await query(
                input.query, time: input.time, timeout: input.timeout, limit: input.limit,
                stats: input.stats?.rawValue, in: .query, input.context))
    }

    func queryMetricsForm(_ input: QueryMetricsForm.Input) async throws -> QueryMetricsForm.Output {
        .ok(
            try await query(
                input.body.query, time: input.body.time, timeout: input.body.timeout, limit: input.body.limit,
                stats: input.body.stats?.rawValue, in: .body, input.context))
    }

    private func query(
        _ query: Confined<PromQLQuery>, time: String?, timeout: String?, limit: Int64?, stats: String?,
        in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.QueryResult {
        var violations: [Violation] = []
        func value<Value>(_ text: String?, _ name: String, _ form: String, _ parse: (String) -> Value?) -> Value? {
            // An empty value counts as absent, as it does for Prometheus.
            guard let text, !text.isEmpty else { return nil }
            if let value = parse(text) { return value }
            let name = location == .body ? "/\(name)" : name
            violations.append(Violation(location, name, rule: "format", message: "must be \(form)"))
            return nil
        }
        let parameters = PrometheusClient.QueryParameters(
            time: value(time, "time", "Unix seconds or a time in RFC 3339", PrometheusTime.init),
            timeout: value(timeout, "timeout", "seconds or a duration such as 10s", PrometheusDuration.init),
            limit: limit, stats: stats)
        guard violations.isEmpty else { throw APIFailure.invalidInput(violations) }
        let answer = try await prometheus.query(query, parameters, context)
        return Responses.QueryResult(body: .stream(answer))
    }
}
