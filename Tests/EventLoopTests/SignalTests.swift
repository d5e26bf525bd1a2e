import EventLoop
import Glibc
import Testing

@Suite struct SignalTests {
    @Test("a blocked signal is reported on the shard, and no more after the source was closed")
    func reported() async throws {
        try await withShards { group in
            let (received, after) = try await group.shards[0].run { () -> ([Int32], Int) in
                let loop = try #require(ShardLoop.current)
                // The signals go to this thread alone: the test's process must live on.
                try SignalSource.block([SignalSource.hangup, SIGUSR2])
                var received: [Int32] = []
                let wakeup = Wakeup()
                let source = try SignalSource([SignalSource.hangup, SIGUSR2], on: loop) { signal in
                    received.append(signal)
                    wakeup.wake()
                }
                pthread_kill(pthread_self(), SIGUSR2)
                while received.isEmpty { _ = await wakeup.wait() }
                pthread_kill(pthread_self(), SignalSource.hangup)
                while received.count < 2 { _ = await wakeup.wait() }
                source.close()
                pthread_kill(pthread_self(), SIGUSR2)
                for _ in 0..<5 { try await Task.sleep(for: .milliseconds(1)) }
                return (received, received.count)
            }
            #expect(received == [SIGUSR2, SignalSource.hangup])
            #expect(after == 2)
        }
    }
}
