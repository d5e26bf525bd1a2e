import Testing

@testable import Server

@Suite("Names of labels in paths")
struct LabelNameTests {
    @Test(
        "a name is sent plain if it can be, else escaped",
        arguments: [
            ("job", "job", "job"), ("_a9", "_a9", "_a9"), ("a.b", "a.b", "U__a_2e_b"),
            ("a_b.c", "a_b.c", "U__a__b_2e_c"),
            ("9a", "9a", "U___39_a"), ("é", "é", "U___e9_"), ("U__a_2e_b", "a.b", "U__a_2e_b"),
            ("U__job", "job", "job"),
            ("U__a__b", "a_b", "a_b"), ("U___1F600_", "\u{1F600}", "U___1f600_"), ("U", "U", "U"),
            ("U__tenant_5f_id", "tenant_id", "tenant_id"), ("a/b", "a/b", "U__a_2f_b"),
            ("../x", "../x", "U___2e__2e__2f_x"),
        ])
    func names(_ segment: String, _ name: String, _ escaped: String) throws {
        let label = try #require(LabelName(pathSegment: segment))
        #expect(label.name.utf8.elementsEqual(name.utf8))
        #expect(label.escaped == escaped)
        #expect(
            label.escaped.utf8.allSatisfy {
                ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 == 0x5f || ($0 >= 0x30 && $0 <= 0x39)
            })
    }

    @Test(
        "a broken escape is a name as it is, as it is for Prometheus",
        arguments: ["U__a_", "U___", "U___zz_", "U___d800_", "U___1234567_", "U__a_2e"])
    func broken(_ segment: String) throws {
        let label = try #require(LabelName(pathSegment: segment))
        #expect(label.name == segment)
        #expect(label.escaped == segment)
    }

    @Test("no label has an empty name", arguments: ["", "U__"])
    func empty(_ segment: String) {
        #expect(LabelName(pathSegment: segment) == nil)
    }
}
