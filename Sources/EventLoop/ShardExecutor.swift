import CLinux
import Glibc

/// A job and the executor it was given to.
struct ShardJob {
    let job: UnownedJob
    /// It runs in the shard's isolation. All other jobs of the shard run in none: a task that resumes in an isolation
    /// which is not its own would leave it by queuing once more.
    let isIsolated: Bool
}

/// The executor of tasks that stay on a shard without being isolated to it.
final class ShardTaskExecutor: TaskExecutor, Sendable {
    private let shardExecutor: ShardExecutor

    init(_ shardExecutor: ShardExecutor) {
        self.shardExecutor = shardExecutor
    }

    func enqueue(_ job: consuming ExecutorJob) {
        shardExecutor.enqueue(ShardJob(job: UnownedJob(job), isIsolated: false))
    }
}

/// The part of a shard that other threads may touch: a queue of jobs and the bell that wakes the shard's thread.
final class ShardExecutor: SerialExecutor, @unchecked Sendable {
    private struct Inbox {
        var jobs: [ShardJob] = []
        var work: [@Sendable (ShardLoop) -> Void] = []
        var isEmpty: Bool { jobs.isEmpty && work.isEmpty }
    }

    private let inbox = Lock(Inbox())
    private let bell: Int32
    /// Confined to the shard's thread; alive as long as the shard, which owns both.
    unowned(unsafe) var loop: ShardLoop?

    init(bell: Int32) {
        self.bell = bell
    }

    /// Whether the calling thread is the shard's.
    var isCurrent: Bool { loop?.isCurrent ?? false }

    func enqueue(_ job: consuming ExecutorJob) {
        enqueue(ShardJob(job: UnownedJob(job), isIsolated: true))
    }

    func enqueue(_ job: ShardJob) {
        if let loop, loop.isCurrent {
            loop.enqueueLocally(job)
        } else {
            post { $0.jobs.append(job) }
        }
    }

    /// Has `work` called on the shard's thread, in its next turn.
    func post(_ work: @escaping @Sendable (ShardLoop) -> Void) {
        post { $0.work.append(work) }
    }

    private func post(_ change: (inout Inbox) -> Void) {
        let wasEmpty = inbox.withLock { inbox in
            let wasEmpty = inbox.isEmpty
            change(&inbox)
            return wasEmpty
        }
        if wasEmpty { clinux_eventfd_signal(bell) }
    }

    /// Moves what other threads have left to the shard's own queue.
    func drain(into loop: ShardLoop) {
        let taken = inbox.withLock { inbox in
            let taken = inbox
            if !inbox.isEmpty { inbox = Inbox() }
            return taken
        }
        for job in taken.jobs { loop.enqueueLocally(job) }
        for work in taken.work { work(loop) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    func checkIsolated() {
        guard isCurrent else { return notIsolated() }
    }

    /// The runtime's own check, which ends the process: whoever comes here broke the shard's isolation.
    private func notIsolated() {
        assertionFailure("code of a shard ran on another thread")
        Glibc.abort()
    }
}
