import EventLoop
import HTTPClient
import OTLP
import Synchronization
import Telemetry

/// Counts what the gateway does. Each shard counts for itself, without locks; the figures are added up when somebody
/// reads them.
final class GatewayMetrics: Sendable {
    private final class Cell {
        var figures = Figures()
    }

    private let cells = ShardLocal<Cell>()
    private let shards = Mutex<[Shard]>([])
    /// What is counted on no shard: in-process tests.
    private let others = Mutex(Figures())

    /// All figures of all shards.
    func read() async -> Figures {
        var figures = others.withLock { $0 }
        for shard in shards.withLock({ $0 }) {
            let theirs = await shard.withLoop { [cells] loop in cells.value(on: loop)?.figures }
            if let theirs { figures.add(theirs) }
        }
        return figures
    }

    /// A request's head has been read.
    func requestBegan() { count { $0.running += 1 } }

    /// A request ended without an answer.
    func requestAbandoned() { count { $0.running -= 1 } }

    /// A request's answer has been sent or given up.
    func requestEnded(_ request: FinishedRequest) {
        let now = Self.now()
        count { $0.add(request, now: now) }
    }

    /// A token was looked at.
    func tokenSeen(_ outcome: TokenOutcome) { count { $0.tokens[outcome, else: 0] += 1 } }

    /// A call of an upstream had an answer, or none.
    func upstreamAnswered(_ call: FinishedCall) {
        // A client that left says nothing of the upstream.
        if call.error == .cancelled { return }
        let now = Self.now()
        count { $0.upstreams[call.upstream, else: Figures.Calls()].add(call, now: now) }
    }

    private func count(_ body: (inout Figures) -> Void) {
        guard let loop = ShardLoop.current else { return others.withLock { body(&$0) } }
        if let cell = cells.value(on: loop) { return body(&cell.figures) }
        let cell = Cell()
        cells.set(cell, on: loop)
        if let shard = Shard.current { shards.withLock { $0.append(shard) } }
        body(&cell.figures)
    }

    private static func now() -> Double { Double(WallClock.nanoseconds) / 1_000_000_000 }
}
