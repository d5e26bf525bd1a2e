import EventLoop
import Synchronization
import Telemetry

/// Keeps the keys of an endpoint fresh: every few minutes, and when a token names a key that is not known.
///
/// One request is under way at a time, whoever asks. The keys that were fetched last stay in use until the endpoint gives
/// others, however long that takes.
final class KeyEndpointWatch: Sendable {
    /// How often the endpoint is asked.
    struct Timing: Sendable {
        /// After an answer that does not say how long it is good for.
        var interval = Duration.seconds(300)
        /// What an answer may say at least and at most.
        var lifetimes = Duration.seconds(60)...Duration.seconds(3_600)
        /// After a failure; doubled after each further one, up to the last.
        var retries = Duration.seconds(1)...Duration.seconds(30)
        /// Between two times that tokens with unknown keys have it asked.
        var unknownKeyInterval = Duration.seconds(10)
        /// For all of one time.
        var timeout = Duration.seconds(10)

        /// How long to wait before the next time: never quite as long for all who began together.
        ///
        /// - Parameters:
        ///   - failures: One behind the other, until now.
        ///   - lifetime: What the last good answer said.
        func pause(failures: Int, lifetime: Duration?) -> Duration {
            guard failures > 0 else {
                let lifetime = lifetime.map { min(max($0, lifetimes.lowerBound), lifetimes.upperBound) }
                return (lifetime ?? interval) * Double.random(in: 0.9...1)
            }
            let doubled = retries.lowerBound * (1 << min(failures - 1, 16))
            return min(doubled, retries.upperBound) * Double.random(in: 0.5...1)
        }
    }

    private struct State {
        var isRunning = false
        var isClosed = false
        /// Somebody wants to be told the outcome in the log.
        var isAsked = false
        /// Somebody wants the endpoint asked once more, since what is under way may have begun before what they know of.
        var isAskedAgain = false
        var task: ShardTask?
        var waiting: [UnsafeContinuation<Void, Never>] = []
        /// When a token may have the endpoint asked again, on the monotonic clock.
        var nextForUnknownKey: UInt64 = 0
        /// One behind the other, until now.
        var failures = 0
        /// When the first of them was.
        var failingSince = ""
        var lifetime: Duration?
    }

    private let endpoint: KeyEndpoint
    private let keys: TokenKeys
    private let client: KeyEndpointClient
    private let shard: Shard
    private let timing: Timing
    private let logger: Logger
    private let state = Mutex(State())

    /// Asks from that shard; nothing has been asked yet.
    init(_ endpoint: KeyEndpoint, keys: TokenKeys, shard: Shard, timing: Timing = Timing(), logger: Logger) {
        self.endpoint = endpoint
        self.keys = keys
        self.shard = shard
        self.timing = timing
        self.logger = logger
        client = KeyEndpointClient(endpoint, timeout: timing.timeout)
    }

    /// Asks again and again, until the task is cancelled.
    func watch() async {
        while !Task.isCancelled {
            begin()
            await ended()
            let (failures, lifetime) = state.withLock { ($0.failures, $0.lifetime) }
            try? await Shard.sleep(for: timing.pause(failures: failures, lifetime: lifetime))
        }
    }

    /// Asks at once, and has the log tell the outcome even if nothing has changed.
    func reload() { begin(isAsked: true) }

    /// Asks because of a token whose key is not known, and waits for the answer, which takes ``Timing/timeout`` at most.
    /// Tokens have it asked so seldom that nobody can use them to send requests to the endpoint.
    ///
    /// - Returns: Whether the endpoint was asked.
    func refreshForUnknownKey() async -> Bool {
        let now = MonotonicClock.now
        let isDue = state.withLock { state in
            if state.isRunning { return true }
            guard !state.isClosed, now >= state.nextForUnknownKey else { return false }
            let (sum, overflow) = now.addingReportingOverflow(timing.unknownKeyInterval.nanoseconds)
            state.nextForUnknownKey = overflow ? .max : sum
            return true
        }
        guard isDue else { return false }
        begin()
        await ended()
        return true
    }

    /// Stops asking, for good; whoever waits goes on.
    func close() async {
        let task = state.withLock { state in
            state.isClosed = true
            return state.task
        }
        task?.cancel()
        await client.close()
    }

    // MARK: One time

    /// Begins to ask, unless that is under way.
    private func begin(isAsked: Bool = false) {
        let isNew = state.withLock { state in
            guard !state.isClosed else { return false }
            guard !state.isRunning else {
                if isAsked { state.isAskedAgain = true }
                return false
            }
            state.isAsked = isAsked
            state.isRunning = true
            return true
        }
        guard isNew else { return }
        // Without the lock: on its own shard the task begins within this call.
        let task = shard.start { await self.run() }
        state.withLock { $0.task = task }
    }

    /// Waits until nothing is under way.
    private func ended() async {
        await withUnsafeContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.isRunning else { return true }
                state.waiting.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func run() async {
        do {
            let document = try await client.fetch()
            let isNew = try keys.take(document.bytes, allowed: endpoint.allowed)
            succeeded(isNew: isNew, lifetime: document.lifetime)
        } catch {
            failed("\(error)")
        }
        let (waiting, isAskedAgain) = state.withLock { state in
            state.isRunning = false
            defer {
                state.waiting = []
                state.isAskedAgain = false
            }
            return (state.waiting, state.isAskedAgain)
        }
        for continuation in waiting { continuation.resume() }
        if isAskedAgain { begin(isAsked: true) }
    }

    private func succeeded(isNew: Bool, lifetime: Duration?) {
        let (isAsked, hadFailed) = state.withLock { state in
            defer {
                state.failures = 0
                state.lifetime = lifetime
            }
            return (state.isAsked, state.failures > 0)
        }
        guard !isNew, isAsked || hadFailed else { return }
        logger.log(
            .info, "the keys for tokens were fetched, and are as they were", [("url", .string("\(endpoint.url)"))])
    }

    private func failed(_ reason: String) {
        let (isClosed, since) = state.withLock { state in
            if state.failures == 0 { state.failingSince = Timestamp.now() }
            state.failures += 1
            return (state.isClosed, state.failingSince)
        }
        guard !isClosed else { return }
        logger.log(
            .warning,
            keys.isComplete
                ? "the keys for tokens cannot be fetched; the old ones stay in use"
                : "the keys for tokens cannot be fetched; what needs them is answered with 503",
            [("error", .string(reason)), ("since", .string(since))])
    }
}
