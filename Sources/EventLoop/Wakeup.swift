/// A place where one task waits on a shard until other code of the shard wakes it.
///
/// A wake-up while nobody waits is lost: whoever waits looks first whether there is reason to.
public final class Wakeup {
    /// Why the waiting ended.
    public enum Reason: Sendable, Equatable {
        /// Somebody called ``Wakeup/wake()``.
        case woken
        /// The waiting task was cancelled.
        case cancelled
    }

    private var continuation: UnsafeContinuation<Reason, Never>?
    /// Numbers the waits, so that a cancellation that comes late from another thread does not end the next one.
    private var ticket: UInt64 = 0
    private var cancelledTicket: UInt64 = 0

    /// A place where nobody waits.
    public init() {}

    /// Whether a task waits here.
    public var isAwaited: Bool { continuation != nil }

    /// Waits. To be called on a shard, by one task at a time.
    nonisolated(nonsending) public func wait() async -> Reason {
        ticket += 1
        let ticket = ticket
        // Both closures run on the shard: the handler moves there when it is called on another thread.
        nonisolated(unsafe) let this = self
        let executor = ShardLoop.current?.executor
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if this.cancelledTicket == ticket {
                    continuation.resume(returning: .cancelled)
                } else {
                    this.continuation = continuation
                }
            }
        } onCancel: {
            guard let executor, !executor.isCurrent else { return this.cancel(ticket) }
            executor.post { _ in this.cancel(ticket) }
        }
    }

    /// Lets the waiting task go on, in this turn.
    public func wake() {
        guard let continuation else { return }
        self.continuation = nil
        continuation.resume(returning: .woken)
    }

    private func cancel(_ ticket: UInt64) {
        guard ticket == self.ticket else { return }
        cancelledTicket = ticket
        guard let continuation else { return }
        self.continuation = nil
        continuation.resume(returning: .cancelled)
    }
}
