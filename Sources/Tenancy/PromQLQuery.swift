public import PromQLSyntax

/// A PromQL expression; confined, each of its selectors carries the principal's tenants.
public enum PromQLQuery: ConfinableLanguage {
    /// Parses, restricts, prints and verifies.
    public static func restrict(
        _ source: String, for principal: Principal
    ) throws(RestrictionError) -> RestrictedQuery {
        try PromQLSyntax.restrict(source, by: principal.metricsCondition())
    }
}

extension Principal {
    /// What each selector is to carry: the label with the tenants that the caller selected.
    func metricsCondition() throws(RestrictionError) -> PromQLSyntax.TenantCondition {
        do {
            return try PromQLSyntax.TenantCondition(
                label: policy.label, values: selected.map(\.name), conflict: policy.conflict)
        } catch {
            // A Tenant's name and a policy's label were checked when they were made; nothing is sent if they were not.
            throw .unverified("the tenant condition is invalid: \(error)")
        }
    }
}
