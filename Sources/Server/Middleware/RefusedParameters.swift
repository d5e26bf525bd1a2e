/// Parameters by which some upstream widens, narrows or redirects what is selected, or that it takes for another name
/// of one that the gateway confines. They are never passed on; a caller that sends one is told so, since the answer
/// would not be what it asked for. Every other parameter that the document does not have is dropped.
enum RefusedParameters {
    /// What requests of a path must not have, in their query string or form.
    static func names(for path: String) -> [String] {
        prefixes.contains { path.utf8.starts(with: $0.utf8) } ? names : []
    }

    private static let prefixes = ["/api/v1/metrics/", "/prometheus/", "/api/v1/explain/promql"]

    private static let names = [
        "match", "query[]", "extra_label", "extra_label[]", "extra_filters", "extra_filters[]", "storeMatch",
        "storeMatch[]", "replicaLabels", "replicaLabels[]", "shard_info", "engine", "analyze", "explain", "trace",
        "nocache", "match_target",
    ]
}
