/// What Prometheus 2.42 refuses, so that a run over it cannot have it executed.
enum NewerConstructs {
    /// Whether a construct may never have been executed: it is newer, always refused, or about native histograms.
    static func isExcused(_ construct: String) -> Bool { names.contains(construct) }

    private static let names: Set<String> = [
        "/prometheus/api/v1/parse_query", "/prometheus/api/v1/search/metric_names",
        "/prometheus/api/v1/search/label_names", "/prometheus/api/v1/search/label_values", "broken text",
        "duration expression", "duration as a number", "anchored", "smoothed", "fill", "operator </",
        "operator >/", "aggregation limitk", "aggregation limit_ratio", "function info", "function start",
        "function end", "function step", "function range", "function max_of", "function min_of",
        "function histogram_avg", "function histogram_stddev", "function histogram_stdvar", "function start_timestamp",
        "function first_over_time", "function mad_over_time", "function ts_of_first_over_time",
        "function ts_of_last_over_time", "function ts_of_max_over_time", "function ts_of_min_over_time",
        "function sort_by_label", "function sort_by_label_desc", "function double_exponential_smoothing",
        "function histogram_quantiles",
        // Of native histograms, which the samples do not have.
        "function histogram_count", "function histogram_sum", "function histogram_fraction",
        // Equal to something of another tenant: nothing is left to select.
        "hostile matcher =",
    ]
}
