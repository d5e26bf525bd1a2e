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
    /// What each selector is to carry.
    func metricsCondition() throws(RestrictionError) -> PromQLSyntax.TenantCondition {
        switch ownMetrics {
        case .success(let condition): return condition
        // A Tenant's name and a policy's label were checked when they were made; nothing is sent if they were not.
        case .failure(let error): throw .unverified("the tenant condition is invalid: \(error)")
        }
    }
}
