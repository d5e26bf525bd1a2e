import APIRuntime
import GeneratedAPI
import PromQLSyntax
import Tenancy

/// The operations tagged Prometheus: the drop-in face of what ``PrometheusOperations`` does.
struct PrometheusHandlers: PrometheusAPI {
    let operations: PrometheusOperations
    /// The version of Prometheus that is claimed.
    let version: String

    // MARK: Queries

    func prometheusQuery(_ input: PrometheusQuery.Input) async throws -> PrometheusQuery.Output {
        .ok(try await operations.query(input, in: .query, input.context))
    }

    func prometheusQueryForm(_ input: PrometheusQueryForm.Input) async throws -> PrometheusQueryForm.Output {
        .ok(try await operations.query(input.body, in: .body, input.context))
    }

    func prometheusQueryRange(_ input: PrometheusQueryRange.Input) async throws -> PrometheusQueryRange.Output {
        .ok(try await operations.queryRange(input, in: .query, input.context))
    }

    func prometheusQueryRangeForm(
        _ input: PrometheusQueryRangeForm.Input
    ) async throws -> PrometheusQueryRangeForm.Output {
        .ok(try await operations.queryRange(input.body, in: .body, input.context))
    }

    func prometheusQueryExemplars(
        _ input: PrometheusQueryExemplars.Input
    ) async throws -> PrometheusQueryExemplars.Output {
        .ok(try await operations.exemplars(input, in: .query, input.context))
    }

    func prometheusQueryExemplarsForm(
        _ input: PrometheusQueryExemplarsForm.Input
    ) async throws -> PrometheusQueryExemplarsForm.Output {
        .ok(try await operations.exemplars(input.body, in: .body, input.context))
    }

    // MARK: Texts

    func prometheusFormatQuery(_ input: PrometheusFormatQuery.Input) async throws -> PrometheusFormatQuery.Output {
        .ok(try await format(input.query, in: .query, input.credential, input.context))
    }

    func prometheusFormatQueryForm(
        _ input: PrometheusFormatQueryForm.Input
    ) async throws -> PrometheusFormatQueryForm.Output {
        .ok(try await format(input.body.query, in: .body, input.credential, input.context))
    }

    func prometheusParseQuery(_ input: PrometheusParseQuery.Input) async throws -> PrometheusParseQuery.Output {
        .ok(try await parse(input.query, in: .query, input.credential, input.context))
    }

    func prometheusParseQueryForm(
        _ input: PrometheusParseQueryForm.Input
    ) async throws -> PrometheusParseQueryForm.Output {
        .ok(try await parse(input.body.query, in: .body, input.credential, input.context))
    }

