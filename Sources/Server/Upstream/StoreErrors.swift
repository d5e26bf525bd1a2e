/// Which errors of a Thanos querier speak of the query alone: others name stores, their addresses and what they answered.
enum StoreErrors {
    /// - Parameters:
    ///   - message: the error's text.
    ///   - kind: its `errorType`, if that is known.
    static func isOfTheQuery(_ message: String, kind: String?) -> Bool {
        switch kind {
        // It comes before any store is asked.
        case "bad_data": true
        default: known.contains { message.utf8.starts(with: $0.utf8) }
        }
    }

    /// How the messages of Prometheus' engine begin.
    private static let known = [
        "found duplicate series for the match group", "multiple matches for labels", "query timed out in",
        "query processing would load too many samples", "vector cannot contain metrics with the same labelset",
        "vector contains metrics with the same labelset", "Scalar value ", "invalid label name", "invalid source label",
        "invalid destination label", "invalid regular expression", "parse error", "invalid expression type",
    ]
}
