import PromQLSyntax
import Testing

@Suite("Printing")
struct PrintingTests {
    @Test("Queries of every kind print in Prometheus' canonical form, and what is printed prints to itself")
    func samplesPrintCanonically() throws {
        for sample in sampleQueries {
            expectSame(try printed(sample.query), sample.printed)
            expectSame(try printed(sample.printed), sample.printed)
        }
    }

    @Test("Matchers are sorted by their text, operators and quotes included")
    func matchersAreSorted() throws {
        expectSame(
            try printed(#"x{b="1",a="2",a!="3",a=~"4",ab="5",a!~"6","a b"="7"}"#),
            #"x{"a b"="7",a!="3",a!~"6",a="2",a=~"4",ab="5",b="1"}"#)
    }

    @Test("Label names that are no plain words are quoted")
    func labelNamesAreQuoted() throws {
        expectSame(try printed(#"x{"a.b"="1","c"="2",""="3","9"="4"}"#), #"x{""="3","9"="4","a.b"="1",c="2"}"#)
        expectSame(try printed(#"sum by ("c", "9") (x)"#), #"sum by (c, "9") (x)"#)
    }

    @Test("Matching that has no meaning is dropped, matching that has one is kept")
    func matching() throws {
        expectSame(try printed("a + ignoring() b"), "a + b")
        expectSame(try printed("a + on() b"), "a + on () b")
        expectSame(try printed("a + on() 1"), "a + 1")
        expectSame(try printed("a + ignoring() group_left() b"), "a + ignoring () group_left () b")
    }

    @Test("Durations print in the largest units, years and weeks only when they fit exactly")
    func durations() throws {
        expectSame(try printed("x[90m]"), "x[1h30m]")
        expectSame(try printed("x[365d]"), "x[1y]")
        expectSame(try printed("x[14d]"), "x[2w]")
        expectSame(try printed("x[8d]"), "x[8d]")
        expectSame(try printed("x[1y2w3d4h5m6s7ms]"), "x[382d4h5m6s7ms]")
        expectSame(try printed("x[0.001]"), "x[1ms]")
        expectSame(try printed("0s"), "0s")
    }

    @Test("Numbers never have an exponent")
    func numbers() throws {
        expectSame(try printed("1e21"), "1000000000000000000000")
        expectSame(try printed("1e-7"), "0.0000001")
        expectSame(try printed("123456789012345678"), "123456789012345680")
        expectSame(try printed("-0"), "-0")
        expectSame(try printed("5e-324"), "0." + String(repeating: "0", count: 323) + "5")
        expectSame(try printed("0.1"), "0.1")
        expectSame(try printed("- -1"), "1")
        expectSame(try printed("nAn"), "NaN")
    }

    @Test("Timestamps have three decimals, rounded as a float of seconds is")
    func timestamps() throws {
        expectSame(try printed("x @ 5m"), "x @ 300.000")
        expectSame(try printed("x @ 1.0006"), "x @ 1.001")
        expectSame(try printed("x @ -0.0004"), "x @ 0.000")
        expectSame(try printed("x @ -1.5"), "x @ -1.500")
        expectSame(try printed("x @ 8796093022208.001"), "x @ 8796093022208.002")
    }

    @Test("Fill values take an exponent from 1e21 on and below 1e-4")
    func fillValues() throws {
        expectSame(try printed("a + fill(1e20) b"), "a + fill (100000000000000000000) b")
        expectSame(try printed("a + fill(1.5e21) b"), "a + fill (1.5e+21) b")
        expectSame(try printed("a + fill(0.0001) b"), "a + fill (0.0001) b")
        expectSame(try printed("a + fill(0.00001) b"), "a + fill (1e-05) b")
        expectSame(try printed("a + fill(-inf) b"), "a + fill (-Inf) b")
        expectSame(try printed("a + fill_right(1) fill_left(2) b"), "a + fill_left (2) fill_right (1) b")
    }

    @Test("Prometheus' own texts that do not round-trip are printed as Prometheus prints them")
    func knownDefectsAreKept() throws {
        expectSame(try printed("info(x, {})"), "info(x, )")
        expectSame(try printed("x[0.0001]"), "x[0s]")
        expectSame(try printed("1s1ms"), "1s")
        expectSame(try printed("x offset +(5m) * 2"), "x offset (5m) * 2")
    }
}
