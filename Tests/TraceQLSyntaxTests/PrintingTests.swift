import Testing

@testable import TraceQLSyntax

@Suite("Printing")
struct PrintingTests {
    @Test("Queries print in the canonical form, which is stable")
    func canonical() throws {
        for (query, expected, _) in sampleQueries {
            expectSame(try printed(query), expected, "for \(query)")
            expectSame(try printed(expected), expected)
            #expect(try TraceQLExpression.parse(expected).isSame(as: TraceQLExpression.parse(query)), "\(query)")
        }
    }

    @Test("Messages print expressions as Tempo does")
    func tempo() throws {
        for (query, _, expected) in sampleQueries where !expected.isEmpty {
            expectSame(try printedAsTempo(query), expected, "for \(query)")
        }
    }

    @Test(
        "Where Tempo's own print is another query, ours is not",
        arguments: [
            "{ (-1) ^ .a = 1 }", "{ (-1) * .a = 1 }", "{ .a = \"x`} || { .b = `y\" }", "{ .\"5\" = 1 }",
            "{ span.\"\" = 1 }", "{ .a = minInt }", "{ (-1h) % .a = 1 }", "{ (-1.5) / .a = 1 }",
        ])
    func holes(query: String) throws {
        let expression = try TraceQLExpression.parse(query)
        let theirs = try? TraceQLExpression.parse(try printedAsTempo(query))
        #expect(theirs.map(expression.isSame) != true)
        #expect(try TraceQLExpression.parse(expression.printed()).isSame(as: expression))
    }

    @Test(
        "Floats print as Go writes them",
        arguments: [
            ("1.0", "1.0"), ("100000.0", "100000.0"), ("1e6", "1e+06"), ("1234567.5", "1.2345675e+06"),
            ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("1e100", "1e+100"), (".1", "0.1"), ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("0.0", "0.0"), ("0x1p-2", "0.25"),
        ])
    func floats(text: String, expected: String) throws {
        expectSame(try printed("{ .a = \(text) }"), "{ .a = \(expected) }")
    }

    @Test(
        "Durations print as Go writes them",
        arguments: [
            ("1ns", "1ns"), ("1500ns", "1.5µs"), ("1us", "1µs"), ("1ms", "1ms"), ("1.000001ms", "1.000001ms"),
            ("999ms", "999ms"), ("1s500ms", "1.5s"), ("90s", "1m30s"), ("1h", "1h0m0s"), ("1d2h", "26h0m0s"),
            ("1y", "8760h0m0s"), ("1w", "168h0m0s"), ("0s", "0s"), ("1h1h", "2h0m0s"), ("1.5h", "1h30m0s"),
            (".5s", "500ms"), ("2562047h47m16.854775807s", "2562047h47m16.854775807s"), ("0.1ns", "0s"),
        ])
    func durations(text: String, expected: String) throws {
        expectSame(try printed("{ .a = \(text) }"), "{ .a = \(expected) }")
    }
}
