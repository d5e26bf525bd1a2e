import APIRuntime
import GeneratedAPI

/// The operations tagged Metrics: the own face of what ``PrometheusOperations`` does.
struct MetricsHandlers: MetricsAPI {
    let operations: PrometheusOperations

    func queryMetrics(_ input: QueryMetrics.Input) async throws -> QueryMetrics.Output {
        .ok(try await operations.query(input, in: .query, input.context))
    }

    func queryMetricsForm(_ input: QueryMetricsForm.Input) async throws -> QueryMetricsForm.Output {
        .ok(try await operations.query(input.body, in: .body, input.context))
    }

    func queryMetricsRange(_ input: QueryMetricsRange.Input) async throws -> QueryMetricsRange.Output {
        .ok(try await operations.queryRange(input, in: .query, input.context))
    }

    func queryMetricsRangeForm(_ input: QueryMetricsRangeForm.Input) async throws -> QueryMetricsRangeForm.Output {
        .ok(try await operations.queryRange(input.body, in: .body, input.context))
    }

    func getMetricExemplars(_ input: GetMetricExemplars.Input) async throws -> GetMetricExemplars.Output {
        .ok(try await operations.exemplars(input, in: .query, input.context))
    }

    func getSeries(_ input: GetSeries.Input) async throws -> GetSeries.Output {
        .ok(try await operations.series(input, in: .query, input.context))
    }

    func getLabelNames(_ input: GetLabelNames.Input) async throws -> GetLabelNames.Output {
        .ok(try await operations.labelNames(input, in: .query, input.context))
    }

    func getLabelValues(_ input: GetLabelValues.Input) async throws -> GetLabelValues.Output {
        .ok(try await operations.labelValues(of: input.name, input, input.context))
    }

    func getMetricRules(_ input: GetMetricRules.Input) async throws -> GetMetricRules.Output {
        .ok(.init(body: try await operations.rules(input, input.context)))
    }

    func getMetricAlerts(_ input: GetMetricAlerts.Input) async throws -> GetMetricAlerts.Output {
        .ok(.init(body: try await operations.alerts(for: input.credential, input.context)))
    }

    func getMetricMetadata(_ input: GetMetricMetadata.Input) async throws -> GetMetricMetadata.Output {
        .ok(.init(body: try await operations.metadata(input, input.context)))
    }
}
