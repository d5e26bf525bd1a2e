import Foundation

/// The seeds of a random test, one a round: a fixed number from 1 on, or, with `FUZZ_SECONDS` in the environment, new
/// ones for that long. `FUZZ_SEED` runs the one round that a failure named.
public struct FuzzSeeds: Sequence, IteratorProtocol {
    private var seed: UInt64
    private var rest: Int
    private let deadline: Date?

    /// Seeds for so many rounds.
    ///
    /// - Parameter parts: how many tests share the time, so that the suite as a whole takes `FUZZ_SECONDS`.
    public init(rounds: Int, parts: Int) {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init)
        if let only = environment["FUZZ_SEED"].flatMap(UInt64.init) {
            (seed, rest, deadline) = (only, 1, nil)
        } else if let seconds {
            seed = UInt64(Date().timeIntervalSince1970 * 1_000) << 20
            (rest, deadline) = (.max, Date(timeIntervalSinceNow: seconds / Double(parts)))
        } else {
            (seed, rest, deadline) = (1, rounds, nil)
        }
    }

    /// The next round's seed.
    public mutating func next() -> UInt64? {
        if rest == 0 { return nil }
        if let deadline, deadline.timeIntervalSinceNow < 0 { return nil }
        defer { (seed, rest) = (seed &+ 1, rest - 1) }
        return seed
    }
}
