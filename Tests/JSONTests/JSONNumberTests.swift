import JSON
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    @Test(
        "Whole numbers are exact, however written",
        arguments: [
            ("0", 0), ("-0", 0), ("-0.000", 0), ("0e-99999999999999999999", 0), ("0E99999999999999999999", 0),
            ("1", 1), ("1.0", 1), ("1.50e2", 150), ("15000e-2", 150), ("-12.5e1", -125), ("0.001e3", 1),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775.807e3", .max),
            ("92233720368547758070E-1", .max), ("-9.223372036854775808e18", .min), ("1e18", 1_000_000_000_000_000_000),
            ("9007199254740993", 9_007_199_254_740_993), ("9007199254740993.0", 9_007_199_254_740_993),
            ("1.5", nil), ("1e-1", nil), ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e19", nil),
            ("1e99999999999999999999", nil), ("1e-99999999999999999999", nil), ("0.1e0", nil),
        ] as [(String, Int?)])
    func readsIntegers(text: String, value: Int?) throws {
        #expect(try #require(JSONNumber(text: text)).integer == value)
    }

    @Test("Floating-point values are the nearest, and none beyond the range")
    func readsDoubles() throws {
        #expect(JSONNumber(text: "0.1")?.double == 0.1)
        #expect(JSONNumber(text: "-1.7976931348623157e308")?.double == -Double.greatestFiniteMagnitude)
        #expect(JSONNumber(text: "5e-324")?.double == Double.leastNonzeroMagnitude)
        #expect(JSONNumber(text: "1e-400")?.double == 0)
        #expect(try #require(JSONNumber(text: "1e400")).double == nil)
        #expect(JSONNumber(text: "-0")?.double?.sign == .minus)
    }

    @Test(
        "Only texts of the grammar are numbers",
        arguments: ["", " 1", "1 ", "+1", "01", ".5", "5.", "1e", "0x1", "NaN", "inf", "-", "١", "1\u{301}"])
    func refusesOtherTexts(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test("Numbers made of values are texts of the grammar that read back")
    func writesValues() throws {
        for value in [0, -0.0, 1, 1.5, 1e16, 1e-7, -1e300, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude] {
            let number = try #require(JSONNumber(value))
            #expect(JSONNumber(text: number.text) != nil)
            #expect(number.double?.bitPattern == value.bitPattern)
        }
        for value in [Double.nan, .infinity, -.infinity] { #expect(JSONNumber(value) == nil) }
        #expect(JSONNumber(Int.min).integer == .min)
    }

    @Test("Numbers are equal when their texts are")
    func comparesTexts() throws {
        #expect(JSONNumber(text: "1") == JSONNumber(1))
        #expect(JSONNumber(text: "1.0") != JSONNumber(1))
    }
}
