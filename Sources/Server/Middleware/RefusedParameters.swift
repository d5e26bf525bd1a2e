import GeneratedAPI

/// Parameters by which some upstream widens, narrows or redirects what is selected, or that it takes for another name
/// of one that the gateway confines. They are never passed on; a caller that sends one is told so, since the answer
/// would not be what it asked for. Every other parameter that the document does not have is dropped.
enum RefusedParameters {
    /// What an operation's requests must not have, in their query string or form.
    static func names(for operation: OperationID) -> [String] {
        tags.contains(operation.description.tag) ? names : []
    }

    private static let tags: Set<String> = ["Metrics", "Prometheus", "Explain"]

    private static let names = [
        "match", "query[]", "extra_label", "extra_label[]", "extra_filters", "extra_filters[]", "storeMatch",
        "storeMatch[]", "replicaLabels", "replicaLabels[]", "shard_info", "engine", "analyze", "explain", "trace",
        "nocache", "match_target",
    ]
}
