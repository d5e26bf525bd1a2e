import JSON
import Testing

/// The promise itself: what a caller sees is a function of its own tenant's data alone. Two gateways of one build, one
/// over a Prometheus with everybody's data, one over a Prometheus with the caller's alone, must answer alike.
@Suite(
    "Non-interference over a real Prometheus",
    .enabled(if: RealPrometheus.isAvailable, "prometheus and promtool are not installed"))
struct NonInterferenceTests {
    @Test("attacks: queries that reach for another tenant's data answer as if it did not exist")
    func attacks() async throws {
        try await overBothStores { everybody, alone in
            for query in AttackQueries.all {
                let (one, other) = (try await everybody.query(query), try await alone.query(query))
                #expect(try comparable(one) == comparable(other), "\(query)")
                #expect(!one.text.contains("globex") || query.contains("globex"), "\(query): \(one.text)")
                #expect(!one.text.contains("secret") || query.contains("secret"), "\(query): \(one.text)")
            }
        }
    }

    @Test("random queries answer alike, and most of them with something")
    func randomQueries() async throws {
        var maker = QueryMaker(seed: 20_260_102)
        var tally: [String: (executed: Int, refused: Int, empty: Int)] = [:]
        try await overBothStores { everybody, alone in
            for _ in 0..<400 {
                let (construct, query) = maker.next()
                let (one, other) = (try await everybody.query(query), try await alone.query(query))
                #expect(try comparable(one) == comparable(other), "\(query)")
                var counts = tally[construct] ?? (0, 0, 0)
                if one.status != 200 {
                    counts.refused += 1
                } else if try one.json()["data"]?["result"]?.arrayValue?.isEmpty == true {
                    counts.empty += 1
                } else {
                    counts.executed += 1
                }
                tally[construct] = counts
            }
        }
        for (construct, counts) in tally.sorted(by: { $0.key < $1.key }) {
            print("\(construct): \(counts.executed) with an answer, \(counts.empty) empty, \(counts.refused) refused")
        }
        let executed = tally.values.reduce(0) { $0 + $1.executed }
        // A proof over refusals proves nothing.
        #expect(executed * 100 >= 400 * 60)
        for construct in QueryMaker.constructs { #expect((tally[construct]?.executed ?? 0) > 0, "\(construct)") }
    }

    private func overBothStores(_ body: (TestServer, TestServer) async throws -> Void) async throws {
        try await RealPrometheus.with(Samples.openMetrics()) { everybody in
            try await RealPrometheus.with(Samples.openMetrics(of: "acme")) { alone in
                try await TestServer.with(upstream: everybody.port) { one in
                    try await TestServer.with(upstream: alone.port) { other in try await body(one, other) }
                }
            }
        }
    }

    /// Status and body; Prometheus gives the series of an aggregation in no order, so they are sorted.
    private func comparable(_ answer: Answer) throws -> String {
        guard answer.status == 200, var envelope = try answer.json().objectValue,
            var data = envelope["data"]?.objectValue, data["resultType"] == "vector",
            let result = data["result"]?.arrayValue
        else {
            var problem = try answer.json().objectValue
            problem?["requestId"] = nil
            problem?["traceId"] = nil
            return "\(answer.status) \(problem.map { text(.object($0)) } ?? answer.text)"
        }
        data["result"] = .array(
            result.map { ($0, text($0["metric"] ?? .null)) }.sorted { $0.1 < $1.1 }.map(\.0))
        envelope["data"] = .object(data)
        return "\(answer.status) \(text(.object(envelope)))"
    }

    private func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
