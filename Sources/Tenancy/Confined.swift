/// A language whose texts can be restricted to a principal's tenants.
public protocol ConfinableLanguage: Sendable {
    /// What a caller sends.
    associatedtype Source: Sendable
    /// What may be sent to an upstream.
    associatedtype Restricted: Sendable
    /// Why a source cannot be restricted.
    associatedtype Failure: Error

    /// The source, rewritten so that it can reach the principal's tenants only.
    static func restrict(_ source: Source, for principal: Principal) throws(Failure) -> Restricted
}

/// Something a caller sent, restricted to that caller's tenants: the only thing that upstream calls with tenant data take.
///
/// There is no other way to make one than from a source and a principal, so a value of this type is the proof.
public struct Confined<Language: ConfinableLanguage>: Sendable {
    /// What may be sent to an upstream.
    public let restricted: Language.Restricted
    /// Whose it is.
    public let principal: Principal

    /// Restricts the source.
    public init(_ source: Language.Source, for principal: Principal) throws(Language.Failure) {
        restricted = try Language.restrict(source, for: principal)
        self.principal = principal
    }
}
