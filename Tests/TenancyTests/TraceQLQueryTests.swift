import Tenancy
import Testing
import TraceQLSyntax

@Suite("Confined TraceQL")
struct TraceQLQueryTests {
    private func principal(_ tenants: [String], attribute: String?, isError: Bool = false) throws -> Principal {
        let token = try Tokens.verified(["tenant_id": .array(tenants.map { .string($0) })])
        return try Principal(
            token,
            policy: TenancyPolicy(
                claim: Tokens.policy().claim, label: "tenant_id", attribute: attribute,
                conflict: isError ? .error : .and))
    }

    private func text(
        _ source: String, tenants: [String] = ["acme"], attribute: String? = "tenant_id", isError: Bool = false
    ) throws -> String {
        try Confined<TraceQLQuery>(source, for: principal(tenants, attribute: attribute, isError: isError))
            .restricted.text
    }

    private func tagText(_ source: String, attribute: String? = "tenant_id") throws -> String {
        try Confined<TraceQLTagQuery>(source, for: principal(["acme"], attribute: attribute)).restricted.text
    }

    @Test("every filter and pipeline carries the tenant")
    func restricted() throws {
        let query = try Confined<TraceQLQuery>("{ .a }", for: principal(["acme"], attribute: "t")).restricted
        #expect(query.text == #"{ resource.t = "acme" } | { (resource.t = "acme") && .a }"#)
        #expect(query.condition == #"resource.t = "acme""#)
        #expect(query.sourceByteCount == 6)
        #expect(query.filterCount == 2)
        #expect(query.pipelineCount == 1)
        #expect(!query.isMetricsQuery)
        #expect(
            try Confined<TraceQLQuery>("{} | rate()", for: principal(["acme"], attribute: "t")).restricted
                .isMetricsQuery)
    }

    @Test("an empty text means everything that is the tenant's, and nothing else")
    func empty() throws {
        #expect(try text("") == #"{ resource.tenant_id = "acme" } | { resource.tenant_id = "acme" }"#)
        #expect(try tagText("") == #"{ resource.tenant_id = "acme" }"#)
    }

    @Test("several tenants are alternatives")
    func several() throws {
        #expect(
            try tagText("{ span.a = 1 }") == #"{ (resource.tenant_id = "acme") && (span.a = 1) }"#)
        let both = try text("{ .a }", tenants: ["b", "a"])
        #expect(both.hasPrefix(#"{ (resource.tenant_id = "a") || (resource.tenant_id = "b") } | "#), "\(both)")
    }

    @Test("a query that names another tenant is refused where the policy says so")
    func conflict() throws {
        #expect { try text(#"{ resource.tenant_id = "b" }"#, isError: true) } throws: { error in
            guard case .conflict? = error as? RestrictionError else { return false }
            return true
        }
    }

    @Test("without an attribute nothing is added, and the language is as strict")
    func unconfined() throws {
        #expect(try text("{ .a // x\n}", attribute: nil) == "{ .a }")
        #expect(try text("{ rootName = `x` }", attribute: nil) == #"{ rootName = "x" }"#)
        #expect(try text("", attribute: nil) == "{ true }")
        #expect(try tagText("{ .a = 1 } && { .b = 2 }", attribute: nil) == "({ .a = 1 }) && ({ .b = 2 })")
        for source in ["{", "{ parent.a = 1 }", "{ parent = nil }", "{} with (debug_return_in=1)", "{ .a =~ \"(\" }"] {
            #expect(throws: RestrictionError.self, "\(source)") { try text(source, attribute: nil) }
        }
        #expect(
            try Confined<TraceQLQuery>("{ }", for: principal(["acme"], attribute: nil)).restricted.condition.isEmpty)
    }

    @Test(
        "what would switch Tempo's filter of tags off is refused",
        arguments: ["{ .a = 1 }", "{ span.a }", "{} | rate()"])
    func tags(_ source: String) throws {
        #expect(throws: RestrictionError.self) { try tagText(source) }
    }
}
