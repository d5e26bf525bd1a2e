public import APIRuntime
public import OTLP

/// Gives every request its place in a trace, and decides whether its spans are recorded.
public struct Tracer: Sendable {
    /// Where spans go; `nil` with tracing switched off.
    public let processor: SpanProcessor?
    private let sampler: Sampler
    private let trustsParent: Bool
    private let makeTraceID: @Sendable () -> TraceID

    /// A tracer.
    ///
    /// - Parameters:
    ///   - trustsParent: a caller's context becomes the parent. Otherwise it is only linked: else any caller could choose
    ///     trace ids, and force traces to be recorded.
    ///   - makeTraceID: gives each trace that begins here its id; random ones where nothing else is said.
    public init(
        processor: SpanProcessor?, sampler: Sampler = Sampler(ratio: 1), trustsParent: Bool = false,
        makeTraceID: (@Sendable () -> TraceID)? = nil
    ) {
        self.makeTraceID = makeTraceID ?? { .random() }
        self.processor = processor
        self.sampler = sampler
        self.trustsParent = trustsParent
    }

    /// A tracer that records nothing.
    public static let off = Tracer(processor: nil)

    /// The trace of a request that came with those header fields.
    ///
    /// - Parameter receivedAt: in nanoseconds of the monotonic clock.
    public func trace(_ headers: HeaderFields, receivedAt: UInt64) -> RequestTrace {
        let caller = processor == nil && !trustsParent ? nil : TraceContext(headers)
        let parent = trustsParent ? caller : nil
        let traceID = parent?.traceID ?? makeTraceID()
        let isSampled = processor != nil && sampler.samples(traceID, parent: parent)
        return RequestTrace(
            context: TraceContext(
                traceID: traceID, spanID: .random(), isSampled: isSampled, state: parent?.state ?? ""),
            processor: isSampled ? processor : nil, parent: parent?.spanID, link: parent == nil ? caller : nil,
            startedAt: receivedAt)
    }
}
