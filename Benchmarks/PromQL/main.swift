// Times the PromQL parser and the restriction of queries over a file of queries.
//
// usage: PromQLBenchmark <file.jsonl> [rounds]
// The file has one JSON object a line whose member "q" is a query, as in the query corpora.

import Foundation
import PromQLSyntax

struct Entry: Decodable { var q: String }

func nanoseconds(_ work: () -> Void) -> Int {
    let start = ContinuousClock.now
    work()
    let elapsed = (ContinuousClock.now - start).components
    return Int(elapsed.seconds) * 1_000_000_000 + Int(elapsed.attoseconds / 1_000_000_000)
}

func report(_ name: String, _ queries: [String], rounds: Int, _ work: (String) -> Void) {
    var best: [Int] = []
    best.reserveCapacity(queries.count)
    for query in queries {
        var fastest = Int.max
        for _ in 0..<rounds { fastest = min(fastest, nanoseconds { work(query) }) }
        best.append(fastest)
    }
    best.sort()
    let median = Double(best[best.count / 2]) / 1000
    let tail = Double(best[best.count * 99 / 100]) / 1000
    let mean = Double(best.reduce(0, +)) / Double(best.count) / 1000
    print("\(name): median \(median) µs, p99 \(tail) µs, mean \(mean) µs, slowest \(Double(best[best.count - 1]) / 1000) µs")
}

func measure() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
        print("usage: PromQLBenchmark <file.jsonl> [rounds]")
        return
    }
    let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 50 : 50
    let data = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    var queries = try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Entry.self, from: $0).q }
    for index in queries.indices { queries[index].makeContiguousUTF8() }
    let condition = try TenantCondition(label: "tenant_id", values: ["tenant-a"])
    print("\(queries.count) queries, best of \(rounds) rounds")
    report("parse", queries, rounds: rounds) { query in
        _ = try? PromQLExpression.parse(query)
    }
    report("parse, restrict, print, verify", queries, rounds: rounds) { query in
        _ = try? restrict(query, by: condition)
    }
}

try measure()
