import CLinux

/// The shards of a process, one thread each.
public final class ShardGroup: Sendable {
    /// The shards, by their index.
    public let shards: [Shard]
    private let threads = Lock<[UInt]>([])

    /// Shards that do not run yet; what is asked of them waits.
    ///
    /// - Throws: ``SystemError`` where the process has no descriptors left.
    public init(count: Int) throws(SystemError) {
        var shards: [Shard] = []
        for index in 0..<max(1, count) { shards.append(try Shard(index: index)) }
        self.shards = shards
    }

    deinit {
        for thread in threads.withLock({ $0 }) { _ = clinux_thread_detach(thread) }
    }

    /// Starts the threads. Broken pipes are ignored by the process from here on: writing reports them.
    ///
    /// - Throws: ``SystemError`` where the system gives no thread.
    public func start() throws(SystemError) {
        clinux_ignore_broken_pipe()
        for shard in shards {
            var thread: UInt = 0
            let argument = Unmanaged.passRetained(shard).toOpaque()
            let code = clinux_thread_start(
                &thread, "shard-\(shard.index)",
                { argument in
                    guard let argument else { return nil }
                    let shard = Unmanaged<Shard>.fromOpaque(argument).takeRetainedValue()
                    shard.loop.run()
                    return nil
                }, argument)
            guard code == 0 else {
                Unmanaged<Shard>.fromOpaque(argument).release()
                throw SystemError(operation: "pthread_create", code: code)
            }
            threads.withLock { $0.append(thread) }
        }
    }

    /// Asks all shards to end once their queues are empty. Connections that are still open are not closed by this.
    public func stop() {
        for shard in shards { shard.executor.post { $0.stop() } }
    }

    /// Blocks until all shards have ended. Not to be called on a shard.
    public func join() {
        let threads = threads.withLock { list in
            defer { list = [] }
            return list
        }
        for thread in threads { _ = clinux_thread_join(thread) }
    }
}
