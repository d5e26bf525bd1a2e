/// What became of the requests, in all and for each construct.
struct Tally: Sendable {
    struct Counts: Sendable {
        var executed = 0
        var refused = 0
        var empty = 0

        var total: Int { executed + refused + empty }

        mutating func count(_ outcome: Answer.Outcome) {
            switch outcome {
            case .executed: executed += 1
            case .refused: refused += 1
            case .empty: empty += 1
            }
        }
    }

    private(set) var all = Counts()
    private(set) var constructs: [String: Counts] = [:]
    /// Requests that one and the same store answers differently from time to time.
    var unstable = 0
    /// Requests that hardly get the same answer twice, of which only the series can be compared.
    var arbitrary = 0

    mutating func count(_ question: Question, _ outcome: Answer.Outcome) {
        all.count(outcome)
        for construct in question.constructs { constructs[construct, default: Counts()].count(outcome) }
    }

    /// How many of a hundred were executed with something in the answer.
    var executedPercent: Int { all.total == 0 ? 0 : all.executed * 100 / all.total }

    /// Constructs that occurred often enough to be executed, and never were.
    func neverExecuted(leastOften: Int) -> [String] {
        constructs.filter { $0.value.executed == 0 && $0.value.total >= leastOften }.map(\.key).sorted()
    }

    /// A table with a line a construct.
    var report: String {
        func line(_ name: String, _ counts: Counts) -> String {
            let columns = [counts.executed, counts.refused, counts.empty].map { number in
                String(repeating: " ", count: max(1, 10 - "\(number)".count)) + "\(number)"
            }
            return name + String(repeating: " ", count: max(1, 40 - name.count)) + columns.joined()
        }
        var lines = ["construct                                 executed   refused     empty"]
        lines += constructs.sorted { $0.key < $1.key }.map { line($0.key, $0.value) }
        lines.append(line("all", all))
        lines.append(
            "\(executedPercent) % executed with something in the answer; \(unstable) without a stable answer, "
                + "\(arbitrary) with an arbitrary one")
        return lines.joined(separator: "\n")
    }
}
