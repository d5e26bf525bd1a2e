import EventLoop
import HTTPClient
import HTTPServer
import Telemetry

/// What shows how the gateway's own parts are doing, beside the requests: loops and queues.
struct Workings: Sendable {
    var shards: [Shard] = []
    var clients: [(upstream: Upstream, client: any HTTPClient)] = []
    /// `nil` where nobody asked for one.
    var audit: AuditLog?
    /// Of the service's log.
    var logCounts: @Sendable () -> LogCounts = { LogCounts() }

    /// All of it, read now.
    func families(_ server: HTTPServer?) async -> [MetricFamily] {
        await loops() + connections() + accepting(server) + logs()
    }

    private func loops() async -> [MetricFamily] {
        var turns: [(labels: MetricFamily.Labels, times: TurnTimes, longest: UInt64)] = []
        for shard in shards {
            let (times, longest) = await shard.withLoop { ($0.turns, $0.longestTurn) }
            turns.append(([("shard", String(shard.index))], times, longest))
        }
        func seconds(_ nanoseconds: UInt64) -> MetricFamily.Value { .double(Double(nanoseconds) / 1_000_000_000) }
        return [
            MetricFamily(
                "palisade_shard_lag_seconds", .gauge,
                "The longest turn of each shard's loop in the last half to whole minute: so long whatever became ready there has waited.",
                turns.map { ($0.labels, seconds($0.longest)) }),
            MetricFamily(
                "palisade_shard_busy_seconds", .counter, "Time that each shard's loop has spent in turns.",
                turns.map { ($0.labels, seconds($0.times.busy)) }),
            MetricFamily(
                "palisade_shard_turns", .counter, "Turns of each shard's loop.",
                turns.map { ($0.labels, .integer(Int(clamping: $0.times.count))) }),
            MetricFamily(
                "palisade_shard_slow_turns", .counter, "Turns of each shard's loop that took longer than 50 ms.",
                turns.map { ($0.labels, .integer(Int(clamping: $0.times.slowCount))) }),
        ]
    }

    private func connections() async -> [MetricFamily] {
        var open: [(labels: MetricFamily.Labels, value: MetricFamily.Value)] = []
        var waiting: [(labels: MetricFamily.Labels, value: MetricFamily.Value)] = []
        for (upstream, client) in clients {
            let counts = await client.connections
            open.append(([("upstream", upstream.name), ("state", "busy")], .integer(counts.busy)))
            open.append(([("upstream", upstream.name), ("state", "idle")], .integer(counts.idle)))
            waiting.append(([("upstream", upstream.name)], .integer(counts.waiting)))
        }
        return [
            MetricFamily(
                "palisade_upstream_connections", .gauge, "Connections to upstreams by what they are doing.", open),
            MetricFamily(
                "palisade_upstream_queue_length", .gauge, "Requests that wait for a connection to an upstream.",
                waiting),
        ]
    }

    private func accepting(_ server: HTTPServer?) async -> [MetricFamily] {
        guard let server else { return [] }
        return [
            MetricFamily(
                "palisade_accept_queue_length", .gauge, "Connections of clients that wait to be accepted.",
                await server.waitingConnections.map { ([("shard", String($0.shard))], .integer($0.count)) })
        ]
    }

    private func logs() -> [MetricFamily] {
        var logs: [(labels: MetricFamily.Labels, counts: LogCounts)] = [([("log", "service")], logCounts())]
        if let audit { logs.append(([("log", "audit")], audit.counts)) }
        return [
            MetricFamily(
                "palisade_log_queue_bytes", .gauge, "Bytes of lines that are not written yet.",
                logs.map { ($0.labels, .integer($0.counts.waitingBytes)) }),
            MetricFamily(
                "palisade_log_lines_dropped", .counter, "Lines that found no room.",
                logs.map { ($0.labels, .integer($0.counts.dropped)) }),
        ]
    }
}
