import Glibc
import Testing

@testable import EventLoop

/// Runs a test's body with running shards and ends them after it.
func withShards<Value: Sendable>(
    _ count: Int = 1, _ body: (ShardGroup) async throws -> Value
) async throws -> Value {
    let group = try ShardGroup(count: count)
    try group.start()
    defer {
        group.stop()
        group.join()
    }
    return try await body(group)
}

/// A flag that one thread sets and others wait for.
///
/// Not an actor: an actor's turn can be on a shard's thread, and a test that went on there would join its own thread.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    func open() async {
        let waiting = state.withLock { state in
            defer { state = State(isOpen: true) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// Whether the calling code runs on that shard.
func isOn(_ shard: Shard) -> Bool { Shard.current === shard }
