import Testing

@testable import TraceQLSyntax

@Suite("Corpus of queries checked with Tempo itself")
struct CorpusTests {
    /// Where Tempo points to the token at which its tables end, and we to the part that does not fit.
    private static let otherPlaces: Set = [
        "", "({ true }) && (count())", "2 < (by(namespace) | count())", "({} | rate()) > (10s + 5s)",
        "({} | rate()) * (10s * 2)", "(({ .a }) >> ({ .b })) || ({ .c } | count() > 1)",
    ]
    /// Where Tempo names the token, and we the part.
    private static let otherWords: Set = ["5 + {} | rate()", "{} > 10"]

    @Test(
        "Every valid query is accepted and prints as Tempo prints it",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func validQueries() throws {
        var count = 0
        for entry in try Corpus.valid() {
            count += 1
            do {
                let text = try printedAsTempo(entry.q)
                // Tempo prints compare(…) as text that is no query.
                if !entry.out.contains("compare(") { expectSame(text, entry.out, "for \(entry.q)") }
            } catch {
                Issue.record("\(entry.q): \(error)")
            }
        }
        #expect(count > 450)
    }

    @Test(
        "A query and Tempo's print of it are the same tree, so precedence is Tempo's",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func sameTree() throws {
        for entry in try Corpus.valid() {
            guard let first = try? TraceQLExpression.parse(entry.q) else { continue }
            let second = try? TraceQLExpression.parse(entry.out)
            if entry.reparse {
                #expect(second.map(first.isSame) == true, "\(entry.q) is not \(entry.out)")
            } else {
                #expect(second.map(first.isSame) != true, "\(entry.out) should not survive")
            }
        }
    }

    @Test("The canonical print of every query is the same tree", .enabled(if: Corpus.isThere, "the corpus is missing"))
    func canonicalPrint() throws {
        for entry in try Corpus.valid() {
            guard let first = try? TraceQLExpression.parse(entry.q) else { continue }
            let text = first.printed()
            let again = try? TraceQLExpression.parse(text)
            #expect(again.map(first.isSame) == true, "\(entry.q) prints as \(text)")
            #expect(again?.printed() == text, "\(entry.q)")
        }
    }

    @Test(
        "Every invalid query is refused: by validation in Tempo's words, by the parser at Tempo's place",
        .enabled(if: Corpus.isThere, "the corpus is missing"))
    func invalidQueries() throws {
        var count = 0
        for entry in try Corpus.invalid() {
            count += 1
            do {
                let expression = try TraceQLExpression.parse(entry.q)
                Issue.record("\(entry.q) was accepted as \(expression.printed())")
            } catch {
                if entry.stage == "validate" {
                    #expect(error.message == entry.err, "\(entry.q)")
                } else if !Self.otherPlaces.contains(entry.q) {
                    #expect(entry.err.contains(", col \(error.column): "), "\(entry.q): \(error)")
                    if !Self.otherWords.contains(entry.q) {
                        #expect(entry.err.contains(": \(error.message)"), "\(entry.q): \(error)")
                    }
                }
            }
        }
        #expect(count > 180)
    }
}
