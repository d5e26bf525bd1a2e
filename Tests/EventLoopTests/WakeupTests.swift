import EventLoop
import Testing

@Suite struct WakeupTests {
    @Test("cancelling the waiting task ends the wait, from this shard and from elsewhere", arguments: [true, false])
    func cancel(fromShard: Bool) async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let latch = Latch()
            let waiting = Latch()
            let task = shard.start {
                let wakeup = Wakeup()
                await waiting.open()
                if await wakeup.wait() == .cancelled, isOn(shard) { await latch.open() }
            }
            await waiting.wait()
            if fromShard {
                await shard.withLoop { _ in task.cancel() }
            } else {
                task.cancel()
            }
            await latch.wait()
        }
    }

    @Test("a task that is cancelled already does not wait")
    func alreadyCancelled() async throws {
        try await withShards { group in
            let reason = try await group.shards[0].run { () -> Wakeup.Reason? in
                guard let loop = ShardLoop.current else { return nil }
                var reason: Wakeup.Reason?
                let gate = Wakeup()
                let task = loop.start {
                    _ = await gate.wait()
                    reason = await Wakeup().wait()
                }
                task.cancel()
                await task.wait()
                return reason
            }
            #expect(reason == .cancelled)
        }
    }

    @Test("a wake-up while nobody waits is lost, and the next wait is not disturbed")
    func lost() async throws {
        try await withShards { group in
            let reasons = try await group.shards[0].run { () -> [Wakeup.Reason] in
                guard let loop = ShardLoop.current else { return [] }
                let wakeup = Wakeup()
                var reasons: [Wakeup.Reason] = []
                wakeup.wake()
                let task = loop.start {
                    reasons.append(await wakeup.wait())
                    reasons.append(await wakeup.wait())
                }
                wakeup.wake()
                wakeup.wake()
                await Task.yield()
                #expect(wakeup.isAwaited)
                wakeup.wake()
                await task.wait()
                return reasons
            }
            #expect(reasons == [.woken, .woken])
        }
    }
}
