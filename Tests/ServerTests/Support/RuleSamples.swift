/// Rules of two tenants and of nobody, some in groups that they share.
enum RuleSamples {
    private struct Rule {
        let tenant: String?
        let text: String
    }

    private static let groups: [(name: String, rules: [Rule])] = [
        (
            "shared",
            [
                Rule(tenant: "acme", text: "{record: 'own:one', expr: 'vector(1)', labels: {tenant_id: acme}}"),
                Rule(tenant: "globex", text: "{record: 'secret:one', expr: 'vector(7)', labels: {tenant_id: globex}}"),
                Rule(tenant: nil, text: "{record: 'nobody:one', expr: 'vector(8)'}"),
                Rule(
                    tenant: "acme",
                    text: "{alert: OwnAlert, expr: 'vector(1)', labels: {tenant_id: acme}, annotations: {summary: own}}"
                ),
                Rule(
                    tenant: "globex",
                    text:
                        "{alert: SecretAlert, expr: 'vector(7)', labels: {tenant_id: globex}, annotations: {summary: secret}}"
                ),
                Rule(tenant: nil, text: "{alert: NobodysAlert, expr: 'vector(8)', annotations: {summary: secret}}"),
            ]
        ),
        (
            "theirs",
            [Rule(tenant: "globex", text: "{record: 'secret:two', expr: 'vector(9)', labels: {tenant_id: globex}}")]
        ),
        ("nobodys", [Rule(tenant: nil, text: "{record: 'nobody:two', expr: 'count({tenant_id!=\"\"})'}")]),
        ("own", [Rule(tenant: "acme", text: "{record: 'own:two', expr: 'vector(2)', labels: {tenant_id: acme}}")]),
    ]

    /// A file of all rules, or of one tenant's alone.
    static func file(of tenant: String? = nil) -> String {
        var text = "groups:\n"
        for group in groups {
            let rules = group.rules.filter { tenant == nil || $0.tenant == tenant }
            guard !rules.isEmpty else { continue }
            text += "  - name: \(group.name)\n    rules:\n"
            for rule in rules { text += "      - \(rule.text)\n" }
        }
        return text
    }
}
