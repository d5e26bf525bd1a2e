import Synchronization

/// Gives out statuses one after the other.
final class Statuses: Sendable {
    private let rest: Mutex<[Int]>

    init(_ statuses: [Int]) { rest = Mutex(statuses) }

    func next() -> Int { rest.withLock { $0.isEmpty ? 500 : $0.removeFirst() } }
}
