import EventLoop

/// A run: asks both sides the same and holds their answers against each other.
///
/// It belongs to one shard, on which all its tasks run.
final class Comparison: Work, @unchecked Sendable {
    private let options: Options
    private let makeQuestion: @Sendable (Int) -> Question
    private let everybody: Asker
    private let alone: Asker
    private var tally = Tally()
    private var next = 0
    private var differences = 0
    /// The endpoints that both sides have answered, and those of them whose answers differed.
    private var answered: Set<String> = []
    private var differing: Set<String> = []
    private let start = MonotonicClock.now

    /// After so many differences there is nothing to learn from more.
    private static let enough = 5
    /// How often an answer that is never the same twice is asked for again.
    private static let patience = 100
    /// How many of a hundred requests must be executed with something in the answer: a proof over refusals is none.
    private static let least = 60

    /// What says nothing of data.
    private static let aboutText: Set<String> = [
        "/prometheus/api/v1/format_query", "/prometheus/api/v1/parse_query", "/tempo/api/echo",
        "/tempo/api/status/buildinfo", "/tempo/metrics", "/tempo/status",
    ]

    init(_ options: Options) throws {
        guard let everybody = options.everybody, let alone = options.alone, !options.token.isEmpty else {
            throw Options.Invalid(message: "--everybody, --alone and --token-file are needed")
        }
        self.options = options
        self.everybody = Asker(everybody, options, isDirect: options.isDirect)
        self.alone = Asker(alone, options, isDirect: options.isDirect && options.isAboutTraces)
        if options.isAboutTraces {
            let maker = TraceQuestionMaker(options)
            makeQuestion = { maker.question($0) }
        } else {
            let maker = QuestionMaker(options: options)
            makeQuestion = { maker.question($0) }
        }
    }

    /// Asks everything; returns whether the run came out as it should.
    nonisolated(nonsending) func run() async throws -> Bool {
        if let only = options.only { return try await show(makeQuestion(only)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, options.workers) { group.addTask { try await self.work() } }
            try await group.waitForAll()
        }
        return conclude()
    }

    /// Ends the connections.
    func close() async {
        await everybody.client.close()
        await alone.client.close()
    }

    nonisolated(nonsending) private func work() async throws {
        while next < options.queries, differences < Self.enough || options.expectsDifferences {
            let index = next
            next += 1
            let question = makeQuestion(index)
            do {
                let (difference, answer) = try await compare(question)
                tally.count(question, answer.outcome)
                if let difference { try await report(difference, of: question, index) }
            } catch {
                Console.note("request \(index): \(error)\n\(question.description)")
                throw error
            }
            if tally.all.total.isMultiple(of: 1_000) { progress() }
        }
    }

    private typealias Difference = (everybody: Answer, alone: Answer)

    /// The difference between the two sides' answers, if there is one, and the second side's answer.
    nonisolated(nonsending) private func compare(_ question: Question) async throws -> (Difference?, Answer) {
        async let one = everybody.ask(question)
        let other = try await alone.ask(question)
        let first = try await one
        if first.isSame(as: other) {
            // Tempo itself has none of our own paths.
            if !options.isAboutTraces || first.status == 200 { answered.insert(question.endpoint) }
            return (nil, other)
        }
        // What Prometheus itself says of its errors is in other words than ours.
        if options.isDirect, first.status != 200 || other.status != 200 { return (nil, other) }
        answered.insert(question.endpoint)
        // Here nothing may differ, neither in order nor from time to time: only the request's id is the caller's own.
        if options.isAboutTraces { return ((first, other), other) }
        let isOrdered = question.query?.isOrdered ?? false
        var left = AnswersSeen(first, isOrdered: isOrdered, options)
        var right = AnswersSeen(other, isOrdered: isOrdered, options)
        if left.overlaps(right) { return (nil, other) }
        // Prometheus hands the series of a subquery on in no order, so which of several equals topk picks, which one an
        // error text names, and the last digit of a sum are not the same each time. What one side can answer the other
        // must be able to answer too.
        for count in 1...(options.expectsDifferences ? 2 : Self.patience) {
            left.see(try await everybody.ask(question))
            right.see(try await alone.ask(question))
            if left.overlaps(right) {
                tally.unstable += 1
                return (nil, other)
            }
            // Two answers that stay as they are will not meet.
            if count == 8, left.isStable || right.isStable { break }
        }
        // Too many possible answers to see one twice: which series they are of is left to compare.
        if left.isArbitrary, right.isArbitrary, left.series == right.series {
            tally.arbitrary += 1
            return (nil, other)
        }
        return ((first, other), other)
    }

