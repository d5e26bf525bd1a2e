internal import EventLoop
public import OTLP

/// A place in a trace: what one service tells another of the span that it calls from
/// ([W3C Trace Context](https://www.w3.org/TR/trace-context/)).
public struct TraceContext: Sendable, Equatable {
    /// The trace.
    public let traceID: TraceID
    /// The span within the trace.
    public let spanID: SpanID
    /// Whether whoever made the span records it.
    public let isSampled: Bool
    /// The `tracestate` that goes with it, valid or empty.
    public let state: String

    /// A context from its parts.
    public init(traceID: TraceID, spanID: SpanID, isSampled: Bool, state: String = "") {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// The field `traceparent` for it, in version 00 of the format.
    public var traceParent: String {
        traceID.traceParent(spanID, isSampled: isSampled)
    }
}

extension TraceID {
    /// A random one, never zero.
    static func random() -> TraceID {
        let (high, low) = ShardRandom.pair()
        return TraceID(UInt128(high) << 64 | UInt128(max(1, low)))
    }
}

extension SpanID {
    /// A random one, never zero.
    static func random() -> SpanID { SpanID(max(1, ShardRandom.next())) }
}
