public import JOSE
internal import JSON

/// Who asks: a verified token's tenants, with the policy by which their data is told apart.
///
/// It is made from a ``VerifiedToken`` alone, and every confined query is made from it.
public struct Principal: Sendable {
    /// The tenants whose data the caller may see: sorted, each once, at least one.
    public let tenants: [Tenant]
    /// The token's `sub`.
    public let subject: String?
    /// By which claim and label tenants are told apart.
    public let policy: TenancyPolicy

    /// Takes the tenants from the policy's claim: a string or a list of strings. One bad entry refuses the whole token.
    public init(_ token: borrowing VerifiedToken, policy: TenancyPolicy) throws(Denied) {
        let names: [JSONValue]
        switch token.claim(at: policy.claim) {
        case nil: throw .noTenantClaim
        case .string(let name)?: names = [.string(name)]
        case .array(let values)?: names = values
        case .null?, .bool?, .number?, .object?: throw .unusableTenantClaim
        }
        guard !names.isEmpty, names.count <= Self.mostTenants else { throw .unusableTenantClaim }
        var tenants: Set<Tenant> = []
        for name in names {
            guard case .string(let text) = name, let tenant = Tenant(text) else { throw .unusableTenantClaim }
            tenants.insert(tenant)
        }
        self.tenants = tenants.sorted()
        subject = token.subject
        self.policy = policy
    }

    /// More tenants than this in one token are refused: each of them stands in every selector.
    public static let mostTenants = 100
}

/// Why a verified token does not make a principal.
public enum Denied: Error, Sendable, Equatable {
    /// The token has no such claim.
    case noTenantClaim
    /// The claim is no tenant's name and no list of such names, or one entry of the list is none.
    case unusableTenantClaim

    /// For the log; it repeats nothing of the token.
    public var reason: String {
        switch self {
        case .noTenantClaim: "the token has no tenant claim"
        case .unusableTenantClaim: "the token's tenant claim is not a tenant's name or a list of such names"
        }
    }
}
