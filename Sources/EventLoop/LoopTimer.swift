/// What a timer calls.
public protocol TimerHandler: AnyObject {
    /// The timer's deadline has passed. It is not armed any more.
    func timerFired(_ timer: LoopTimer)
}

/// A deadline that may be moved as often as one likes: moving it away costs a store.
///
/// It keeps its handler alive until it is invalidated.
public final class LoopTimer {
    var handler: (any TimerHandler)?
    var deadline = UInt64.max
    /// The wheel's tick it is linked at, 0 where it is not.
    var tick: UInt64 = 0
    var next: LoopTimer?
    unowned(unsafe) var previous: LoopTimer?

    /// A timer that is not armed.
    public init(handler: any TimerHandler) {
        self.handler = handler
    }
}

/// A hashed timing wheel: 4096 buckets of 2^24 ns (16.8 ms). A timer fires within one tick after its deadline.
///
/// A timer moved to a later deadline stays in its bucket and is moved on when the bucket comes up, so that restarting
/// an idle timer on each request costs next to nothing.
struct TimerWheel {
    private static let tickBits: UInt64 = 24
    private static let size: UInt64 = 4_096

    private var buckets = [LoopTimer?](repeating: nil, count: Int(size))
    private var occupied = [UInt64](repeating: 0, count: Int(size / 64))
    private var current: UInt64
    private var linked = 0
    /// No bucket before this tick holds a timer.
    private var earliest = UInt64.max

    init(now: UInt64) {
        current = now >> Self.tickBits
    }

    /// Arms the timer; `UInt64.max` disarms it.
    mutating func schedule(_ timer: LoopTimer, at deadline: UInt64) {
        timer.deadline = deadline
        guard deadline != .max else { return }
        let tick = self.tick(of: deadline)
        if timer.tick != 0 {
            if timer.tick <= tick { return }
            unlink(timer)
        }
        link(timer, at: tick)
    }

    /// Disarms the timer and forgets it.
    mutating func invalidate(_ timer: LoopTimer) {
        timer.deadline = .max
        timer.handler = nil
        if timer.tick != 0 { unlink(timer) }
    }

    /// When the wheel must be advanced next, in nanoseconds; `nil` where nothing is linked.
    mutating func nextExpiry() -> UInt64? {
        guard linked > 0 else { return nil }
        if earliest <= current || bucketIsEmpty(earliest) { earliest = firstOccupied() }
        return earliest << Self.tickBits
    }

    /// The timers whose deadline has passed, disarmed.
    mutating func advance(to now: UInt64) -> [LoopTimer] {
        let target = now >> Self.tickBits
        guard target > current else { return [] }
        guard linked > 0, earliest <= target else {
            current = target
            return []
        }
        var due: [LoopTimer] = []
        var later: [LoopTimer] = []
        let steps = min(target - current, Self.size)
        let start = target - steps
        current = target
        for step in 1...steps {
            let tick = start + step
            guard !bucketIsEmpty(tick) else { continue }
            let index = Int(tick % Self.size)
            while let timer = buckets[index] {
                unlink(timer)
                if timer.deadline <= now {
                    timer.deadline = .max
                    due.append(timer)
                } else if timer.deadline != .max {
                    // Not yet: its new bucket may be one that this loop has still to come to.
                    later.append(timer)
                }
            }
        }
        for timer in later { link(timer, at: tick(of: timer.deadline)) }
        if linked > 0 { earliest = firstOccupied() }
        return due
    }

    /// Unlinks all timers one by one: releasing a long chain at its head would recurse.
    mutating func removeAll() {
        for index in buckets.indices {
            while let timer = buckets[index] {
                timer.handler = nil
                unlink(timer)
            }
        }
    }

    private func tick(of deadline: UInt64) -> UInt64 {
        let tick = (deadline >> Self.tickBits) + 1
        return min(max(tick, current + 1), current + Self.size - 1)
    }

    private func bucketIsEmpty(_ tick: UInt64) -> Bool { buckets[Int(tick % Self.size)] == nil }

    private func firstOccupied() -> UInt64 {
        var tick = current + 1
        let end = current + Self.size
        while tick < end {
            let index = Int(tick % Self.size)
            let word = occupied[index / 64] >> UInt64(index % 64)
            if word != 0 { return tick + UInt64(word.trailingZeroBitCount) }
            tick += UInt64(64 - index % 64)
        }
        return end
    }

    private mutating func link(_ timer: LoopTimer, at tick: UInt64) {
        let index = Int(tick % Self.size)
        timer.tick = tick
        timer.previous = nil
        timer.next = buckets[index]
        timer.next?.previous = timer
        buckets[index] = timer
        occupied[index / 64] |= 1 << UInt64(index % 64)
        linked += 1
        if tick < earliest { earliest = tick }
    }

    private mutating func unlink(_ timer: LoopTimer) {
        let index = Int(timer.tick % Self.size)
        let next = timer.next
        next?.previous = timer.previous
        if let previous = timer.previous {
            previous.next = next
        } else {
            buckets[index] = next
            if next == nil { occupied[index / 64] &= ~(1 << UInt64(index % 64)) }
        }
        timer.next = nil
        timer.previous = nil
        timer.tick = 0
        linked -= 1
        if linked == 0 { earliest = .max }
    }
}
