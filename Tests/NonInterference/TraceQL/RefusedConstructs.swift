/// What cannot be executed with something in the answer, because it is refused or finds nothing of the caller's own.
enum RefusedConstructs {
    /// Whether a construct may never have been executed.
    static func isExcused(_ construct: String) -> Bool {
        construct.hasPrefix("refused: ") || names.contains(construct)
    }

    private static let names: Set<String> = [
        "broken text", "id of others", "id of the first slot", "id unknown", "id malformed",
        // Equal to something of another tenant: nothing is left to find.
        "hostile condition: =", "hostile condition: number", "hostile condition: boolean",
        "hostile condition: other case", "hostile condition: others' attribute", "hostile condition: others' name",
        "hint debug_return_in", "hint extrapolate", "hint unknown", "hint skip_ast_transformations",
        // Not served.
        "/tempo/api/overrides", "/tempo/api/v2/traces/diff", "/tempo/status", "/tempo/metrics",
        "/tempo/querier/api/search", "Accept: application/vnd.grafana.llm",
    ]
}
