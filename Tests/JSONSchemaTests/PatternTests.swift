import JSON
import JSONSchema
import Testing

@Suite("Patterns")
struct PatternTests {
    @Test(
        "match what ECMA-262 says",
        arguments: [
            ("^a+b?$", "aab", true), ("^a+b?$", "b", false), ("b", "abc", true), ("^(ab|c)*$", "abcab", true),
            ("^(ab|c)*$", "aba", false), ("^[a-c_-]{2,3}$", "a-_", true), ("^[a-c]{2,3}$", "abca", false),
            ("^[^\\d]$", "x", true), ("^[^\\d]$", "7", false), ("^\\w+\\s\\S$", "ab \u{e9}", true),
            ("^.$", "\n", false),
            ("^\\u{1F600}\\uD83D\\uDE00$", "😀😀", true), ("\\bcat\\b", "a cat.", true), ("\\bcat\\b", "scatter", false),
            ("^\\p{Lu}\\P{L}$", "Ä1", true), ("^(?:a|b)(?<n>c)$", "bc", true), ("^x{0}$", "", true),
            ("^a{2,}$", "aaa", true),
            ("a{,2}", "a{,2}", true), ("^$", "", true), ("^$", "a", false), ("[]a]", "a", false),
            ("^[\\w-]+$", "a-b", true),
            ("^VA[0-9a-fA-F]{32}$", "VA00112233445566778899aabbccddeeff", true), ("", "anything", true),
            ("^(a|b|ab)(c|bcd)$", "abcd", true), ("^\\-\\/\\.$", "-/.", true), ("(^a|b$)", "cb", true),
        ])
    func matches(pattern: String, text: String, isMatch: Bool) throws {
        #expect(try Pattern(pattern).matches(text) == isMatch)
    }

    @Test(
        "lookaround and backreferences are matched, groups as ECMA-262 has them",
        arguments: [
            ("^(?=.*[a-z])(?=.*[0-9]).{3,}$", "a1b", true), ("^(?=.*[a-z])(?=.*[0-9]).{3,}$", "abc", false),
            ("^(?!admin)\\w+$", "user", true), ("^(?!admin)\\w+$", "admins", false), ("(?<=\\$)\\d+", "a$12", true),
            ("(?<=\\$)\\d+", "a12", false), ("(?<!\\$)\\b\\d+", "$12", false), ("(?<!\\$)\\b\\d+", "€12", true),
            ("^(a+)\\1$", "aaaa", true), ("^(a+)\\1$", "aaa", false), ("^(?<q>['\"]).*\\k<q>$", "'a'", true),
            ("^(?<q>['\"]).*\\k<q>$", "'a\"", false), ("^\\1(a)$", "a", true), ("^(?:(a)|b)*\\1$", "ab", true),
            ("^(?:(a)|(b))*\\1$", "ab", true), ("^(a*)*\\1$", "aa", true), ("^(a+?)(a*)\\1$", "aaa", true),
            ("^(?=(a+))a*b\\1$", "baaabac", false), ("(?=(a+))a*b\\1", "baaabac", true), ("(?!(a))\\1b", "b", true),
            ("^(?:a(?=b)|b)+$", "abb", true), ("^(\\w)(\\w)\\2\\1$", "abba", true), ("^(.)\\1$", "😀😀", true),
            ("(?<=(?:a|b)c)d", "bcd", true), ("^(?=a{2})a{2,3}$", "aaa", true), ("^(?<=^)a", "a", true),
            ("(^|,)(?!,)x(?=,|$)", "a,x", true),
        ])
    func backtracking(pattern: String, text: String, isMatch: Bool) throws {
        let pattern = try Pattern(pattern)
        #expect(pattern.isBacktracking)
        #expect(pattern.matches(text) == isMatch)
    }

    @Test("a text that uses up the steps of backtracking is refused, also where the contrary is demanded")
    func exhaustion() throws {
        let bomb = "^(?=(a+)+$)a"
        let text = String(repeating: "a", count: 40) + "!"
        #expect(try !Pattern(bomb).matches(text))
        #expect(try !Pattern("(?!(a+)+$)!").matches(String(repeating: "a", count: 60) + "b"))
        #expect(try !Pattern("(?=a)").matches(String(repeating: "a", count: 300_000)))
        for schema in [
            #"[{"pattern":"\#(bomb)"}]"#, #"[{"not":{"pattern":"\#(bomb)"}}]"#,
            #"[{"if":{"pattern":"\#(bomb)"},"then":false}]"#,
        ] {
            let set = try SchemaSet(parsing: Array(schema.utf8))
            let outcome = set.check(.string(text), against: 0, direction: .request)
            #expect(!outcome.violations.isEmpty, "\(schema)")

        }
    }

    @Test(
        "what cannot be followed is refused as unsupported, what is no pattern as wrong",
        arguments: [
            ("(a)\\2", false), ("\\k<a>", false), ("(?<>a)", false), ("(?i:a)", true), ("(?=a", false),
            ("a{5000}", true), ("\\p{Script=Greek}", true),
            ("(a", false), ("a)", false), ("[a", false), ("*a", false), ("a**", false), ("a{2,1}", false),
            ("\\", false),
            ("[b-a]", false),
        ])
    func problems(pattern: String, isUnsupported: Bool) throws {
        let problem = #expect(throws: Pattern.Problem.self) { try Pattern(pattern) }
        #expect(problem?.isUnsupported == isUnsupported)
    }

    @Test("a pattern that makes others backtrack without end is matched in one pass")
    func linear() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try !Pattern("^(a+)+$").matches(text))
        #expect(try !Pattern("^(a|a)*b$").matches(text))
    }
}

@Suite("Formats")
struct FormatTests {
    @Test(
        "are checked",
        arguments: [
            (Format.dateTime, "2024-02-29T23:59:60.5+01:00", true), (.dateTime, "2023-02-29T00:00:00Z", false),
            (.dateTime, "2024-01-01 00:00:00Z", false), (.date, "2024-12-31", true), (.date, "2024-13-01", false),
            (.time, "12:00:00Z", true), (.time, "12:00:00", false), (.duration, "P1Y2M3DT4H5M6S", true),
            (.duration, "P1D2Y", false), (.duration, "PT", false),
            (.uuid, "123e4567-e89b-12d3-a456-426614174000", true),
            (.uuid, "123e4567e89b12d3a456426614174000", false), (.uri, "https://a.example/b?c#d", true),
            (.uri, "/b", false),
            (.uri, "http://a b", false), (.uriReference, "../a%20b", true), (.uriReference, "a%2", false),
            (.email, "a@b", true), (.email, "a@", false), (.hostname, "a-b.example", true), (.hostname, "-a", false),
            (.ipv4, "127.0.0.1", true), (.ipv4, "127.0.0.01", false), (.ipv4, "256.0.0.1", false), (.ipv6, "::1", true),
            (.ipv6, "1::2::3", false), (.ipv6, "::ffff:1.2.3.4", true), (.ipv6, "1:2:3:4:5:6:7:8", true),
            (.ipv6, "1:2:3", false), (.byte, "YWI=", true), (.byte, "YWI", false), (.byte, "Y=I=", false),
        ])
    func formats(format: Format, text: String, isAccepted: Bool) {
        #expect(format.accepts(text) == isAccepted)
    }
}
