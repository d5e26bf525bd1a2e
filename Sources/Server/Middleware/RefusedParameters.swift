/// Parameters by which some upstream widens, narrows or redirects what is selected, or that it takes for another name
/// of one that the gateway confines. They are never passed on; a caller that sends one is told so, since the answer
/// would not be what it asked for. Every other parameter that the document does not have is dropped.
enum RefusedParameters {
    /// What requests of a path, or of a template of paths, must not have in their query string or form.
    static func names(for path: String) -> [String] {
        if begins(path, with: ["/tempo/api/traces/", "/tempo/api/search/tag"]) {
            // Tempo ignores a query there, and answers what was not asked.
            return traceNames + ["q"]
        }
        if begins(path, with: ["/tempo/", "/api/v1/traces", "/api/v1/explain/traceql"]) { return traceNames }
        return begins(path, with: ["/api/v1/metrics/", "/prometheus/", "/api/v1/explain/promql"]) ? names : []
    }

    private static func begins(_ path: String, with prefixes: [String]) -> Bool {
        prefixes.contains { path.utf8.starts(with: $0.utf8) }
    }

    private static let names = [
        "match", "query[]", "extra_label", "extra_label[]", "extra_filters", "extra_filters[]", "storeMatch",
        "storeMatch[]", "replicaLabels", "replicaLabels[]", "shard_info", "engine", "analyze", "explain", "trace",
        "nocache", "match_target",
    ]

    private static let traceNames = [
        "mode", "blockStart", "blockEnd", "keep_hierarchy", "match_depth", "ancestor_depth", "span_pruning",
        "span_pruning_group_by", "span_pruning_min_spans", "span_pruning_max_parent_depth", "_min_spans",
        "_max_parent_depth", "skip_ast_transformations", "blockID", "startPage", "pagesToSearch", "version", "size",
        "footerSize", "dc", "instant",
    ]
}
