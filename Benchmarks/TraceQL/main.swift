// Times the TraceQL parser and the restriction of queries over a file of queries.
//
// usage: TraceQLBenchmark <file.jsonl> [rounds]
// The file has one JSON object a line whose member "q" is a query, as in the query corpora.

import Foundation
import TraceQLSyntax

struct Entry: Decodable { var q: String }

func nanoseconds(_ work: () -> Void) -> Int {
    let start = ContinuousClock.now
    work()
    let elapsed = (ContinuousClock.now - start).components
    return Int(elapsed.seconds) * 1_000_000_000 + Int(elapsed.attoseconds / 1_000_000_000)
}

/// Prints the median and the tail over the queries, each query standing with the median of its rounds.
func report(_ name: String, _ queries: [String], rounds: Int, _ work: (String) -> Void) {
    var times: [Int] = []
    for query in queries {
        let own = (0..<rounds).map { _ in nanoseconds { work(query) } }.sorted()
        times.append(own[rounds / 2])
    }
    times.sort()
    func microseconds(_ index: Int) -> Double { Double(times[index]) / 1000 }
    let mean = Double(times.reduce(0, +)) / Double(times.count) / 1000
    print(
        "\(name): median \(microseconds(times.count / 2)) µs, p99 \(microseconds(times.count * 99 / 100)) µs, "
            + "slowest \(microseconds(times.count - 1)) µs, mean \(mean) µs")
}

func measure() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
        print("usage: TraceQLBenchmark <file.jsonl> [rounds]")
        return
    }
    let rounds = max(1, arguments.count > 2 ? Int(arguments[2]) ?? 50 : 50)
    let data = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    var queries = try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Entry.self, from: $0).q }
    for index in queries.indices { queries[index].makeContiguousUTF8() }
    let condition = try TenantCondition(attribute: "tenant_id", values: ["tenant-a"])
    print("\(queries.count) queries, \(rounds) rounds each")
    report("parse", queries, rounds: rounds) { query in
        _ = try? TraceQLExpression.parse(query)
    }
    report("parse, restrict, print, verify", queries, rounds: rounds) { query in
        _ = try? restrict(query, by: condition)
    }
}

try measure()
