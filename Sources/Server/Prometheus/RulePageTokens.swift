import APIRuntime
import JOSE
import JSON
import Telemetry
import Tenancy

/// The tokens by which a caller asks for the next page of rules. The upstream's own are never shown: they may tell of
/// groups that are not the caller's.
///
/// A token is signed with a key of this process and bound to the tenants and to every other parameter of the call, so
/// nobody can make one, and none helps with another question. It is good for an hour, at the gateway that made it.
struct RulePageTokens: Sendable {
    private static let lifetime: Int64 = 3_600

    private let signer: TokenSigner
    private let verifier: TokenVerifier

    /// With a new random key.
    init() throws {
        var generator = SystemRandomNumberGenerator()
        let key = try SharedSecret(bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        signer = TokenSigner(secret: key)
        verifier = TokenVerifier(keys: try KeySet([.hs256(key)]), policy: TokenPolicy(leeway: 0))
    }

    /// A token for the page behind a group.
    func token(after group: RuleGroupName, of call: Binding) throws -> String {
        try signer.sign([
            "exp": .number(JSONNumber(Int(Timestamp.unixSeconds() + Self.lifetime))),
            "call": .string(try digest(of: call)), "file": .string(group.file), "group": .string(group.name),
        ])
    }

    /// The group that a token's page begins behind.
    ///
    /// - Throws: ``APIFailure`` with a 400 for everything that is no token for this call.
    func group(of token: String, for call: Binding) throws -> RuleGroupName {
        guard let verified = try? verifier.verify(token, now: Timestamp.unixSeconds()),
            let bound = verified.claim(at: try ClaimPath("call"))?.stringValue,
            bound.utf8.elementsEqual(try digest(of: call).utf8),
            let file = verified.claim(at: try ClaimPath("file"))?.stringValue,
            let name = verified.claim(at: try ClaimPath("group"))?.stringValue
        else { throw Self.invalid("is no token of this call; begin with the first page") }
        return RuleGroupName(file: file, name: name)
    }

    static func invalid(_ message: String) -> APIFailure {
        .invalidInput([Violation(.query, "group_next_token", rule: "token", message: message)])
    }

    /// What a token is bound to: the tenants, and what else the call asks for.
    struct Binding: Sendable {
        let principal: Principal
        let parameters: [(name: String, value: String)]
    }

    /// A keyed hash: the signature of a token that says nothing else.
    private func digest(of call: Binding) throws -> String {
        let parameters = call.parameters.map { JSONValue.array([.string($0.name), .string($0.value)]) }
        let text = try signer.sign([
            "exp": 1, "tenants": .array(call.principal.selected.map { .string($0.name) }),
            "parameters": .array(parameters),
        ])
        return text.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(text[text.index(after: $0)...]) } ?? text
    }
}
