/// One thread with its own event loop. Code that runs on a shard stays there, across every `await`.
///
/// It is an actor whose executor is the loop, and the same executor is the tasks' executor, so that `nonisolated`
/// asynchronous functions called from it stay too.
public actor Shard {
    /// Its number within its group, from 0.
    public nonisolated let index: Int
    nonisolated let executor: ShardExecutor
    // Confined to the shard's thread; only read here to be handed to code that runs there.
    nonisolated(unsafe) let loop: ShardLoop

    init(index: Int) throws(SystemError) {
        self.index = index
        loop = try ShardLoop()
        executor = loop.executor
        taskExecutor = loop.taskExecutor
        loop.owner = self
    }

    /// The shard's executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The executor for tasks that shall stay on this shard.
    public nonisolated let taskExecutor: any TaskExecutor

    /// The shard whose thread this is; `nil` on other threads.
    public static var current: Shard? { ShardLoop.current?.owner }

    /// Calls `body` on the shard with its loop.
    public func withLoop<Value: Sendable, Failure: Error>(
        _ body: @Sendable (ShardLoop) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(loop)
    }

    /// Runs `body` on the shard and gives its result back.
    public nonisolated func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        let task = Task(executorPreference: taskExecutor) { try await body() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Starts a task on the shard: at once when called there, else in the shard's next turn.
    @discardableResult
    public nonisolated func start(_ body: @escaping @Sendable () async -> Void) -> ShardTask {
        if executor.isCurrent {
            return ShardTask(task: Task.immediate(executorPreference: taskExecutor) { await body() })
        }
        return ShardTask(task: Task(executorPreference: taskExecutor) { await body() })
    }
}

/// A running task of a shard.
public struct ShardTask: Sendable {
    fileprivate let task: Task<Void, Never>

    /// Asks the task to end early.
    public func cancel() { task.cancel() }

    /// Waits for the task's end.
    public func wait() async { await task.value }
}

extension ShardLoop {
    /// Starts a task on this shard at once: it runs within this call until it first has to wait.
    @discardableResult
    public func start(_ body: nonisolated(nonsending) @escaping () async -> Void) -> ShardTask {
        // The closure never leaves the shard: the task's executor is this loop.
        nonisolated(unsafe) let body = body
        return ShardTask(task: Task.immediate(executorPreference: taskExecutor) { await body() })
    }
}
