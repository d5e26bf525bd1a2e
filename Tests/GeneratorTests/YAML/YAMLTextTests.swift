import Foundation
import Testing

@testable import Generator

@Suite("YAML that is written")
struct YAMLTextTests {
    static func read(_ text: String) -> Node? {
        YAMLReader.read(SourceFile(path: "a", bytes: Array(text.utf8)), diagnostics: Diagnostics())
    }

    @Test("is in block style, with quotes where YAML of any version would read something else")
    func style() throws {
        let node = try #require(
            Self.read(
                """
                {a: {b: [1, {c: 'no', d: []}, [x, [y]]]}, e: "1", f: 'a: b', 'yes': "line\\nmore\\n", 'g h': "a\\n\\nb", i: " x", j: {}, k: ~, l: "12:30", m: "#", "": -1.50, n: "a\\u2028b", o: "a #b"}
                """))
        #expect(
            YAMLText.text(of: node) == """
                a:
                  b:
                    - 1
                    - c: "no"
                      d: []
                    - - x
                      - - "y"
                e: "1"
                f: "a: b"
                "yes": |
                  line
                  more
                g h: |-
                  a

                  b
                i: " x"
                j: {}
                k: null
                l: "12:30"
                m: "#"
                "": -1.50
                "n": "a\\u2028b"
                o: "a #b"

                """)
    }

    @Test(
        "reads back as the same",
        .enabled(if: Repository.exists(Repository.sharedSpecs), "the folder of shared documents is not here"))
    func roundTrip() throws {
        for name in [
            "museum.yaml", "prometheus-3.1.yaml", "train-travel-3.1.yaml", "adyen-checkout-v71.json",
            "twilio-verify.yaml",
        ] {
            let text = try String(contentsOf: Repository.sharedSpecs.appending(path: name), encoding: .utf8)
            let node = try #require(Self.read(text))
            let written = YAMLText.text(of: node)
            let again = try #require(Self.read(written), "\(name)")
            #expect(JSONText.text(of: again) == JSONText.text(of: node), "\(name)")
            #expect(YAMLText.text(of: again) == written)
        }
    }
}
