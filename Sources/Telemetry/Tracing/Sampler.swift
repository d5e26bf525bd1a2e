internal import OTLP

/// Which traces are recorded ([sampling](https://opentelemetry.io/docs/specs/otel/trace/sdk/#sampling)).
public struct Sampler: Sendable, Equatable {
    /// The share of traces that begin here, from 0 to 1.
    public let ratio: Double
    /// Whether a trusted parent that decided is followed.
    public let followsParent: Bool

    /// A sampler for that share of the traces.
    public init(ratio: Double, followsParent: Bool = true) {
        self.ratio = ratio
        self.followsParent = followsParent
    }

    /// Whether a trace is recorded; 0 and 1 are exact. The answer follows from the identifier alone, so every service
    /// with the same ratio gives the same one.
    func samples(_ traceID: TraceID, parent: TraceContext?) -> Bool {
        if followsParent, let parent { return parent.isSampled }
        if ratio >= 1 { return true }
        if ratio <= 0 { return false }
        return UInt64(truncatingIfNeeded: traceID.value) >> 1 < UInt64(ratio * 0x1p63)
    }
}
