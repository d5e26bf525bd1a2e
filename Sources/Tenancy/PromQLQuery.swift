public import PromQLSyntax

/// A PromQL expression; confined, each of its selectors carries the principal's tenants.
public enum PromQLQuery: ConfinableLanguage {
    /// Parses, restricts, prints and verifies.
    public static func restrict(
        _ source: String, for principal: Principal
    ) throws(RestrictionError) -> RestrictedQuery {
        let condition: PromQLSyntax.TenantCondition
        do {
            condition = try PromQLSyntax.TenantCondition(
                label: principal.policy.label, values: principal.selected.map(\.name),
                conflict: principal.policy.conflict
            )
        } catch {
            // A Tenant's name and a policy's label were checked when they were made; nothing is sent if they were not.
            throw .unverified("the tenant condition is invalid: \(error)")
        }
        return try PromQLSyntax.restrict(source, by: condition)
    }
}
