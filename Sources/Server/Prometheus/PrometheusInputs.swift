import GeneratedAPI
import Tenancy

// What the inputs of the two faces of the Prometheus API, and of GET and POST, have in common. The document gives them
// the same names and types, so each conforms as it is.

/// An expression that is evaluated.
protocol EvaluationInput {
    var query: Confined<PromQLQuery> { get }
    var timeout: String? { get }
    var limit: Int64? { get }
    var lookbackDelta: String? { get }
    var stats: StatsChoice? { get }
    var dedup: Bool? { get }
    var partialResponse: Bool? { get }
    var maxSourceResolution: String? { get }
}

/// … at one instant.
protocol InstantQueryInput: EvaluationInput {
    var time: String? { get }
}

/// … over a range of time.
protocol RangeQueryInput: EvaluationInput {
    var start: String { get }
    var end: String { get }
    var step: String { get }
}

/// The time that is looked at.
protocol WindowInput {
    var start: String? { get }
    var end: String? { get }
}

/// An expression whose exemplars are asked for.
protocol ExemplarsInput: WindowInput {
    var query: Confined<PromQLQuery> { get }
}

/// Series that are asked about.
protocol SelectorsInput: WindowInput {
    var match: Confined<PromQLSelectors> { get }
    var limit: Int64? { get }
    var dedup: Bool? { get }
    var partialResponse: Bool? { get }
}

extension SelectorsInput {
    var dedup: Bool? { nil }
    var partialResponse: Bool? { nil }
}

/// A search by name.
protocol SearchInput: WindowInput {
    var match: Confined<PromQLSelectors> { get }
    var search: [String] { get }
    var fuzzThreshold: Int32? { get }
    var fuzzAlg: FuzzAlgorithmChoice? { get }
    var caseSensitive: Bool? { get }
    var sortBy: SortByChoice? { get }
    var sortDir: SortDirectionChoice? { get }
    var includeScore: Bool? { get }
    var limit: Int64? { get }
    var batchSize: Int32? { get }
    var includeMetadata: Bool? { get }
}

/// Rules that are asked for.
protocol RulesInput {
    var credential: Principal { get }
    var match: Confined<PromQLSelectors> { get }
    var type: RuleTypeChoice? { get }
    var ruleName: [String] { get }
    var ruleGroup: [String] { get }
    var file: [String] { get }
    var excludeAlerts: Bool? { get }
    var groupLimit: Int32? { get }
    var groupNextToken: String? { get }
}

/// Metadata that is asked for.
protocol MetadataInput {
    var credential: Principal { get }
    var limit: Int64? { get }
    var limitPerMetric: Int64? { get }
    var metric: String? { get }
}

extension QueryMetrics.Input: InstantQueryInput {}
extension QueryMetricsForm.Input.Body: InstantQueryInput {}
extension PrometheusQuery.Input: InstantQueryInput {}
extension PrometheusQueryForm.Input.Body: InstantQueryInput {}
extension QueryMetricsRange.Input: RangeQueryInput {}
extension QueryMetricsRangeForm.Input.Body: RangeQueryInput {}
extension PrometheusQueryRange.Input: RangeQueryInput {}
extension PrometheusQueryRangeForm.Input.Body: RangeQueryInput {}
extension GetMetricExemplars.Input: ExemplarsInput {}
extension PrometheusQueryExemplars.Input: ExemplarsInput {}
extension PrometheusQueryExemplarsForm.Input.Body: ExemplarsInput {}
extension GetSeries.Input: SelectorsInput {}
extension PrometheusSeries.Input: SelectorsInput {}
extension PrometheusSeriesForm.Input.Body: SelectorsInput {}
extension GetLabelNames.Input: SelectorsInput {}
extension PrometheusLabels.Input: SelectorsInput {}
extension PrometheusLabelsForm.Input.Body: SelectorsInput {}
extension GetLabelValues.Input: SelectorsInput {}
extension PrometheusLabelValues.Input: SelectorsInput {}
extension PrometheusSearchMetricNames.Input: SearchInput {}
extension PrometheusSearchMetricNamesForm.Input.Body: SearchInput {}
extension PrometheusSearchLabelNames.Input: SearchInput {}
extension PrometheusSearchLabelNamesForm.Input.Body: SearchInput {}
extension PrometheusSearchLabelValues.Input: SearchInput {}
extension PrometheusSearchLabelValuesForm.Input.Body: SearchInput {}
extension GetMetricRules.Input: RulesInput {}
extension PrometheusRules.Input: RulesInput {}
extension GetMetricMetadata.Input: MetadataInput {}
extension PrometheusMetadata.Input: MetadataInput {}
