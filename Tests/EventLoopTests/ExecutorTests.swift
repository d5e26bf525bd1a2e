import EventLoop
import Glibc
import Synchronization
import Testing

@concurrent private func leave() async -> Bool { Shard.current == nil }

nonisolated(nonsending) private func nested(_ depth: Int, on shard: Shard) async -> Int {
    if depth == 0 {
        await Task.yield()
        return isOn(shard) ? 1 : 0
    }
    let below = await nested(depth - 1, on: shard)
    return below + (isOn(shard) ? 1 : 0)
}

@Suite struct ExecutorTests {
    @Test("code of a shard stays there across awaits of every kind")
    func staysAcrossAwaits() async throws {
        try await withShards(2) { group in
            for shard in group.shards {
                let strays = try await shard.run {
                    var strays = 0
                    for round in 0..<200 {
                        await Task.yield()
                        if !isOn(shard) { strays += 1 }
                        if await nested(5, on: shard) != 6 { strays += 1 }
                        await withUnsafeContinuation { continuation in
                            if round.isMultiple(of: 2) {
                                continuation.resume()
                            } else {
                                Task.detached { continuation.resume() }
                            }
                        }
                        if !isOn(shard) { strays += 1 }
                    }
                    try await Task.sleep(for: .milliseconds(1))
                    if !isOn(shard) { strays += 1 }
                    return strays
                }
                #expect(strays == 0)
            }
        }
    }

    @Test("children of a shard's task run on the shard")
    func childrenStay() async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let (pair, all) = try await shard.run {
                async let first = nested(3, on: shard)
                async let second = nested(3, on: shard)
                let pair = await first + second
                let all = await withTaskGroup(of: Bool.self) { children in
                    for _ in 0..<20 {
                        children.addTask {
                            await Task.yield()
                            return isOn(shard)
                        }
                    }
                    return await children.reduce(true) { $0 && $1 }
                }
                return (pair, all)
            }
            #expect(pair == 8)
            #expect(all)
        }
    }

    @Test("code that is declared concurrent stays on the shard too, as the shard is the task's executor")
    func concurrentStays() async throws {
        try await withShards { group in
            let left = try await group.shards[0].run { await leave() }
            #expect(!left)
        }
    }

    @Test("a continuation resumed by a foreign thread resumes on the shard")
    func foreignThread() async throws {
        final class Box: Sendable {
            let continuation: Mutex<UnsafeContinuation<Void, Never>?> = Mutex(nil)
        }
        try await withShards { group in
            let shard = group.shards[0]
            let stays = try await shard.run {
                for _ in 0..<20 {
                    let box = Box()
                    await withUnsafeContinuation { continuation in
                        box.continuation.withLock { $0 = continuation }
                        var thread = pthread_t()
                        let argument = Unmanaged.passRetained(box).toOpaque()
                        pthread_create(
                            &thread, nil,
                            { argument in
                                guard let argument else { return nil }
                                let box = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
                                // The shard is to be asleep by then.
                                usleep(1_000)
                                box.continuation.withLock { $0 }?.resume()
                                return nil
                            }, argument)
                        pthread_detach(thread)
                    }
                    if !isOn(shard) { return false }
                }
                return true
            }
            #expect(stays)
        }
    }

    @Test("a task started on its shard runs within the call until it first waits")
    func immediateStart() async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let order = try await shard.run { () -> [Int] in
                guard let loop = ShardLoop.current else { return [] }
                var order: [Int] = []
                let wakeup = Wakeup()
                let task = loop.start {
                    order.append(1)
                    _ = await wakeup.wait()
                    order.append(3)
                }
                order.append(2)
                wakeup.wake()
                await task.wait()
                return order
            }
            #expect(order == [1, 2, 3])
        }
    }

    @Test("a started task can be cancelled, also from another thread")
    func cancellation() async throws {
        try await withShards { group in
            let latch = Latch()
            let task = group.shards[0].start {
                try? await Task.sleep(for: .seconds(600))
                if Task.isCancelled, isOn(group.shards[0]) { await latch.open() }
            }
            task.cancel()
            await latch.wait()
            await task.wait()
        }
    }

    @Test("jobs from many threads all run, on the shard")
    func manyThreads() async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let sum = await withTaskGroup(of: Int.self) { children in
                for index in 0..<2_000 {
                    children.addTask { await shard.withLoop { _ in isOn(shard) ? index : 0 } }
                }
                return await children.reduce(0, +)
            }
            #expect(sum == 1_999_000)
        }
    }

    @Test("a shard knows itself, and other threads are on none")
    func current() async throws {
        try await withShards(2) { group in
            #expect(Shard.current == nil)
            #expect(ShardLoop.current == nil)
            for shard in group.shards {
                let index = try await shard.run { Shard.current?.index }
                #expect(index == shard.index)
            }
        }
    }

    @Test("each shard has its own object in a local place")
    func locals() async throws {
        final class Counter { var value = 0 }
        let place = ShardLocal<Counter>()
        let other = ShardLocal<Counter>()
        try await withShards(2) { group in
            for (number, shard) in group.shards.enumerated() {
                await shard.withLoop { loop in
                    let counter = Counter()
                    counter.value = number + 10
                    place.set(counter, on: loop)
                }
            }
            for (number, shard) in group.shards.enumerated() {
                let (value, none) = await shard.withLoop { loop in
                    (place.value(on: loop)?.value, other.value(on: loop) == nil)
                }
                #expect(value == number + 10)
                #expect(none)
            }
        }
    }

    @Test("an end-of-turn call comes once, after the code that asked for it")
    func endOfTurn() async throws {
        final class Recorder: EndOfTurnHandler {
            var events: [String] = []
            let wakeup = Wakeup()
            func turnEnded() {
                events.append("end")
                wakeup.wake()
            }
        }
        try await withShards { group in
            let events = try await group.shards[0].run { () -> [String] in
                guard let loop = ShardLoop.current else { return [] }
                let recorder = Recorder()
                loop.atEndOfTurn(recorder)
                await Task.yield()
                recorder.events.append("work")
                _ = await recorder.wakeup.wait()
                recorder.events.append("after")
                return recorder.events
            }
            #expect(events == ["work", "end", "after"])
        }
    }
}
