public import PromQLSyntax

/// Selectors of series, as Prometheus' API takes them in `match[]`; confined, each carries the principal's tenants.
///
/// None at all means everything that is the tenant's, never nothing and never everybody's: the restricted form is one
/// selector of the tenant's condition alone.
/// https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metadata
public enum PromQLSelectors: ConfinableLanguage {
    /// Parses, restricts, prints and verifies each of the selectors; there is at least one then.
    public static func restrict(
        _ source: [String], for principal: Principal
    ) throws(SelectorRestrictionError) -> [RestrictedQuery] {
        var index: Int?
        do {
            let condition = try principal.metricsCondition()
            guard !source.isEmpty else { return try PromQLSyntax.restrictSelectors([], by: condition) }
            var restricted: [RestrictedQuery] = []
            restricted.reserveCapacity(source.count)
            for (position, text) in source.enumerated() {
                index = position
                // An empty text is no list of no selectors, but one selector that is wrong.
                restricted += try PromQLSyntax.restrictSelectors([text], by: condition)
            }
            return restricted
        } catch {
            throw SelectorRestrictionError(index: index, reason: error)
        }
    }
}

/// Why selectors were not restricted, and which of them is to blame.
public struct SelectorRestrictionError: Error, Sendable, Equatable {
    /// The first selector that cannot be restricted, counted from 0; `nil` if none of them is to blame.
    public let index: Int?
    /// What is wrong with it.
    public let reason: RestrictionError
}