    // MARK: What is told

    nonisolated(nonsending) private func report(_ difference: Difference, of question: Question, _ index: Int)
        async throws
    {
        differences += 1
        if options.expectsDifferences {
            if differing.insert(question.endpoint).inserted {
                Console.say("found, as it should be, at request \(index): \(question.description)")
            }
            return
        }
        // Others report at the same time: all of it is said at once.
        var text =
            "\nDIFFERENCE at request \(index) of seed \(options.seed): \(question.description)\n" + told(difference)
        if let query = question.query, let (smaller, difference) = try await shrunk(question, query) {
            text += "\nthe same with less: \(smaller.text)\n" + told(difference)
        }
        Console.say(text)
    }

    private func told(_ difference: Difference) -> String {
        // Of what is long, the place where it differs.
        let same = zip(difference.everybody.text.utf8, difference.alone.text.utf8).prefix { $0 == $1 }.count
        let skipped = max(0, same - 500)
        return [("everybody", difference.everybody), ("alone", difference.alone)].map { name, answer in
            let text = String(decoding: answer.text.utf8.dropFirst(skipped).prefix(2_000), as: UTF8.self)
            return "  over \(name): \(answer.status) \(answer.comparableHeaders)\n    "
                + (skipped > 0 ? "… " : "") + text
        }.joined(separator: "\n")
    }

    /// The smallest query found that still makes a difference.
    nonisolated(nonsending) private func shrunk(
        _ question: Question, _ query: QueryNode
    ) async throws -> (QueryNode, Difference)? {
        var best: (QueryNode, Difference)?
        var current = query
        var budget = 150
        search: while budget > 0 {
            for candidate in current.smaller where candidate.text.utf8.count < current.text.utf8.count {
                budget -= 1
                if budget == 0 { break search }
                if let difference = try await compare(question.asking(candidate)).0 {
                    (best, current) = ((candidate, difference), candidate)
                    continue search
                }
            }
            break
        }
        return best
    }

    /// One request with both answers.
    nonisolated(nonsending) private func show(_ question: Question) async throws -> Bool {
        Console.say(question.description)
        Console.say(told((try await everybody.ask(question), try await alone.ask(question))))
        return try await compare(question).0 == nil
    }

    private func progress() {
        let seconds = Double(MonotonicClock.now - start) / 1e9
        let rate = Int(Double(tally.all.total) / max(seconds, 0.001))
        Console.note("  \(tally.all.total) of \(options.queries) asked, \(rate) a second, \(differences) differences")
    }

    private func conclude() -> Bool {
        if options.expectsDifferences {
            Console.say("\(differences) differences in \(tally.all.total) requests")
            let unseen = options.isDirect ? answered.subtracting(differing).subtracting(Self.aboutText) : []
            if !unseen.isEmpty { Console.say("FAILED: no difference at \(unseen.sorted().joined(separator: ", "))") }
            return differences > 0 && unseen.isEmpty
        }
        Console.say(tally.report)
        Console.say("\(differences) differences in \(tally.all.total) requests, seed \(options.seed)")
        var isGood = differences == 0
        if tally.executedPercent < Self.least {
            Console.say("FAILED: under \(Self.least) % were executed with something in the answer")
            isGood = false
        }
        let isExcused = options.isAboutTraces ? RefusedConstructs.isExcused : NewerConstructs.isExcused
        let missing = tally.neverExecuted(leastOften: 20).filter { !isExcused($0) }
        if options.newer < 50, !missing.isEmpty {
            Console.say("FAILED: never executed with something in the answer: \(missing.joined(separator: ", "))")
            isGood = false
        }
        if tally.unstable * 100 > tally.all.total || tally.arbitrary * 1_000 > tally.all.total + 1_000 {
            Console.say("FAILED: too many of the requests have no stable answer")
            isGood = false
        }
        return isGood
    }
}
