extension Shard {
    /// Waits on the calling shard's own timers, up to a tick of 17 ms longer than asked; off a shard by `Task.sleep`.
    ///
    /// To be preferred on shards: `Task.sleep` makes libdispatch open descriptors when it is first used, and libdispatch
    /// ends the process where none is left.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    nonisolated(nonsending) public static func sleep(for duration: Duration) async throws {
        guard let loop = ShardLoop.current else { return try await Task.sleep(for: duration) }
        let sleeper = Sleeper()
        let timer = LoopTimer(handler: sleeper)
        let (deadline, overflow) = MonotonicClock.now.addingReportingOverflow(duration.nanoseconds)
        loop.schedule(timer, at: overflow ? .max : deadline)
        let reason = await sleeper.wakeup.wait()
        loop.invalidate(timer)
        if reason == .cancelled { throw CancellationError() }
    }

    private final class Sleeper: TimerHandler {
        let wakeup = Wakeup()
        func timerFired(_ timer: LoopTimer) { wakeup.wake() }
    }
}
