import GeneratedAPI
import Tenancy

// What the inputs of the two faces of the traces' API have in common. The document gives them the same names and types,
// so each conforms as it is.

/// The time that is looked at, in Unix seconds.
protocol TraceWindowInput {
    var start: Int64? { get }
    var end: Int64? { get }
}

/// A search.
protocol SearchTracesInput: TraceWindowInput {
    var credential: Principal { get }
    var q: Confined<TraceQLQuery>? { get }
    var minDuration: String? { get }
    var maxDuration: String? { get }
    var limit: Int32? { get }
    var spss: Int32? { get }
}

/// Names or values of attributes that are asked for.
protocol TagsInput: TraceWindowInput {
    var credential: Principal { get }
    var q: Confined<TraceQLTagQuery>? { get }
    var limit: Int32? { get }
    var maxStaleValues: Int32? { get }
    var scope: TagScopeChoice? { get }
}

extension TagsInput {
    /// Only where the operation has none.
    var q: Confined<TraceQLTagQuery>? { nil }
    /// Only where the operation has none.
    var scope: TagScopeChoice? { nil }
}

/// A metrics query at one instant.
protocol TraceMetricsInput {
    var q: Confined<TraceQLQuery>? { get }
    var query: Confined<TraceQLQuery>? { get }
    var start: String? { get }
    var end: String? { get }
    var since: String? { get }
    var step: String? { get }
    var exemplars: Int32? { get }
    var maxSeries: Int32? { get }
}

extension TraceMetricsInput {
    /// Only where the operation has none.
    var step: String? { nil }
    /// Only where the operation has none.
    var exemplars: Int32? { nil }
    /// Only where the operation has none.
    var maxSeries: Int32? { nil }
}

extension TempoTrace.Input: TraceWindowInput {}
extension TempoTraceV2.Input: TraceWindowInput {}
extension SearchTraces.Input: SearchTracesInput {}
extension TempoSearch.Input: SearchTracesInput {}
extension GetTraceTags.Input: TagsInput {}
extension GetTraceTagValues.Input: TagsInput {}
extension TempoSearchTags.Input: TagsInput {}
extension TempoSearchTagsV2.Input: TagsInput {}
extension TempoSearchTagValues.Input: TagsInput {}
extension TempoSearchTagValuesV2.Input: TagsInput {}
extension GetTraceMetrics.Input: TraceMetricsInput {}
extension TempoMetricsQueryRange.Input: TraceMetricsInput {}
extension TempoMetricsQuery.Input: TraceMetricsInput {}
