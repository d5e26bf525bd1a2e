import PromQLSyntax
import Testing

@Suite("Corpus of queries checked with Prometheus itself")
struct CorpusTests {
    @Test(
        "Every valid query has Prometheus' type and prints as Prometheus prints it",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func validQueriesPrintCanonically() throws {
        var count = 0
        for entry in try Corpus.valid() {
            count += 1
            do {
                let expression = try PromQLExpression.parse(entry.q)
                let printed = expression.printed()
                #expect(printed.utf8.elementsEqual(entry.out.utf8), "\(entry.q) printed \(printed), not \(entry.out)")
                #expect(expression.type.rawValue == entry.type, "\(entry.q)")
            } catch {
                Issue.record("\(entry.q): \(error)")
            }
        }
        #expect(count > 1600)
    }

    @Test("What Prometheus prints parses and prints to itself", .enabled(if: Corpus.isThere, "the corpus is missing"))
    func printsAreStable() throws {
        for entry in try Corpus.valid() {
            let again = try? PromQLExpression.parse(entry.out)
            let isStable = again?.printed().utf8.elementsEqual(entry.out.utf8) ?? false
            #expect(isStable == entry.reparse, "\(entry.out)")
        }
    }

    @Test(
        "Every invalid query is refused with Prometheus' message and position",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func invalidQueriesAreRefused() throws {
        var count = 0
        for entry in try Corpus.invalid() {
            count += 1
            do {
                let expression = try PromQLExpression.parse(entry.q)
                Issue.record("\(entry.q) was accepted as \(expression.printed())")
            } catch {
                #expect(error.description == entry.err, "\(entry.q)")
            }
        }
        #expect(count > 160)
    }
}
