import Testing
import TraceQLSyntax

@Suite("Queries for a store that keeps tenants apart by itself")
struct CanonicalTextTests {
    @Test("nothing is added, and comments and ambiguities are gone")
    func canonical() throws {
        let query = try canonicalQuery("{ .a = `x` || .b && .c } // { }")
        #expect(query.text == #"{ ((.a = "x") || .b) && .c }"#)
        #expect(query.condition.isEmpty)
        #expect(query.filterCount == 0)
        #expect(!query.isMetricsQuery)
        #expect(try canonicalQuery("{ } | rate()").isMetricsQuery)
    }

    @Test(
        "what reads other spans of the trace may stay: there are only the tenant's own",
        arguments: [
            "{ rootName = \"a\" }", "{ traceDuration > 1s }", "{ } | by(rootServiceName)", "{ nestedSetParent < 0 }",
        ])
    func wholeTraces(_ text: String) throws {
        #expect(throws: Never.self) { try canonicalQuery(text) }
    }

    @Test(
        "what Tempo does not support, and hints that change what is found, are refused",
        arguments: [
            "{ parent.a = 1 }", "{ parent = nil }", "{ } | rate() by (parent.a)", "{ } with (debug_return_in=1)",
            "{ } with (sample=\"x\")", "{", "",
        ])
    func refused(_ text: String) {
        #expect(throws: RestrictionError.self) { try canonicalQuery(text) }
    }

    @Test(
        "every query of the corpus stays itself, or is refused", .enabled(if: Corpus.isThere, "the corpus is missing"))
    func corpus() throws {
        var count = 0
        for entry in try Corpus.valid() {
            guard let query = try? canonicalQuery(entry.q) else { continue }
            count += 1
            let first = try TraceQLExpression.parse(entry.q)
            #expect(try TraceQLExpression.parse(query.text).isSame(as: first), "\(entry.q)")
        }
        #expect(count > 400)
    }
}
