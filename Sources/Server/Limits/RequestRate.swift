/// How often requests may come: a token bucket, kept as the generic cell rate algorithm.
///
/// The whole state of a bucket is the time at which it will be full again. All is whole nanoseconds, so nothing drifts.
struct RequestRate: Sendable, Equatable {
    /// The time in which one token comes back, in nanoseconds. Rounded up, so that the rate is never exceeded.
    let interval: UInt64
    /// How many tokens a full bucket has.
    let burst: UInt64

    /// What a burst may be.
    static let burstBounds = 1...1_000_000
    /// What a rate may be, in thousandths of a request a second.
    static let thousandthsBounds = 1...1_000_000_000

    /// - Parameter burst: If `nil`, what comes back in a second, and at least 1.
    init(thousandthsPerSecond: Int, burst: Int? = nil) {
        let thousandths = UInt64(
            min(max(thousandthsPerSecond, Self.thousandthsBounds.lowerBound), Self.thousandthsBounds.upperBound))
        interval = (1_000_000_000_000 + thousandths - 1) / thousandths
        self.burst = UInt64(min(max(burst ?? Int((thousandths + 999) / 1_000), 1), Self.burstBounds.upperBound))
    }

    /// The time in which an empty bucket fills, in nanoseconds; at most 10^18.
    var fillTime: UInt64 { interval * burst }

    /// When a bucket that is full at `fullAt` will be full after one more token was taken from it at `now`.
    func fullAt(taking fullAt: UInt64, at now: UInt64) -> UInt64 { max(fullAt, now) + interval }

    /// How long it takes until a bucket has a token to be taken, in nanoseconds; 0 if it has one.
    func wait(_ fullAt: UInt64, at now: UInt64) -> UInt64 {
        let debt = self.fullAt(taking: fullAt, at: now) - now
        return debt > fillTime ? debt - fillTime : 0
    }

    /// How many whole tokens a bucket has.
    func tokens(_ fullAt: UInt64, at now: UInt64) -> UInt64 {
        let debt = fullAt > now ? fullAt - now : 0
        return debt < fillTime ? (fillTime - debt) / interval : 0
    }
}
