import EventLoop
import HTTPClient
import OTLP
import Synchronization
import Telemetry
import Tenancy

/// Counts what the gateway does. Each shard counts for itself, without locks; the figures are added up when somebody
/// reads them.
final class GatewayMetrics: Sendable {
    /// What one shard knows.
    private struct Counted {
        var figures = Figures()
        var history = RequestHistory()
        var failures = RecentFailures()
    }

    private final class Cell {
        var counted = Counted()
    }

    private let cells = ShardLocal<Cell>()
    private let shards = Mutex<[Shard]>([])
    /// What is counted on no shard: in-process tests.
    private let others = Mutex(Counted())
    /// Steps of the history begin with the gateway.
    private let startedAt = now()

    /// All figures of all shards.
    func read() async -> Figures {
        var figures = others.withLock { $0.figures }
        for shard in shards.withLock({ $0 }) {
            let theirs = await shard.withLoop { [cells] loop in cells.value(on: loop)?.counted.figures }
            if let theirs { figures.add(theirs) }
        }
        return figures
    }

    /// The requests of the last quarter of an hour, in steps: of some tenants, or all of them.
    func history(of tenants: [Tenant]?) async -> [RequestHistory.Span] {
        let now = Self.now()
        var track = others.withLock { $0.history.track(of: tenants) }
        for shard in shards.withLock({ $0 }) {
            let theirs = await shard.withLoop { [cells] loop in
                cells.value(on: loop)?.counted.history.track(of: tenants)
            }
            if let theirs { track.add(theirs) }
        }
        return track.spans(from: startedAt, to: now)
    }

    /// The requests that were refused or failed last, the latest first.
    func recentFailures() async -> [RecentFailures.Failure] {
        var failures = others.withLock { $0.failures }
        for shard in shards.withLock({ $0 }) {
            let theirs = await shard.withLoop { [cells] loop in cells.value(on: loop)?.counted.failures }
            if let theirs { failures.add(theirs) }
        }
        return failures.latestFirst
    }

    /// A request's head has been read.
    func requestBegan() { count { $0.figures.running += 1 } }

    /// A request ended without an answer.
    func requestAbandoned() { count { $0.figures.running -= 1 } }

    /// A request's answer has been sent or given up.
    func requestEnded(_ request: FinishedRequest) {
        let now = Self.now()
        count { counted in
            counted.figures.add(request, now: now)
            counted.history.add(request, now: now)
            counted.failures.add(request, now: now)
        }
    }

    /// A token was looked at.
    func tokenSeen(_ outcome: TokenOutcome) { count { $0.figures.tokens[outcome, else: 0] += 1 } }

    /// A call of an upstream had an answer, or none.
    func upstreamAnswered(_ call: FinishedCall) {
        // A client that left says nothing of the upstream.
        if call.error == .cancelled { return }
        let now = Self.now()
        count { $0.figures.upstreams[call.upstream, else: Figures.Calls()].add(call, now: now) }
    }

    private func count(_ body: (inout Counted) -> Void) {
        guard let loop = ShardLoop.current else { return others.withLock { body(&$0) } }
        if let cell = cells.value(on: loop) { return body(&cell.counted) }
        let cell = Cell()
        cells.set(cell, on: loop)
        if let shard = Shard.current { shards.withLock { $0.append(shard) } }
        body(&cell.counted)
    }

    private static func now() -> Double { Double(WallClock.nanoseconds) / 1_000_000_000 }
}