    private func format(
        _ query: String, in location: Violation.Location, _ principal: Principal, _ context: RequestContext
    ) async throws -> Responses.FormatResult {
        let text = try ParsedText(query, in: location, operations.limits)
        let answer = try await operations.client.text(text, .format, for: principal, context)
        return Responses.FormatResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    private func parse(
        _ query: String, in location: Violation.Location, _ principal: Principal, _ context: RequestContext
    ) async throws -> Responses.ParseResult {
        let text = try ParsedText(query, in: location, operations.limits)
        let answer = try await operations.client.text(text, .parse, for: principal, context)
        return Responses.ParseResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    // MARK: Series

    func prometheusSeries(_ input: PrometheusSeries.Input) async throws -> PrometheusSeries.Output {
        .ok(try await operations.series(input, in: .query, input.context))
    }

    func prometheusSeriesForm(_ input: PrometheusSeriesForm.Input) async throws -> PrometheusSeriesForm.Output {
        .ok(try await operations.series(input.body, in: .body, input.context))
    }

    func prometheusLabels(_ input: PrometheusLabels.Input) async throws -> PrometheusLabels.Output {
        .ok(try await operations.labelNames(input, in: .query, input.context))
    }

    func prometheusLabelsForm(_ input: PrometheusLabelsForm.Input) async throws -> PrometheusLabelsForm.Output {
        .ok(try await operations.labelNames(input.body, in: .body, input.context))
    }

    func prometheusLabelValues(_ input: PrometheusLabelValues.Input) async throws -> PrometheusLabelValues.Output {
        .ok(try await operations.labelValues(of: input.name, input, input.context))
    }

    // MARK: Search

    func prometheusSearchMetricNames(
        _ input: PrometheusSearchMetricNames.Input
    ) async throws -> PrometheusSearchMetricNames.Output {
        .ok(try await operations.search(.metricNames, input, in: .query, input.context))
    }

    func prometheusSearchMetricNamesForm(
        _ input: PrometheusSearchMetricNamesForm.Input
    ) async throws -> PrometheusSearchMetricNamesForm.Output {
        .ok(try await operations.search(.metricNames, input.body, in: .body, input.context))
    }

    func prometheusSearchLabelNames(
        _ input: PrometheusSearchLabelNames.Input
    ) async throws -> PrometheusSearchLabelNames.Output {
        .ok(try await operations.search(.labelNames, input, in: .query, input.context))
    }

    func prometheusSearchLabelNamesForm(
        _ input: PrometheusSearchLabelNamesForm.Input
    ) async throws -> PrometheusSearchLabelNamesForm.Output {
        .ok(try await operations.search(.labelNames, input.body, in: .body, input.context))
    }

    func prometheusSearchLabelValues(
        _ input: PrometheusSearchLabelValues.Input
    ) async throws -> PrometheusSearchLabelValues.Output {
        .ok(try await operations.search(.labelValues, input, label: input.label, in: .query, input.context))
    }

    func prometheusSearchLabelValuesForm(
        _ input: PrometheusSearchLabelValuesForm.Input
    ) async throws -> PrometheusSearchLabelValuesForm.Output {
        .ok(try await operations.search(.labelValues, input.body, label: input.body.label, in: .body, input.context))
    }

    // MARK: Rules, alerts and metadata

    func prometheusRules(_ input: PrometheusRules.Input) async throws -> PrometheusRules.Output {
        .ok(.init(body: try await operations.rules(input, input.context)))
    }

    func prometheusAlerts(_ input: PrometheusAlerts.Input) async throws -> PrometheusAlerts.Output {
        .ok(.init(body: try await operations.alerts(for: input.credential, input.context)))
    }

    func prometheusMetadata(_ input: PrometheusMetadata.Input) async throws -> PrometheusMetadata.Output {
        .ok(.init(body: try await operations.metadata(input, input.context)))
    }

    // MARK: What the gateway says of itself

    func prometheusBuildInfo(_ input: PrometheusBuildInfo.Input) async throws -> PrometheusBuildInfo.Output {
        let info = BuildInfo(version: version, revision: "", branch: "", buildUser: "", buildDate: "", goVersion: "")
        return .ok(.init(body: .value(BuildInfoResponse(data: info))))
    }

    func prometheusFeatures(_ input: PrometheusFeatures.Input) async throws -> PrometheusFeatures.Output {
        .ok(.init(body: .value(FeaturesResponse(data: GatewayFeatures.byCategory))))
    }

    // MARK: Federation

    func prometheusFederate(_ input: PrometheusFederate.Input) async throws -> PrometheusFederate.Output {
        typealias Result = Responses.FederationResult
        let preferred = input.accept.preferred(Result.ContentType.self) ?? .plainText
        let answer = try await operations.federate(input.match, as: preferred, input.context)
        switch answer.mediaType?.essence {
        case "application/openmetrics-text":
            return .ok(.init(contentEncoding: answer.coding, body: .openmetricsText(.stream(answer.stream))))
        default: return .ok(.init(contentEncoding: answer.coding, body: .plainText(.stream(answer.stream))))
        }
    }
}
