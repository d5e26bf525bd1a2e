import Dispatch
import EventLoop
import Synchronization

extension Shard {
    /// Runs `body` on the shard and blocks the calling thread until it is done.
    ///
    /// The process's main thread waits here. An asynchronous `main` would do its waiting in libdispatch, which takes
    /// signals for itself with their default action: SIGTERM would end the process instead of draining it.
    nonisolated func runBlocking<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value
    {
        let result = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        start {
            do {
                let value = try await body()
                result.withLock { $0 = .success(value) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        guard let result = result.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }
}
