import JOSE
import JSON
import PromQLSyntax
import Tenancy
import Testing

/// Tokens as the gateway verifies them, signed for the test.
enum Tokens {
    static let now: Int64 = 1_800_000_000

    static func verified(_ claims: JSONObject) throws -> VerifiedToken {
        let secret = try SharedSecret(bytes: Array("0123456789abcdef0123456789abcdef".utf8))
        var claims = claims
        claims["exp"] = .number(JSONNumber(Int(now + 60)))
        let token = try TokenSigner(secret: secret).sign(claims)
        return try TokenVerifier(keys: KeySet([.hs256(secret)]), policy: TokenPolicy()).verify(token, now: now)
    }

    static func policy(_ claim: String = "tenant_id", conflict: TenantCondition.Conflict = .and) throws -> TenancyPolicy
    {
        try TenancyPolicy(claim: ClaimPath(claim), label: "tenant_id", conflict: conflict)
    }
}

@Suite("Principal")
struct PrincipalTests {
    private func tenants(_ claims: JSONObject, claim: String = "tenant_id") throws -> [String] {
        try Principal(Tokens.verified(claims), policy: Tokens.policy(claim)).selected.map(\.name)
    }

    @Test("the tenant comes from the claim, at the end of a path too")
    func claim() throws {
        #expect(try tenants(["tenant_id": "acme", "sub": "someone"]) == ["acme"])
        #expect(try tenants(["org": ["tenant": "a.b-c_D"]], claim: "org.tenant") == ["a.b-c_D"])
    }

    @Test("a list gives several tenants, sorted, each once")
    func list() throws {
        #expect(try tenants(["tenant_id": ["b", "a", "b"]]) == ["a", "b"])
    }

    @Test("a token without the claim is denied")
    func missing() throws {
        let token = try Tokens.verified(["sub": "someone"])
        #expect(throws: Denied.noTenantClaim) { try Principal(token, policy: Tokens.policy()) }
    }

    @Test(
        "a claim that is no tenant's name refuses the whole token",
        arguments: [
            "", ".", "..", "a|b", "a b", "a\n", "a\u{0}", "a/b", "a,b", "é", "a\u{301}", ".*", "a\"", "{}",
            .string(String(repeating: "a", count: 151)), 7, true, .null, [], ["a", ""], ["a", 7], [["a"]], ["a": "b"],
            .array(Array(repeating: "a", count: 101)),
        ] as [JSONValue])
    func unusable(_ claim: JSONValue) throws {
        let token = try Tokens.verified(["tenant_id": claim])
        #expect(throws: Denied.unusableTenantClaim) { try Principal(token, policy: Tokens.policy()) }
    }

    @Test("without a choice all granted tenants are selected; a choice takes away only")
    func picking() throws {
        let token = try Tokens.verified(["tenant_id": ["c", "a", "b"]])
        let all = try Principal(token, policy: Tokens.policy())
        #expect(all.selected.map(\.name) == ["a", "b", "c"])
        let some = try Principal(token, picking: ["c", "a"], policy: Tokens.policy())
        #expect(some.selected.map(\.name) == ["a", "c"])
        #expect(some.granted == all.granted)
        #expect(try Principal(token, picking: ["b", "b"], policy: Tokens.policy()).selected.map(\.name) == ["b"])
    }

    @Test(
        "picking a tenant that is not granted, or none, is denied",
        arguments: [[], [""], ["b"], ["a", "b"], ["a", ""], ["A"], ["a|b"], ["*"], [".*"], ["a "]])
    func pickingOthers(_ names: [String]) throws {
        let token = try Tokens.verified(["tenant_id": "a"])
        #expect(throws: Denied.notGranted) { try Principal(token, picking: names, policy: Tokens.policy()) }
    }

    @Test("of one principal others can be picked, each time from all that is granted and from nothing else")
    func pickingAgain() throws {
        let all = try Principal(Tokens.verified(["tenant_id": ["a", "b"]]), policy: Tokens.policy())
        let first = try all.picking(["a"])
        #expect(first.selected.map(\.name) == ["a"])
        #expect(first.granted == all.granted)
        #expect(try first.picking(["b", "a"]).selected.map(\.name) == ["a", "b"])
        for names in [[], ["c"], ["a", "c"], ["A"], ["a|b"], [""]] {
            #expect(throws: Denied.notGranted) { try all.picking(names) }
        }
    }

    @Test("a choice does not mend a token with a bad entry")
    func pickingFromBad() throws {
        let token = try Tokens.verified(["tenant_id": ["a", ""]])
        #expect(throws: Denied.unusableTenantClaim) {
            try Principal(token, picking: ["a"], policy: Tokens.policy())
        }
    }

    @Test("a confined query carries the selected tenants, not all that are granted")
    func confinedToSelected() throws {
        let principal = try Principal(
            Tokens.verified(["tenant_id": ["a", "b", "c"]]), picking: ["b"], policy: Tokens.policy())
        #expect(try Confined<PromQLQuery>("up", for: principal).restricted.text == #"up{tenant_id="b"}"#)
    }

    @Test("150 characters are the longest name")
    func longest() throws {
        let name = String(repeating: "a", count: 150)
        #expect(try tenants(["tenant_id": .string(name)]) == [name])
    }

    @Test("a policy refuses a label that cannot tell tenants apart", arguments: ["__name__", "", "a-b", "1a", "é"])
    func label(_ label: String) {
        #expect(throws: InvalidTenantCondition.self) { try TenancyPolicy(claim: ClaimPath("t"), label: label) }
    }
}

@Suite("Confined queries")
struct ConfinedTests {
    private func confined(
        _ query: String, tenants: JSONValue = "acme", conflict: TenantCondition.Conflict = .and
    ) throws -> Confined<PromQLQuery> {
        let principal = try Principal(
            Tokens.verified(["tenant_id": tenants]), policy: Tokens.policy(conflict: conflict))
        return try Confined(query, for: principal)
    }

    @Test("every selector of a confined query carries the principal's tenant")
    func oneTenant() throws {
        #expect(
            try confined("up / on() down").restricted.text == #"up{tenant_id="acme"} / on () down{tenant_id="acme"}"#)
    }

    @Test("several tenants become one regular expression of quoted names")
    func severalTenants() throws {
        #expect(try confined("up", tenants: ["b.c", "a"]).restricted.text == #"up{tenant_id=~"a|b\\.c"}"#)
    }

    @Test("what cannot be parsed is not confined")
    func invalid() {
        #expect(throws: RestrictionError.self) { try confined("up{") }
    }

    @Test("with TENANT_CONFLICT=error another tenant's name is refused, the own one is not")
    func conflict() throws {
        #expect(throws: RestrictionError.self) { try confined(#"up{tenant_id="globex"}"#, conflict: .error) }
        _ = try confined(#"up{tenant_id="acme"}"#, conflict: .error)
    }
}
