public import EventLoop
public import OTLP
internal import Synchronization

/// How finished spans are sent ([batching](https://opentelemetry.io/docs/specs/otel/trace/sdk/#batching-processor)).
public struct SpanBatching: Sendable, Equatable {
    /// How many spans may wait; what comes beyond is dropped.
    public var queueSize = 2_048
    /// How many spans are sent at once.
    public var batchSize = 512
    /// How long spans wait for others.
    public var delay = Duration.seconds(5)
    /// How long sending a batch may take.
    public var timeout = Duration.seconds(30)
    /// How often a batch is sent before it is given up.
    public var attempts = 5
    /// The pause before a batch is sent again; it doubles each time, and half of it is random.
    public var backoff = Duration.seconds(1)

    /// The standard's defaults.
    public init() {}
}

/// What became of spans.
public struct SpanCounts: Sendable, Equatable {
    /// Taken by the collector.
    public var exported = 0
    /// Not even queued: the queue was full.
    public var dropped = 0
    /// Given up after sending failed.
    public var failed = 0
    /// Waiting now.
    public var waiting = 0

    /// Counts from their parts.
    public init(exported: Int = 0, dropped: Int = 0, failed: Int = 0, waiting: Int = 0) {
        self.exported = exported
        self.dropped = dropped
        self.failed = failed
        self.waiting = waiting
    }
}

/// Takes finished spans from all shards and has them sent from a shard of its own, so that a slow or dead collector never
/// holds up a request: what finds no room in the queue is dropped and counted.
public final class SpanProcessor: Sendable {
    private struct State {
        /// The spans of a trace each.
        var queue: [EncodedSpans] = []
        /// How many spans there are in the queue.
        var waiting = 0
        var counts = SpanCounts()
        var isClosing = false
        var pause: ShardTask?
        var run: ShardTask?
        var lastFailure: String?
    }

    private let exporter: any SpanExporter
    /// How spans are sent.
    public let batching: SpanBatching
    private let logger: Logger
    private let state = Mutex(State())

    /// A processor that sends nothing until it is started.
    public init(exporter: any SpanExporter, batching: SpanBatching = .init(), logger: Logger) {
        self.exporter = exporter
        self.batching = batching
        self.logger = logger
    }

    /// What became of spans so far.
    public var counts: SpanCounts {
        state.withLock { state in
            var counts = state.counts
            counts.waiting = state.waiting
            return counts
        }
    }

    /// Why the last batch that was not taken was not; `nil` while batches are taken.
    public var lastFailure: String? { state.withLock { $0.lastFailure } }

    /// Takes spans that belong together: all of them, or none.
    public func enqueue(_ spans: EncodedSpans) {
        let pause: ShardTask? = state.withLock { state in
            guard !state.isClosing, state.waiting + spans.count <= batching.queueSize else {
                state.counts.dropped += spans.count
                return nil
            }
            let before = state.waiting
            state.queue.append(spans)
            state.waiting += spans.count
            let isFull = before < batching.batchSize && state.waiting >= batching.batchSize
            return isFull ? state.pause.take() : nil
        }
        pause?.cancel()
    }

    /// Begins to send, on that shard.
    public func start(on shard: Shard) {
        let task = shard.start { await self.run() }
        state.withLock { $0.run = task }
    }

    /// Sends what waits, within that time, and ends.
    public func shutdown(within limit: Duration) async {
        let (run, pause) = state.withLock { state in
            state.isClosing = true
            return (state.run, state.pause.take())
        }
        pause?.cancel()
        guard let run else { return }
        let deadline = Shard.current?.start {
            if (try? await Shard.sleep(for: limit)) != nil { run.cancel() }
        }
        await run.wait()
        deadline?.cancel()
        await exporter.close()
        let counts = counts
        let lost = counts.waiting + counts.dropped + counts.failed
        if lost > 0 { logger.log(.warning, "spans were lost", [("count", .integer(lost))]) }
    }

