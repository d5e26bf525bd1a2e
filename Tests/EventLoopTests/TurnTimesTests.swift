import Testing

@testable import EventLoop

@Suite("Times of turns")
struct TurnTimesTests {
    private let second: UInt64 = 1_000_000_000

    @Test("turns are counted with the time they take, slow ones apart")
    func counts() {
        var times = TurnTimes(now: 0)
        times.ended(began: 0, at: 1_000)
        times.ended(began: second, at: second + TurnTimes.slow)
        times.ended(began: 2 * second, at: 2 * second + TurnTimes.slow + 1)
        #expect(times.count == 3)
        #expect(times.slowCount == 1)
        #expect(times.busy == 1_001 + 2 * TurnTimes.slow)
    }

    @Test("the longest turn is remembered for half to a whole minute, also while nothing happens")
    func longest() {
        var times = TurnTimes(now: 0)
        times.ended(began: second, at: 4 * second)
        times.ended(began: 5 * second, at: 6 * second)
        func longest(at now: UInt64) -> UInt64 { times.longest(runningSince: now, at: now) }
        #expect(longest(at: 10 * second) == 3 * second)
        #expect(longest(at: 59 * second) == 3 * second)
        #expect(longest(at: 60 * second) == 0)
        times.ended(began: 40 * second, at: 41 * second)
        #expect(longest(at: 41 * second) == 3 * second)
        times.ended(began: 71 * second, at: 71 * second + 1)
        #expect(longest(at: 72 * second) == second)
        #expect(longest(at: 102 * second) == 1)
    }

    @Test("the turn that is running counts")
    func running() {
        let times = TurnTimes(now: 0)
        #expect(times.longest(runningSince: second, at: 3 * second) == 2 * second)
    }

    @Test("a loop knows of a job that held it up")
    func loop() async throws {
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        let (before, _) = await shards.shards[0].withLoop { ($0.turns, $0.longestTurn) }
        await shards.shards[0].withLoop { _ in
            let start = MonotonicClock.now
            while MonotonicClock.now < start + 2 * TurnTimes.slow {}
        }
        let (times, longest) = await shards.shards[0].withLoop { ($0.turns, $0.longestTurn) }
        #expect(times.slowCount > before.slowCount)
        #expect(times.busy - before.busy >= 2 * TurnTimes.slow)
        #expect(longest >= 2 * TurnTimes.slow)
    }
}
