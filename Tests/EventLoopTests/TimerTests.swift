@testable import EventLoop
import TestSupport
import Testing

/// Milliseconds in nanoseconds.
private func ms(_ count: UInt64) -> UInt64 { count * 1_000_000 }

private final class Probe: TimerHandler {
    func timerFired(_ timer: LoopTimer) {}
}

@Suite struct TimerTests {
    /// Within so much after its deadline a timer is due.
    private static let tick: UInt64 = 1 << 24

    @Test(
        "a timer is due within a tick after its deadline and never before",
        arguments: [0, 1, 20, 1_000, 60_000, 500_000])
    func due(after milliseconds: UInt64) {
        for start: UInt64 in [0, 1, 123_456_789, 1 << 60] {
            var wheel = TimerWheel(now: start)
            let timer = LoopTimer(handler: Probe())
            let deadline = start + ms(milliseconds)
            wheel.schedule(timer, at: deadline)
            var now = start
            var fired: UInt64?
            while fired == nil, let next = wheel.nextExpiry() {
                now = max(next, now)
                if wheel.advance(to: now).contains(where: { $0 === timer }) { fired = now }
            }
            #expect(fired != nil)
            if let fired { #expect(fired >= deadline && fired <= deadline + Self.tick) }
        }
    }

    @Test("moving a deadline away or nearer, and disarming, hold")
    func moved() {
        var wheel = TimerWheel(now: 0)
        let timers = (0..<4).map { _ in LoopTimer(handler: Probe()) }
        for timer in timers { wheel.schedule(timer, at: ms(1_000)) }
        wheel.schedule(timers[1], at: ms(5_000))
        wheel.schedule(timers[2], at: ms(100))
        wheel.schedule(timers[3], at: .max)
        #expect(wheel.advance(to: ms(200)).map(ObjectIdentifier.init) == [ObjectIdentifier(timers[2])])
        #expect(wheel.advance(to: ms(1_100)).map(ObjectIdentifier.init) == [ObjectIdentifier(timers[0])])
        #expect(wheel.advance(to: ms(4_900)).isEmpty)
        #expect(wheel.advance(to: ms(5_100)).map(ObjectIdentifier.init) == [ObjectIdentifier(timers[1])])
        #expect(wheel.nextExpiry() == nil)
    }

    @Test("an invalidated timer never fires and lets its handler go")
    func invalidated() {
        var wheel = TimerWheel(now: 0)
        let timer = LoopTimer(handler: Probe())
        weak let handler = timer.handler
        #expect(handler != nil)
        wheel.schedule(timer, at: ms(10))
        wheel.invalidate(timer)
        #expect(handler == nil)
        #expect(wheel.advance(to: ms(100)).isEmpty)
        #expect(wheel.nextExpiry() == nil)
    }

    @Test("a thousand random timers fire once each, in the order of their ticks, also after long pauses")
    func random() {
        var generator = SeededGenerator(seed: 7)
        var wheel = TimerWheel(now: 0)
        var deadlines: [ObjectIdentifier: UInt64] = [:]
        var timers: [LoopTimer] = []
        for _ in 0..<1_000 {
            let timer = LoopTimer(handler: Probe())
            let deadline = generator.next() % ms(300_000)
            wheel.schedule(timer, at: deadline)
            deadlines[ObjectIdentifier(timer)] = deadline
            timers.append(timer)
        }
        var now: UInt64 = 0
        while let next = wheel.nextExpiry() {
            now = max(next, now) + generator.next() % ms(20_000)
            for timer in wheel.advance(to: now) {
                let deadline = deadlines.removeValue(forKey: ObjectIdentifier(timer))
                #expect(deadline.map { $0 <= now } == true)
            }
            for deadline in deadlines.values { #expect(deadline + Self.tick > now) }
        }
        #expect(deadlines.isEmpty)
    }

    @Test("sleeping on a shard lasts as long as asked, stays there, and ends with cancellation")
    func sleep() async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let hasSlept = try await shard.run {
                let start = MonotonicClock.now
                try await Shard.sleep(for: .milliseconds(20))
                return MonotonicClock.now - start >= ms(20) && isOn(shard)
            }
            #expect(hasSlept)
            let latch = Latch()
            let task = shard.start {
                do { try await Shard.sleep(for: .seconds(600)) } catch { await latch.open() }
            }
            task.cancel()
            await latch.wait()
        }
    }

    @Test("a timer on a shard calls its handler there")
    func onShard() async throws {
        final class Waker: TimerHandler {
            let wakeup = Wakeup()
            func timerFired(_ timer: LoopTimer) { wakeup.wake() }
        }
        try await withShards { group in
            let shard = group.shards[0]
            let fired = try await shard.run { () -> Bool in
                guard let loop = ShardLoop.current else { return false }
                let waker = Waker()
                let timer = LoopTimer(handler: waker)
                let deadline = MonotonicClock.now + ms(20)
                loop.schedule(timer, at: deadline)
                let reason = await waker.wakeup.wait()
                loop.invalidate(timer)
                return reason == .woken && MonotonicClock.now >= deadline && isOn(shard)
            }
            #expect(fired)
        }
    }
}
