import PromQLSyntax
import Testing

@Suite("Numbers and durations")
struct NumberTests {
    @Test(
        "Numbers have the values Go gives them",
        arguments: [
            ("010", "8"), ("08", "8"), ("0777", "511"), ("0_7", "7"), ("1_000", "1000"), ("0x1F", "31"),
            ("0X_1f", "31"),
            ("1_000.5e+3", "1000500"), (".5", "0.5"), ("5.", "5"), ("1.e3", "1000"),
            ("1e308", "1" + String(repeating: "0", count: 308)),
            ("9223372036854775808", "9223372036854776000"), ("1e-400", "0"), ("00.5", "0.5"), ("0xabcdef", "11259375"),
            ("0777777777777777777777777", "777777777777777800000000"), ("123456789.125", "123456789.125"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("4.9406564584124654e-324", "0." + String(repeating: "0", count: 323) + "5"),
        ])
    func values(text: String, value: String) throws {
        expectSame(try printed(text), value)
    }

    @Test(
        "What is no number is refused with the part that was read",
        arguments: [
            ("1__0", #"bad number or duration syntax: "1__""#), ("1_", #"bad number or duration syntax: "1_""#),
            ("0b11", #"bad number or duration syntax: "0""#), ("1..2", #"bad number or duration syntax: "1..""#),
            ("1.2.3", #"bad number or duration syntax: "1.2.""#), ("1e", #"bad number or duration syntax: "1e""#),
            ("1ee", #"bad number or duration syntax: "1ee""#), ("0x1.8", #"bad number or duration syntax: "0x1.""#),
            ("0x1p4", #"bad number or duration syntax: "0x1""#), ("1m5", #"bad number or duration syntax: "1m5""#),
            ("1mm", #"bad number or duration syntax: "1mm""#), ("5x", #"bad number or duration syntax: "5""#),
            ("0x", #"error parsing number: strconv.ParseFloat: parsing "0x": invalid syntax"#),
            ("1e309", #"error parsing number: strconv.ParseFloat: parsing "1e309": value out of range"#),
            (
                "0xffffffffffffffffff",
                #"error parsing number: strconv.ParseFloat: parsing "0xffffffffffffffffff": invalid syntax"#
            ),
            ("1h1h", #"not a valid duration string: "1h1h""#), ("1m1h", #"not a valid duration string: "1m1h""#),
            ("1ys", #"unknown unit "ys" in duration "1ys""#), ("1.5h", #"unknown unit "." in duration "1.5h""#),
            ("300y", "duration out of range"),
        ])
    func refusals(text: String, message: String) {
        #expect(refusal(text) == "1:1: parse error: " + message)
    }

    @Test("A duration is a number of seconds wherever a number may stand")
    func durationsAreNumbers() throws {
        expectSame(try printed("1h30m + 5"), "1h30m + 5")
        let expression = try PromQLExpression.parse("1h30m")
        #expect(expression.root.kind == .number(5400))
        #expect(expression.type == .scalar)
    }

    @Test("Ranges are more than nothing and at most 292 years")
    func ranges() throws {
        _ = try printed("x[292y]")
        #expect(refusal("x[293y]") == "1:3: parse error: duration out of range")
        #expect(refusal("x[1e10]") == "1:3: parse error: duration out of range")
        #expect(refusal("x[0]") == "1:3: parse error: duration must be greater than 0")
        #expect(refusal("x[-5m]") == "1:3: parse error: duration must be greater than 0")
        #expect(refusal("x[5m:0s]") == "1:6: parse error: duration must be greater than 0")
        #expect(refusal("x offset inf") == "1:10: parse error: duration out of range")
        #expect(refusal("x offset nan") != nil)
        #expect(refusal("x offset 9223372036.854775807") != nil)
    }

    @Test("Timestamps fit in 64 bits")
    func timestamps() {
        #expect(refusal("x @ nan") == "1:1: parse error: timestamp out of bounds for @ modifier: NaN")
        #expect(refusal("x @ -inf") == "1:1: parse error: timestamp out of bounds for @ modifier: -Inf")
        #expect(
            refusal("x @ 1e30")
                == "1:1: parse error: timestamp out of bounds for @ modifier: 1000000000000000019884624838656.000000")
        #expect(refusal("x @ 1e308") != nil)
        #expect(refusal("x @ 9e18") == nil)
    }
}
