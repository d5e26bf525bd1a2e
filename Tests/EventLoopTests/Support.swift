import EventLoop
import Glibc
import Testing

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
actor Latch {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// Whether the calling code runs on that shard.
func isOn(_ shard: Shard) -> Bool { Shard.current === shard }
