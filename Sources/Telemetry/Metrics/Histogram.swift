public import OTLP

/// A trace that a figure comes from ([exemplar](https://prometheus.io/docs/specs/om/open_metrics_spec/#exemplars)).
public struct Exemplar: Sendable, Equatable {
    /// The trace.
    public let traceID: TraceID
    /// What was measured in it.
    public let value: Double
    /// When, in seconds since 1970.
    public let seconds: Double

    /// An exemplar from its parts.
    public init(traceID: TraceID, value: Double, seconds: Double) {
        self.traceID = traceID
        self.value = value
        self.seconds = seconds
    }
}

/// How often durations fell between fixed bounds. Each shard has its own; they are added up when somebody reads them.
public struct Histogram: Sendable, Equatable {
    /// The upper bounds of all buckets but the last, in seconds.
    public static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    private static let nanoseconds = bounds.map { UInt64($0 * 1_000_000_000) }

    /// How many fell into each bucket; the last has no upper bound.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// The latest exemplar of each bucket.
    public private(set) var exemplars = [Exemplar?](repeating: nil, count: bounds.count + 1)
    private var total: UInt64 = 0

    /// An empty one.
    public init() {}

    /// How many there were.
    public var count: Int { counts.reduce(0, +) }

    /// Their sum in seconds.
    public var sum: Double { Double(total) / 1_000_000_000 }

    /// Adds a duration; where its trace is recorded it becomes its bucket's exemplar.
    public mutating func observe(nanoseconds: UInt64, trace: TraceID?, at now: @autoclosure () -> Double) {
        let bucket = Self.bucket(of: nanoseconds)
        counts[bucket] += 1
        total &+= nanoseconds
        if let trace {
            exemplars[bucket] = Exemplar(
                traceID: trace, value: Double(nanoseconds) / 1_000_000_000, seconds: now())
        }
    }

    /// Adds another one's figures.
    public mutating func add(_ other: Histogram) {
        total &+= other.total
        for bucket in counts.indices {
            counts[bucket] += other.counts[bucket]
            guard let theirs = other.exemplars[bucket] else { continue }
            if exemplars[bucket].map({ $0.seconds < theirs.seconds }) ?? true { exemplars[bucket] = theirs }
        }
    }

    /// Which bucket a duration falls into.
    public static func bucket(of nanoseconds: UInt64) -> Int {
        Self.nanoseconds.firstIndex { nanoseconds <= $0 } ?? Self.nanoseconds.count
    }

    /// The duration in seconds below which that share of all lie, as far as the buckets tell; `nil` if there are none.
    public func quantile(_ share: Double) -> Double? { Self.quantile(share, of: counts) }

    /// The same of how many fell into each bucket.
    public static func quantile(_ share: Double, of counts: [Int]) -> Double? {
        let count = counts.reduce(0, +)
        guard count > 0 else { return nil }
        let rank = share * Double(count)
        var below = 0
        for (bucket, inBucket) in counts.enumerated() where inBucket > 0 {
            if Double(below + inBucket) >= rank {
                guard bucket < Self.bounds.count else { return Self.bounds.last }
                let lower = bucket == 0 ? 0 : Self.bounds[bucket - 1]
                return lower + (Self.bounds[bucket] - lower) * max(0, rank - Double(below)) / Double(inBucket)
            }
            below += inBucket
        }
        return Self.bounds.last
    }
}
