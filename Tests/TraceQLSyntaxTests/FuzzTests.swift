import TestSupport
import Testing
import TraceQLSyntax

/// Random queries from fixed seeds; `FUZZ_SECONDS` gives new ones for that long, `FUZZ_SEED` one that failed.
@Suite("Fuzz: properties of random queries")
struct FuzzTests {
    /// What must hold for any text. Returns whether it is a query.
    private func check(_ bytes: [UInt8], seed: UInt64) throws -> Bool {
        let note = "seed \(seed): \(String(decoding: bytes, as: UTF8.self))"
        guard let expression = try? TraceQLExpression.parse(utf8: bytes) else { return false }
        let printed = expression.printed()
        guard let again = try? TraceQLExpression.parse(printed, limits: .init(maximumDepth: .max)) else {
            Issue.record("\(note) prints as \(printed), which does not parse")
            return true
        }
        #expect(again.isSame(as: expression), "\(note) prints as \(printed)")
        #expect(again.root == expression.root, "\(note)")
        expectSame(again.printed(), printed, note)
        for condition in [try tenantA(), try TenantCondition(attribute: "a b\"", values: ["x\\\"}", "é", "z"])] {
            do {
                let result = try restrict(String(decoding: bytes, as: UTF8.self), by: condition)
                let parsed = try TraceQLExpression.parse(
                    result.text,
                    limits: .init(maximumBytes: 1 << 20, maximumDepth: .max, maximumOperands: .max))
                #expect(parsed.filterCount == result.filterCount, "\(note)")
                #expect(result.filterCount == expression.filterCount + result.pipelineCount, "\(note)")
                #expect(parsed.isMetricsQuery == expression.isMetricsQuery, "\(note)")
                #expect(parsed.hints == expression.hints, "\(note)")
                let gap = FilterScanner.unconfinedPart(of: result.text, condition: condition.description)
                #expect(gap == nil, "\(note) became \(result.text)")
            } catch RestrictionError.unsafe {
                continue
            } catch {
                Issue.record("\(note): \(error)")
            }
        }
        do {
            let result = try restrictTagQuery(String(decoding: bytes, as: UTF8.self), by: try tenantA())
            #expect(FilterScanner.filterCount(of: result.text) == 1, "\(note)")
            #expect(
                result.text.hasPrefix(#"{ (resource.tenant_id = "a") && ("#)
                    || result.text == #"{ resource.tenant_id = "a" }"#)
        } catch RestrictionError.unsafe {
            return true
        } catch {
            Issue.record("\(note): \(error)")
        }
        return true
    }

    @Test("Queries by the grammar are restricted, and nearly all are valid")
    func grammar() throws {
        var total = 0
        var valid = 0
        for seed in FuzzSeeds(rounds: 1500, parts: 4) {
            var generator = QueryGenerator(seed: seed)
            total += 1
            if try check(Array(generator.query().utf8), seed: seed) { valid += 1 }
        }
        #expect(valid * 10 > total * 8, "\(valid) of \(total)")
    }

    @Test("Streams of tokens never crash, and what is valid is restricted")
    func tokens() throws {
        for seed in FuzzSeeds(rounds: 6000, parts: 4) {
            var generator = QueryGenerator(seed: seed)
            _ = try check(Array(generator.tokenStream().utf8), seed: seed)
        }
    }

    @Test("Mutations of queries never crash, and what is valid is restricted")
    func mutations() throws {
        var total = 0
        var valid = 0
        for seed in FuzzSeeds(rounds: 4000, parts: 4) {
            var generator = QueryGenerator(seed: seed)
            let first = generator.query()
            let second = generator.query()
            total += 1
            if try check(generator.mutation(of: first, and: second), seed: seed) { valid += 1 }
        }
        #expect(valid * 20 > total, "\(valid) of \(total)")
    }

    @Test("Bytes never crash, nor regular expressions and tags of any sort")
    func bytes() throws {
        let pieces = [
            "(", ")", "[", "]", "{2,3}", "*", "+", "?", "|", "a", "\\\\", "^", "$", ".", "(?i)", "(?:", "\\\\d",
            "\\\\pL",
            "[^a-z]", "é", "(?P<n>", "[[:alpha:]]", "\\\\x{41}", "\\\\Q",
        ]
        for seed in FuzzSeeds(rounds: 4000, parts: 4) {
            var generator = QueryGenerator(seed: seed)
            _ = try check(generator.bytes(), seed: seed)
            let expression = (0..<1 + generator.below(9)).map { _ in generator.pick(pieces) }.joined()
            _ = try check(Array("{ span.x =~ \"\(expression)\" }".utf8), seed: seed)
            if let tag = try? TagName.parse(generator.tokenStream()) {
                #expect(try TagName.parse(tag.text) == tag, "seed \(seed)")
            }
        }
    }
}
