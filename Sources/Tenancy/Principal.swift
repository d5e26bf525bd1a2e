public import JOSE
internal import JSON

/// Who asks: a verified token's tenants, with the policy by which their data is told apart.
///
/// It is made from a ``VerifiedToken`` alone, and every confined query is made from it.
public struct Principal: Sendable {
    /// The tenants that the token grants.
    public let granted: Set<Tenant>
    /// The tenants whose data the caller may see and wants to: sorted, each once, at least one, all of them granted.
    public let selected: [Tenant]
    /// The token's `sub`.
    public let subject: String?
    /// Whether the token is an operator's, who may see what is a function of all tenants' load; never their data.
    public let isOperator: Bool
    /// By which claim and label tenants are told apart.
    public let policy: TenancyPolicy

    /// Takes the tenants from the policy's claim: a string or a list of strings. One bad entry refuses the whole token.
    ///
    /// - Parameter picking: The names of those granted tenants that the caller wants; `nil` for all of them. It can
    ///   only take away: a name that is not granted refuses the whole.
    public init(
        _ token: borrowing VerifiedToken, picking names: [String]? = nil, policy: TenancyPolicy
    ) throws(Denied) {
        let granted = try Self.granted(by: token, policy)
        self.granted = granted
        if let names {
            selected = try Self.pick(names, of: granted)
        } else {
            selected = granted.sorted()
        }
        subject = token.subject
        isOperator = Self.isOperator(token, policy)
        self.policy = policy
    }

    /// The same caller, asking for some of the granted tenants, whichever were selected before.
    ///
    /// - Throws: ``Denied`` for no name, and for one that is not granted.
    public func picking(_ names: [String]) throws(Denied) -> Principal {
        Principal(self, selected: try Self.pick(names, of: granted))
    }

    private init(_ principal: Principal, selected: [Tenant]) {
        granted = principal.granted
        self.selected = selected
        subject = principal.subject
        isOperator = principal.isOperator
        policy = principal.policy
    }

    private static func isOperator(_ token: borrowing VerifiedToken, _ policy: TenancyPolicy) -> Bool {
        guard let claim = policy.operatorClaim else { return false }
        func isValue(_ value: JSONValue) -> Bool {
            if case .string(let text) = value { text.utf8.elementsEqual(claim.value.utf8) } else { false }
        }
        return switch token.claim(at: claim.path) {
        case .array(let values)?: values.contains(where: isValue)
        case let value?: isValue(value)
        case nil: false
        }
    }

    private static func granted(
        by token: borrowing VerifiedToken, _ policy: TenancyPolicy
    ) throws(Denied) -> Set<Tenant> {
        let names: [JSONValue]
        switch token.claim(at: policy.claim) {
        case nil: throw .noTenantClaim
        case .string(let name)?: names = [.string(name)]
        case .array(let values)?: names = values
        case .null?, .bool?, .number?, .object?: throw .unusableTenantClaim
        }
        guard !names.isEmpty, names.count <= mostTenants else { throw .unusableTenantClaim }
        var tenants: Set<Tenant> = []
        for name in names {
            guard case .string(let text) = name, let tenant = Tenant(text) else { throw .unusableTenantClaim }
            tenants.insert(tenant)
        }
        return tenants
    }

    private static func pick(_ names: [String], of granted: Set<Tenant>) throws(Denied) -> [Tenant] {
        var picked: Set<Tenant> = []
        for name in names {
            guard let tenant = Tenant(name), granted.contains(tenant) else { throw .notGranted }
            picked.insert(tenant)
        }
        guard !picked.isEmpty else { throw .notGranted }
        return picked.sorted()
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
    /// The caller picked no tenant, or one that the token does not grant.
    case notGranted

    /// For the log; it repeats nothing of the token.
    public var reason: String {
        switch self {
        case .noTenantClaim: "the token has no tenant claim"
        case .unusableTenantClaim: "the token's tenant claim is not a tenant's name or a list of such names"
        case .notGranted: "the request picks a tenant that the token does not grant"
        }
    }
}
