public import JOSE
public import PromQLSyntax

/// How tenants are told apart: in tokens by a claim, in metrics by a label, in traces by a resource attribute.
public struct TenancyPolicy: Sendable {
    /// Where a token names its tenant: a string, or a list of strings.
    public let claim: ClaimPath
    /// The label that every series of a tenant carries.
    public let label: String
    /// The resource attribute that every span of a tenant carries; `nil` where the trace store itself keeps tenants apart
    /// and has been seen to do so.
    public let attribute: String?
    /// What to do with a caller's own matcher that names another tenant.
    public let conflict: PromQLSyntax.TenantCondition.Conflict

    /// Which tokens are an operator's: those that have this value, or a list with it, there. `nil` for none.
    public let operatorClaim: (path: ClaimPath, value: String)?

    /// A policy from its parts.
    ///
    /// - Throws: `InvalidTenantCondition` if the label can be no tenant label, for example `__name__`.
    public init(
        claim: ClaimPath, label: String, attribute: String? = nil,
        conflict: PromQLSyntax.TenantCondition.Conflict = .and,
        operatorClaim: (path: ClaimPath, value: String)? = nil
    ) throws(InvalidTenantCondition) {
        self.claim = claim
        self.label = label
        self.attribute = attribute
        self.conflict = conflict
        self.operatorClaim = operatorClaim
        _ = try PromQLSyntax.TenantCondition(label: label, values: ["probe"])
    }
}
