import PromQLSyntax
import Testing

@Suite("Strings")
struct StringTests {
    @Test(
        "Strings print as Go quotes them",
        arguments: [
            (#"'a"b'"#, #""a\"b""#), (#""\a\b\f\n\r\t\v\\""#, #""\a\b\f\n\r\t\v\\""#), ("`a\\nb`", #""a\\nb""#),
            ("`a\nb\r`", #""a\nb\r""#), (#""\x41\101A\U00000041""#, #""AAAA""#), (#""\xff\xc3""#, #""\xff\xc3""#),
            (#""\xc3\xa9""#, #""é""#), (#""­""#, #""\u00ad""#), (#""\U0001F600""#, #""😀""#), (#""\x7f""#, #""\x7f""#),
            (#""e\u0301""#, "\"e\u{301}\""), (#""\U000e0001""#, #""\U000e0001""#), ("\"tab\there\"", #""tab\there""#),
            (#""\xed\xa0\x80""#, #""\xed\xa0\x80""#), (#""\u00a0""#, #""\u00a0""#),
        ])
    func quoting(query: String, text: String) throws {
        expectSame(try printed(query), text)
    }

    @Test(
        "Broken strings and escapes are refused in Prometheus' words",
        arguments: [
            (#""abc"#, "unterminated quoted string"), ("\"a\nb\"", "unterminated quoted string"),
            ("`abc", "unterminated raw string"), (#""\'""#, "unknown escape sequence U+0027 '''"),
            (#"'\"'"#, "unknown escape sequence U+0022 '\"'"), (#""\é""#, "unknown escape sequence U+00E9 'é'"),
            (#""\xZZ""#, "illegal character U+005A 'Z' in escape sequence"), (#""\"#, "escape sequence not terminated"),
            (#""\x4"#, "escape sequence not terminated"),
            (#""\08""#, "illegal character U+0038 '8' in escape sequence"),
            (#""\400""#, "escape sequence is an invalid Unicode code point"),
            (#""\udfff""#, "escape sequence is an invalid Unicode code point"),
            (#""\ud800""#, "escape sequence is an invalid Unicode code point"),
            (#""\U00110000""#, "escape sequence is an invalid Unicode code point"),
            ("\"\u{FFFD}\"", "invalid UTF-8 rune"),
        ])
    func refusals(query: String, message: String) {
        #expect(refusal(query) == "1:1: parse error: " + message)
    }

    @Test("Bytes that are not UTF-8 are refused in strings and outside, and skipped in comments")
    func invalidUTF8() throws {
        func outcome(_ bytes: [UInt8]) -> String? {
            do {
                _ = try PromQLExpression.parse(utf8: bytes)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(outcome(Array("\"a".utf8) + [0xFF] + Array("\"".utf8)) == "1:1: parse error: invalid UTF-8 rune")
        #expect(outcome(Array("`".utf8) + [0xC3] + Array("`".utf8)) == "1:1: parse error: invalid UTF-8 rune")
        #expect(outcome([0xFF]) == "1:1: parse error: unexpected character: '\u{FFFD}'")
        #expect(
            outcome(Array("x{".utf8) + [0x80]) == "1:3: parse error: unexpected character inside braces: '\u{FFFD}'")
        #expect(outcome(Array("x # ".utf8) + [0xFF, 0xFE]) == nil)
    }

    @Test("A buffer of bytes is parsed like the text it holds")
    func buffers() throws {
        let printed = try Array("sum(x{a='b'})".utf8).withUnsafeBufferPointer { buffer in
            try PromQLExpression.parse(utf8: buffer).printed()
        }
        expectSame(printed, #"sum(x{a="b"})"#)
    }

    @Test("Label values that differ in bytes are different, however they look")
    func valuesAreBytes() throws {
        let composed = try PromQLExpression.parse("x{a=\"\u{E9}\"}").selectors[0].matchers[0].value
        let decomposed = try PromQLExpression.parse("x{a=\"e\u{301}\"}").selectors[0].matchers[0].value
        #expect(composed == [0xC3, 0xA9])
        #expect(decomposed == [0x65, 0xCC, 0x81])
        #expect(try PromQLExpression.parse(#"x{a="\xff"}"#).selectors[0].matchers[0].value == [0xFF])
    }
}
