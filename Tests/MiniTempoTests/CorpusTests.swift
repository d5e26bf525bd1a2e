import Foundation
import JSON
import Testing
import TraceQLSyntax

@testable import MiniTempo

private let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/corpus/traceql_valid.jsonl")

@Suite(
    "Every valid query of the corpus, over sockets",
    .enabled(if: FileManager.default.isReadableFile(atPath: corpus.path), "the corpus is missing"))
struct CorpusTests {
    private func queries() throws -> [String] {
        try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n").compactMap { line in
            try JSONParser.parse(Array(line.utf8))["q"]?.stringValue
        }
    }

    @Test("It is answered, or fails on what it meets, and its print is answered alike")
    func answers() async throws {
        try await withShop { tempo in
            var (answered, failed) = (0, 0)
            for query in try queries() {
                let expression = try TraceQLExpression.parse(query)
                let path = expression.isMetricsQuery ? "/api/metrics/query_range" : "/api/search"
                func answer(_ query: String) throws -> Answer {
                    let times = [("start", "\(Shop.start - 1)"), ("end", "\(Shop.start + 20)")]
                    return try tempo.get(TempoClient.target(path, [("q", query)] + times))
                }
                let first = try answer(query)
                #expect(first.status == 200 || first.status == 500, "\(query): \(first.status) \(first.text)")
                if first.status == 200 { answered += 1 } else { failed += 1 }
                // A sum of what is computed in another order would differ, and the print has the same order.
                #expect(try answer(expression.printed()).body == first.body, "\(query)")
            }
            #expect(answered > 400)
            #expect(failed < 50)
        }
    }

    @Test("As a filter of tags it is never an error but for too many alternatives")
    func tags() async throws {
        try await withShop { tempo in
            for query in try queries() {
                let answer = try tempo.get(TempoClient.target("/api/v2/search/tags", [("q", query)]))
                #expect(answer.status == 200 || answer.text.contains("condition groups"), "\(query): \(answer.text)")
            }
        }
    }
}
