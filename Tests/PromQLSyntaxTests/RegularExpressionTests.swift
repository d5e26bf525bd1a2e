import PromQLSyntax
import Testing

@Suite("Regular expressions in matchers")
struct RegularExpressionTests {
    private func quotedExpression(_ expression: String) -> String {
        var escaped = ""
        for scalar in expression.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return "\"" + escaped + "\""
    }

    @Test(
        "What Go refuses is refused in Go's words",
        arguments: [
            ("(", "missing closing ): `(`"), ("a)", "unexpected ): `a)`"), ("a)|(b", "unexpected ): `a)|(b`"),
            ("[a", "missing closing ]: `[a`"), ("[]", "missing closing ]: `[]`"),
            ("[b-a]", "invalid character class range: `b-a`"),
            ("*", "missing argument to repetition operator: `*`"),
            ("a|*", "missing argument to repetition operator: `*`"),
            ("(+)", "missing argument to repetition operator: `+`"),
            ("a**", "invalid nested repetition operator: `**`"),
            ("a*?+", "invalid nested repetition operator: `*?+`"), ("a{1001}", "invalid repeat count: `{1001}`"),
            ("a{2,1}", "invalid repeat count: `{2,1}`"), ("(a{100}){11}", "invalid repeat count: `{11}`"),
            ("a{1,99999999999}", "invalid repeat count: `{1,99999999999}`"),
            ("{2}", "missing argument to repetition operator: `{2}`"),
            ("\\", "trailing backslash at end of expression: ``"), ("\\1", "invalid escape sequence: `\\1`"),
            ("\\C", "invalid escape sequence: `\\C`"), ("\\xZ1", "invalid escape sequence: `\\xZ1`"),
            ("\\x{110000}", "invalid escape sequence: `\\x{110000`"), ("\\8", "invalid escape sequence: `\\8`"),
            ("\\pX", "invalid character class range: `\\pX`"),
            ("\\p{Nope}", "invalid character class range: `\\p{Nope}`"),
            ("\\p{L", "invalid character class range: `\\p{L`"),
            ("[[:nope:]]", "invalid character class range: `[:nope:]`"),
            ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
            ("(?i", "invalid or unsupported Perl syntax: `(?i`"),
            ("(?i-)", "invalid or unsupported Perl syntax: `(?i-)`"), ("(?P<a", "invalid named capture: `(?P<a`"),
            ("(?P<a b>c)", "invalid named capture: `(?P<a b>`"), ("(?P<>c)", "invalid named capture: `(?P<>`"),
            ("(?<n", "invalid named capture: `(?<n`"), ("(?P=n)", "invalid or unsupported Perl syntax: `(?P`"),
        ])
    func refusals(expression: String, message: String) {
        #expect(
            refusal("x{a=~" + quotedExpression(expression) + "}") == "1:3: parse error: error parsing regexp: "
                + message)
    }

    @Test(
        "What Go accepts is accepted",
        arguments: [
            "a{,2}", "a{1", "{", "a{1000}", "a{01}", "[]a]", "[^]a]", "[a-]", "[-a]", "[a\\-z]",
            "[[:alpha:][:^digit:]_]",
            "\\pL\\p{Greek}\\P{^Lu}\\p{Any}", "\\d\\D\\s\\S\\w\\W", "\\Qa*(b\\E+", "\\Q(", "(?i)a(?-s:b)(?s).",
            "(?P<n>a)(?<m>b)",
            "\\x41\\x{1F600}\\07\\012", "\\.\\_\\-", "(?U)a*?", "a*(?i)*", "(|a)*", "x*y+?z??", "^a$\\A\\z\\b\\B",
        ])
    func acceptance(expression: String) {
        #expect(refusal("x{a=~" + quotedExpression(expression) + "}") == nil)
    }

    @Test(
        "It is known which expressions match the empty string",
        arguments: [
            ("", true), ("a", false), (".*", true), (".+", false), ("a?", true), ("a|b", false), ("a|", true),
            ("|a", true),
            ("a||b", true), ("(a|b*)", true), ("(a|b)c*", false), ("a{0}", true), ("a{0,5}", true), ("a{1,5}", false),
            ("^$", true), ("\\b", false), ("\\B", true), ("(a*)+", true), ("(a*){3}", true), ("[a]*[b]*", true),
            ("\\Q\\E", true),
            ("\\Qa\\E", false), ("(?i)", true), ("()", true), ("(?:)", true), ("a*b", false), ("(?P<n>a*)", true),
            ("\\d*", true),
        ])
    func emptyString(expression: String, matches: Bool) throws {
        let matcher = try PromQLExpression.parse("x{a=~" + quotedExpression(expression) + "}").selectors[0].matchers[0]
        #expect(matcher.matchesEmpty == matches)
        let negated = try PromQLExpression.parse("x{a!~" + quotedExpression(expression) + "}").selectors[0].matchers[0]
        #expect(negated.matchesEmpty == !matches)
    }

    @Test("Nesting and size are limited as in Go")
    func limits() {
        let deep = String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000)
        #expect(refusal("x{a=~\"\(deep)\"}")?.contains("expression nests too deeply") == true)
        let flat = String(repeating: "(?:", count: 10_000) + String(repeating: ")", count: 10_000)
        #expect(refusal("x{a=~\"\(flat)\"}") == nil)
        let large = "(" + String(repeating: "a", count: 5000) + "b?){1000}"
        #expect(refusal("x{a=~\"\(large)\"}")?.contains("expression too large") == true)
    }

    @Test("Bytes that are not UTF-8 are refused in expressions, but not in literals, as in Prometheus")
    func invalidUTF8() {
        #expect(refusal(#"x{a=~"\xff.*"}"#)?.contains("invalid UTF-8") == true)
        #expect(refusal(#"x{a=~"\xff|b"}"#) == nil)
    }
}
