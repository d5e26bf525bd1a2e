import PromQLSyntax
import Testing

@Suite("Lexing")
struct LexingTests {
    @Test("Space, tab, line feed and carriage return are white space, and nothing else is")
    func whiteSpace() throws {
        expectSame(try printed(" \t\r\nup\r\n"), "up")
        #expect(refusal("up\u{0B}") == #"1:3: parse error: unexpected character: '\v'"#)
        #expect(refusal("up\u{A0}") == #"1:3: parse error: unexpected character: '\u00a0'"#)
        #expect(refusal("up\u{0C}") == #"1:3: parse error: unexpected character: '\f'"#)
        #expect(refusal("up\0") == #"1:3: parse error: unexpected character: '\x00'"#)
    }

    @Test("A comment ends at a line feed, a carriage return or the end, and may stand inside braces")
    func comments() throws {
        expectSame(try printed("up # x"), "up")
        expectSame(try printed("up # x\r+ up"), "up + up")
        expectSame(try printed("up{ # x }\n}"), "up")
        expectSame(try printed("up[5m # ]\n]"), "up[5m]")
        expectSame(try printed("\"# no comment\""), "\"# no comment\"")
        #expect(refusal("up[ # x\n5m]") == "1:5: parse error: unexpected character in duration expression: '#'")
    }

    @Test("Keywords have no case, functions have")
    func letterCase() throws {
        expectSame(try printed("Sum WITHOUT(a) (x OFFSET 5m) > INF"), "sum without (a) (x offset 5m) > +Inf")
        #expect(refusal("RATE(x[5m])") == "1:1: parse error: unknown function with name \"RATE\"")
        expectSame(try printed("RATE"), "RATE")
    }

    @Test("Words of brackets are known in any case, other words are not")
    func wordsInBrackets() throws {
        expectSame(try printed("x[Step()]"), "x[step()]")
        expectSame(try printed("x[1+RANGE()]"), "x[1 + range()]")
        #expect(refusal("x[inf]") == "1:3: parse error: unexpected character in duration expression: 'i'")
        #expect(refusal("x[5m+inf]") == "1:6: parse error: unexpected character: 'i', expected ':'")
        #expect(refusal("x[5m+foo]") == "1:6: parse error: unexpected character: 'f', expected ':'")
    }

    @Test("Names in braces have no colon and no keywords")
    func namesInBraces() throws {
        expectSame(try printed(#"x{sum="a",inf="b",by="c"}"#), #"x{by="c",inf="b",sum="a"}"#)
        #expect(refusal(#"x{a:b="c"}"#) == "1:4: parse error: unexpected character inside braces: ':'")
    }

    @Test("Brackets and parentheses that do not match are refused where Prometheus refuses them")
    func brackets() {
        #expect(refusal("(x") == "1:3: parse error: unclosed left parenthesis")
        #expect(refusal("x)") == "1:3: parse error: unexpected right parenthesis ')'")
        #expect(refusal("x[5m") == "1:5: parse error: unclosed left bracket")
        #expect(refusal("x]") == "1:2: parse error: unexpected right bracket ']'")
        #expect(refusal("x[[") == "1:3: parse error: unexpected character in duration expression: '['")
        #expect(refusal("x[5m[") == "1:5: parse error: unexpected left bracket '['")
        #expect(refusal("x{{") == "1:3: parse error: unexpected left brace '{'")
        #expect(refusal("x{a=\"b\"") == "1:8: parse error: unexpected end of input inside braces")
        #expect(refusal("x[:5m]") == "1:4: parse error: unexpected colon before duration in duration expression")
        #expect(
            refusal("x[step():]") == "1:10: parse error: unexpected colon before duration in duration expression")
        #expect(
            refusal("x[5m] + y[step():]")
                == "1:1: parse error: binary expression must contain only scalar and instant vector types")
        #expect(refusal("x[5m::]") == "1:6: parse error: unexpected colon ':'")
    }

    @Test("Operators are read greedily")
    func operators() throws {
        expectSame(try printed("h</b"), "h </ b")
        expectSame(try printed("h>/b"), "h >/ b")
        expectSame(try printed("a<=b"), "a <= b")
        #expect(refusal("a>=/2") == "1:4: parse error: unexpected <op:/>")
        #expect(refusal("a =~ b") == "1:3: parse error: unexpected character after '=': '~'")
        #expect(refusal("a ! b") == "1:3: parse error: unexpected character after '!': ' '")
        #expect(refusal("a !") == "1:3: parse error: unexpected character after '!': '\u{FFFD}'")
    }

    @Test("Lines and columns count bytes from one, after line feeds only")
    func positions() {
        #expect(refusal("a +\n  ;") == "2:3: parse error: unexpected character: ';'")
        #expect(refusal("a +\r  ;") == "1:7: parse error: unexpected character: ';'")
        #expect(refusal("\"é\" ;") == "1:6: parse error: unexpected character: ';'")
        #expect(refusal("") == "1:1: parse error: no expression found in input")
    }
}
