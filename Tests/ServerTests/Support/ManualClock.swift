import Synchronization

/// A clock that goes on when the test says so.
final class ManualClock: Sendable {
    private let nanoseconds = Mutex<UInt64>(1_000_000_000_000)

    var now: UInt64 { nanoseconds.withLock { $0 } }

    func advance(nanoseconds count: UInt64) { nanoseconds.withLock { $0 += count } }

    func advance(seconds: Double) { advance(nanoseconds: UInt64(seconds * 1_000_000_000)) }
}
