import JSON
import Tenancy

/// Which rules and alerts of Prometheus' answers are a principal's own
/// ([rules](https://prometheus.io/docs/prometheus/latest/querying/api/#rules)).
///
/// Own is what carries one of the principal's tenants in its **own labels**. A rule without the label may compute
/// anything of anybody, so its expression, its annotations and its alerts are nobody's.
struct RuleOwnership {
    private let label: String
    private let tenants: [String]

    init(_ principal: Principal) {
        label = principal.policy.label
        tenants = principal.selected.map(\.name)
    }

    /// Whether something with `labels` is the principal's.
    func owns(_ labelled: JSONValue) -> Bool {
        guard let tenant = labelled["labels"]?[label]?.stringValue else { return false }
        return tenants.contains { $0.utf8.elementsEqual(tenant.utf8) }
    }

    /// The part of a rule group that is the principal's; `nil` if none of its rules is.
    ///
    /// Name, file, interval and limit of a group are what its file says. How long its evaluation took becomes the sum
    /// over what is shown: the rest of it is other tenants' rules.
    func part(of group: JSONValue) -> JSONObject? {
        guard var object = group.objectValue, let rules = object["rules"]?.arrayValue else { return nil }
        let own = rules.filter(owns).map(part(ofRule:))
        guard !own.isEmpty else { return nil }
        object["rules"] = .array(own)
        if object.contains("evaluationTime") {
            let seconds = own.reduce(0) { $0 + ($1["evaluationTime"]?.numberValue?.double ?? 0) }
            object["evaluationTime"] = JSONNumber(seconds).map { .number($0) } ?? 0
        }
        return object
    }

    /// A rule of the principal's with its own alerts. Where others had to go, its state is that of what is left.
    private func part(ofRule rule: JSONValue) -> JSONValue {
        guard var object = rule.objectValue, let alerts = object["alerts"]?.arrayValue else { return rule }
        let own = alerts.filter(owns)
        guard own.count < alerts.count else { return rule }
        object["alerts"] = .array(own)
        if object.contains("state") {
            let states = own.compactMap { $0["state"]?.stringValue }
            object["state"] = .string(["firing", "pending"].first { states.contains($0) } ?? "inactive")
        }
        return .object(object)
    }
}
