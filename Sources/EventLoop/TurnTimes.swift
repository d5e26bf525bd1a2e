/// How long the turns of a shard's loop take. While one runs, whatever becomes ready on that shard waits.
public struct TurnTimes: Sendable, Equatable {
    /// A turn that takes longer is a slow one, in nanoseconds.
    public static let slow: UInt64 = 50_000_000
    /// The longest turn is that of the last one to two of these, in nanoseconds.
    static let window: UInt64 = 30_000_000_000

    /// How many turns there were.
    public private(set) var count: UInt64 = 0
    /// How many of them were slow.
    public private(set) var slowCount: UInt64 = 0
    /// How long all of them took together, in nanoseconds.
    public private(set) var busy: UInt64 = 0
    private var longestInWindow: UInt64 = 0
    private var longestBefore: UInt64 = 0
    private var windowBeganAt: UInt64

    init(now: UInt64) {
        windowBeganAt = now
    }

    /// A turn has ended.
    mutating func ended(began: UInt64, at now: UInt64) {
        let duration = now &- began
        count &+= 1
        busy &+= duration
        if duration > Self.slow { slowCount &+= 1 }
        if now &- windowBeganAt >= Self.window { beginWindow(at: now) }
        if duration > longestInWindow { longestInWindow = duration }
    }

    /// The longest turn of the last half to whole minute, the one that is running included, in nanoseconds.
    func longest(runningSince began: UInt64, at now: UInt64) -> UInt64 {
        var times = self
        if now &- windowBeganAt >= Self.window { times.beginWindow(at: now) }
        return max(times.longestInWindow, times.longestBefore, now &- began)
    }

    private mutating func beginWindow(at now: UInt64) {
        longestBefore = now &- windowBeganAt < 2 * Self.window ? longestInWindow : 0
        longestInWindow = 0
        windowBeganAt = now
    }
}

extension ShardLoop {
    /// The longest turn of the last half to whole minute, the one that asks included, in nanoseconds.
    public var longestTurn: UInt64 { turns.longest(runningSince: now, at: MonotonicClock.now) }
}
