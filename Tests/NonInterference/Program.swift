import EventLoop
import Glibc
import Synchronization

/// The program behind `scripts/noninterference`: makes the data of both stores, and asks two gateways the same.
enum Program {
    static let help = """
        Usage: NonInterference targets --folder FOLDER
                 writes what the targets of all tenants serve, a file a tenant
               NonInterference store --folder FOLDER --targets HOST:PORT [--seed S] [--tenants a,c] [--leaving N]
                 writes the samples (samples.txt, OpenMetrics), the configuration and the rules of a Prometheus of these
                 tenants, or of all and of nobody; the first N series are left out
               NonInterference traces --otlp HOST:PORT [--seed S] [--tenants a,c] [--leaving N] [--now SECONDS]
                 sends the traces of these tenants, or of all and of nobody, to a Tempo as OTLP/HTTP
               NonInterference ask --everybody HOST:PORT --alone HOST:PORT --token-file FILE [OPTION …]
                 asks both and compares
          --traceql                about traces instead of metrics
          --everywhere             also about traces that tell what no gateway can close; there must be differences
          --queries N              how many requests (2000)
          --seed S                 what the requests follow from (1)
          --only N                 the N-th of them alone, with both answers
          --wide-token-file FILE   a token that grants more tenants; with it X-Tenant picks --tenants
          --tenants a,c            what X-Tenant picks (a)
          --now SECONDS            when scrapes and rules have come to rest, in Unix seconds
          --newer PERCENT          how many of the queries may have what is newer than Prometheus 2.42 (6)
          --workers N              how many requests run at once (6)
          --direct                 --everybody is Prometheus itself (with --traceql both sides are Tempo): differences
                                   between good answers are looked for, and it fails if there are none. So does
                                   --expect-differences with two gateways.
        """

    /// Runs the command line, without the program's name, and returns the exit code: 0 alike, 1 not, 2 wrong usage.
    static func run(_ arguments: [String]) -> Int32 {
        if arguments.contains("--help") || arguments.isEmpty {
            Console.say(help)
            return arguments.isEmpty ? 2 : 0
        }
        do {
            let options = try Options(Array(arguments.dropFirst()))
            switch arguments[0] {
            case "targets": try Store.writeTargets(into: options.folder)
            case "store":
                try Store(
                    seed: options.seed, tenants: options.selectsTenants ? options.tenants : Samples.tenants,
                    leaving: options.leaving, targets: options.targets
                ).write(into: options.folder)
            case "traces": return try onShard(TraceSender(options))
            case "ask": return try onShard(Comparison(options))
            default: throw Options.Invalid(message: "there is no command \(arguments[0])")
            }
            return 0
        } catch let error as Options.Invalid {
            Console.note("NonInterference: \(error.message); try --help")
            return 2
        } catch {
            Console.note("NonInterference: \(error)")
            return 1
        }
    }

    /// Runs what has work to do on a shard of its own, until it ends.
    private static func onShard(_ work: some Work) throws -> Int32 {
        let shards = try ShardGroup(count: 1)
        try shards.start()
        let result = Mutex<Result<Bool, any Error>>(.success(false))
        shards.shards[0].start {
            do {
                let isGood = try await work.run()
                result.withLock { $0 = .success(isGood) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
            await work.close()
            shards.stop()
        }
        shards.join()
        return try result.withLock { try $0.get() } ? 0 : 1
    }
}

/// What a command does on its shard.
protocol Work: Sendable {
    /// Does it; returns whether it came out as it should.
    nonisolated(nonsending) func run() async throws -> Bool
    /// Ends the connections.
    func close() async
}
