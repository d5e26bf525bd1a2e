public import JOSE
internal import JSON
internal import PromQLSyntax
internal import TraceQLSyntax

/// Who asks: a verified token's tenants, with the policy by which their data is told apart.
///
/// It is made from a ``VerifiedToken`` alone, and every confined query is made from it.
public struct Principal: Sendable {
    /// The tenants that the token grants.
    public var granted: Set<Tenant> { facts.granted }
    /// The tenants whose data the caller may see and wants to: sorted, each once, at least one, all of them granted.
    public var selected: [Tenant] { facts.selected }
    /// The token's `sub`.
    public var subject: String? { facts.subject }
    /// Whether the token is an operator's, who may see what is a function of all tenants' load; never their data.
    public var isOperator: Bool { facts.isOperator }
    /// By which claim and label tenants are told apart.
    public var policy: TenancyPolicy { facts.policy }

    /// All of it behind one reference, with what each query would otherwise be given anew: a principal is made once for
    /// many requests, and handed on many times in each.
    private final class Facts: Sendable {
        let granted: Set<Tenant>
        let selected: [Tenant]
        let subject: String?
        let isOperator: Bool
        let policy: TenancyPolicy
        let metricsCondition: Result<PromQLSyntax.TenantCondition, PromQLSyntax.InvalidTenantCondition>
        let tracesCondition: Result<TraceQLSyntax.TenantCondition?, TraceQLSyntax.InvalidTenantCondition>

        init(granted: Set<Tenant>, selected: [Tenant], subject: String?, isOperator: Bool, policy: TenancyPolicy) {
            self.granted = granted
            self.selected = selected
            self.subject = subject
            self.isOperator = isOperator
            self.policy = policy
            let names = selected.map(\.name)
            metricsCondition = Result { () throws(PromQLSyntax.InvalidTenantCondition) in
                try PromQLSyntax.TenantCondition(label: policy.label, values: names, conflict: policy.conflict)
            }
            tracesCondition = Result { () throws(TraceQLSyntax.InvalidTenantCondition) in
                guard let attribute = policy.attribute else { return nil }
                return try TraceQLSyntax.TenantCondition(
                    attribute: attribute, values: names, conflict: policy.conflict == .error ? .error : .and)
            }
        }
    }

    private let facts: Facts

    /// What each selector of a query for metrics is to carry: the label with the tenants that the caller selected.
    var ownMetrics: Result<PromQLSyntax.TenantCondition, PromQLSyntax.InvalidTenantCondition> {
        facts.metricsCondition
    }

    /// What each span is to carry; `nil` where the trace store itself keeps tenants apart.
    var ownTraces: Result<TraceQLSyntax.TenantCondition?, TraceQLSyntax.InvalidTenantCondition> {
        facts.tracesCondition
    }

    /// Takes the tenants from the policy's claim: a string or a list of strings. One bad entry refuses the whole token.
    ///
    /// - Parameter picking: The names of those granted tenants that the caller wants; `nil` for all of them. It can
    ///   only take away: a name that is not granted refuses the whole.
    public init(
        _ token: borrowing VerifiedToken, picking names: [String]? = nil, policy: TenancyPolicy
    ) throws(Denied) {
        let granted = try Self.granted(by: token, policy)
        let selected: [Tenant]
        if let names {
            selected = try Self.pick(names, of: granted)
        } else {
            selected = granted.sorted()
        }
        facts = Facts(
            granted: granted, selected: selected,
            subject: token.subject, isOperator: Self.isOperator(token, policy), policy: policy)
    }

    /// The same caller, asking for some of the granted tenants, whichever were selected before.
    ///
    /// - Throws: ``Denied`` for no name, and for one that is not granted.
    public func picking(_ names: [String]) throws(Denied) -> Principal {
        Principal(self, selected: try Self.pick(names, of: granted))
    }

    private init(_ principal: Principal, selected: [Tenant]) {
        facts = Facts(
            granted: principal.granted, selected: selected, subject: principal.subject,
            isOperator: principal.isOperator, policy: principal.policy)
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
