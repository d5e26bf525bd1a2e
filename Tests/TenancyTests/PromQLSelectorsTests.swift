import PromQLSyntax
import Tenancy
import Testing

@Suite("Confined selectors")
struct PromQLSelectorsTests {
    private func texts(
        _ source: [String], tenants: [String] = ["acme"], conflict: TenantCondition.Conflict = .and
    ) throws -> [String] {
        let token = try Tokens.verified(["tenant_id": .array(tenants.map { .string($0) })])
        let principal = try Principal(token, policy: Tokens.policy(conflict: conflict))
        return try Confined<PromQLSelectors>(source, for: principal).restricted.map(\.text)
    }

    @Test("each selector carries the tenant's condition, in the order of the source")
    func each() throws {
        #expect(
            try texts(["up", "{job=\"a\"}", "up"])
                == [#"up{tenant_id="acme"}"#, #"{job="a",tenant_id="acme"}"#, #"up{tenant_id="acme"}"#])
        #expect(try texts(["up"], tenants: ["b", "a"]) == [#"up{tenant_id=~"a|b"}"#])
    }

    @Test("no selector means everything that is the tenant's, and nothing else")
    func none() throws {
        #expect(try texts([]) == [#"{tenant_id="acme"}"#])
    }

    @Test("an empty text is one selector that is wrong, not none", arguments: [[""], ["up", ""], ["up", " "]])
    func empty(source: [String]) throws {
        #expect { try texts(source) } throws: { error in
            guard let error = error as? SelectorRestrictionError, case .invalid = error.reason else { return false }
            return error.index == source.count - 1
        }
    }

    @Test(
        "what is no selector is refused with its place among the others",
        arguments: ["sum(up)", "up or down", "up[5m]", "up offset 5m", "{", "1"])
    func invalid(text: String) throws {
        #expect { try texts(["up", "down", text, "{"]) } throws: { ($0 as? SelectorRestrictionError)?.index == 2 }
    }

    @Test("a selector that names another tenant is refused where the policy says so")
    func conflict() throws {
        #expect { try texts(["up", #"up{tenant_id="other"}"#], conflict: .error) } throws: { error in
            guard let error = error as? SelectorRestrictionError, case .conflict(let place) = error.reason else {
                return false
            }
            return error.index == 1 && place.column == 4
        }
    }
}