    private func run() async {
        while !Task.isCancelled {
            let (batch, isClosing) = takeBatch()
            if batch.count > 0 {
                await send(batch)
            } else if isClosing {
                return
            }
            if !isClosing { await pause(for: batching.delay) { $0.waiting >= self.batching.batchSize } }
        }
    }

    /// As many whole traces as a batch takes; of one that is larger, a part.
    private func takeBatch() -> (EncodedSpans, Bool) {
        let (traces, isClosing): (ArraySlice<EncodedSpans>, Bool) = state.withLock { state in
            var count = 0
            var end = 0
            while end < state.queue.count, count + state.queue[end].count <= batching.batchSize {
                count += state.queue[end].count
                end += 1
            }
            if end == 0, !state.queue.isEmpty {
                let part = state.queue[0].removeFirst(batching.batchSize)
                state.waiting -= part.count
                return ([part], state.isClosing)
            }
            let traces = Array(state.queue[..<end])
            state.queue.removeFirst(end)
            state.waiting -= count
            return (traces[...], state.isClosing)
        }
        var batch = EncodedSpans(capacity: traces.reduce(0) { $0 + $1.bytes.count })
        for trace in traces { batch.append(trace) }
        return (batch, isClosing)
    }

    private func send(_ batch: EncodedSpans) async {
        var backoff = batching.backoff
        for attempt in 1...max(1, batching.attempts) {
            if Task.isCancelled { return end(batch, "the shutdown's time was over") }
            switch await exporter.export(batch, within: batching.timeout) {
            case .taken(let rejected, let message): return taken(batch, rejected, message)
            case .failed(let reason): return end(batch, reason)
            case .retry(let after, let reason):
                note(reason)
                if attempt == batching.attempts { return end(batch, reason) }
                if state.withLock({ $0.isClosing }) {
                    // There is not much time left, and what is not sent now is lost.
                    try? await Shard.sleep(for: max(after ?? .zero, min(backoff, .milliseconds(100))))
                } else {
                    let random = Double.random(in: 0.5...1)
                    await pause(for: max(after ?? .zero, backoff * random)) { _ in false }
                }
                backoff *= 2
            }
        }
    }

    private func taken(_ batch: EncodedSpans, _ rejected: Int, _ message: String) {
        let wasFailing = state.withLock { state in
            let rejected = min(max(0, rejected), batch.count)
            state.counts.exported += batch.count - rejected
            state.counts.failed += rejected
            defer { state.lastFailure = nil }
            return state.lastFailure != nil
        }
        if rejected > 0 || !message.isEmpty {
            // What others write is logged within bounds.
            let words = String(decoding: message.utf8.prefix(300), as: UTF8.self)
            logger.log(
                .warning, rejected > 0 ? "the collector rejected spans" : "the collector warns",
                [("count", .integer(rejected)), ("error", .string(words))])
        }
        if wasFailing { logger.log(.info, "the collector takes spans again") }
    }

    private func end(_ batch: EncodedSpans, _ reason: String) {
        note(reason)
        state.withLock { $0.counts.failed += batch.count }
    }

    /// Logs the first failure of a row only: a dead collector must not fill the log.
    private func note(_ reason: String) {
        let isNew = state.withLock { state in
            defer { state.lastFailure = reason }
            return state.lastFailure == nil
        }
        if isNew { logger.log(.warning, "spans cannot be exported", [("error", .string(reason))]) }
    }

    /// Waits until the time is over, somebody has reason to end it, or there is reason not even to begin.
    private func pause(for duration: Duration, unless isNeedless: (borrowing State) -> Bool) async {
        guard let shard = Shard.current else { return }
        let task = shard.start { try? await Shard.sleep(for: duration) }
        let isWaiting = state.withLock { state in
            guard !state.isClosing, !isNeedless(state) else { return false }
            state.pause = task
            return true
        }
        if !isWaiting || Task.isCancelled { task.cancel() }
        await withTaskCancellationHandler {
            await task.wait()
        } onCancel: {
            task.cancel()
        }
    }
}
