import PromQLSyntax
import Testing

@Suite("Tenant conditions")
struct TenantConditionTests {
    @Test("One value is an equality, several are a regular expression of quoted values")
    func descriptions() throws {
        #expect(try TenantCondition(label: "tenant_id", values: ["a"]).description == #"tenant_id="a""#)
        #expect(try TenantCondition(label: "t", values: ["a", "b.c"]).description == #"t=~"a|b\\.c""#)
        #expect(try TenantCondition(label: "t", values: ["a|b", ".*"]).description == #"t=~"a\\|b|\\.\\*""#)
        #expect(try TenantCondition(label: "t", values: ["a", "a"]).description == #"t="a""#)
        #expect(try TenantCondition(label: "t", values: [#"a"} or x{"#]).description == #"t="a\"} or x{""#)
        #expect(try TenantCondition(label: "t", values: [#"\E.*"#, "b"]).description == #"t=~"\\\\E\\.\\*|b""#)
    }

    @Test("Values that would select other series, and labels that are none, are refused")
    func refusals() {
        #expect(throws: InvalidTenantCondition.self) { try TenantCondition(label: "t", values: []) }
        #expect(throws: InvalidTenantCondition.self) { try TenantCondition(label: "t", values: [""]) }
        #expect(throws: InvalidTenantCondition.self) { try TenantCondition(label: "t", values: ["a", ""]) }
        for label in ["", "__name__", "a b", "a-b", "1a", "é", "a:b", "a\n"] {
            #expect(throws: InvalidTenantCondition.self) { try TenantCondition(label: label, values: ["a"]) }
        }
    }

    @Test("Conditions are compared as bytes")
    func comparison() throws {
        #expect(
            try TenantCondition(label: "t", values: ["\u{E9}"]) != TenantCondition(label: "t", values: ["e\u{301}"]))
        #expect(try TenantCondition(label: "t", values: ["\u{E9}", "e\u{301}"]).values.count == 2)
    }
}
