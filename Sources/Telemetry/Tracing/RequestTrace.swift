public import APIRuntime
internal import EventLoop
public import OTLP

/// What a span is to the others ([span kind](https://opentelemetry.io/docs/specs/otel/trace/api/#spankind)).
public enum SpanKind: Int32, Sendable {
    /// Within the gateway.
    case `internal` = 1
    /// A request that came in.
    case server = 2
    /// A request that went out.
    case client = 3
}

/// What has a span that is still to be recorded.
public protocol OpenSpan: AnyObject {
    /// The trace is about to end: close the span and record it now, or it is lost.
    func traceEnds()
}

/// Holds nothing: whoever lets go of a span's source ends it.
private struct OpenSpanReference {
    /// A span that is just going away can close itself only by its identity.
    let id: ObjectIdentifier
    weak var span: (any OpenSpan)?
}

/// The trace of one request: its place in a trace, and the spans that were recorded of it.
///
/// It belongs to the request's shard, as the request does. It is marked `Sendable` only to be found by code that the
/// request calls, which runs on that shard too.
public final class RequestTrace: TraceIDSource, @unchecked Sendable {
    /// The trace and the request's own span.
    public let context: TraceContext
    /// The trace's identifier in hexadecimal.
    public var traceID: String { context.traceID.hexadecimal }
    private let processor: SpanProcessor?
    private let parentSpanID: SpanID?
    private let link: TraceContext?
    private let startedAt: UInt64
    /// What the wall clock is ahead of the monotonic one, in nanoseconds.
    private let epoch: UInt64
    private var spans: EncodedSpans
    private var openSpans: [OpenSpanReference] = []

    /// The trace of the request that the calling task serves.
    @TaskLocal public static var current: RequestTrace?

    init(
        context: TraceContext, processor: SpanProcessor?, parent: SpanID? = nil, link: TraceContext? = nil,
        startedAt: UInt64
    ) {
        self.context = context
        self.processor = processor
        parentSpanID = parent
        self.link = link
        self.startedAt = startedAt
        // A request of a metrics operation has four: its own, the caller's, the query's and the upstream's.
        spans = EncodedSpans(capacity: processor == nil ? 0 : 1_280)
        epoch = processor == nil ? 0 : WallClock.nanoseconds &- MonotonicClock.now
    }

    /// Whether spans are recorded; where not, nobody need put attributes together.
    public var isRecorded: Bool { processor != nil }

    /// The context of a new span below the request's own.
    public func child() -> TraceContext {
        TraceContext(
            traceID: context.traceID, spanID: .random(), isSampled: context.isSampled, state: context.state)
    }

    /// Records a span below the request's own.
    ///
    /// - Parameters:
    ///   - context: what ``child()`` gave, where it was needed beforehand.
    ///   - start: when it began, in nanoseconds of the monotonic clock; `end` the same.
    ///   - error: what went wrong, for people; `nil` where nothing did.
    ///   - attributes: writes the span's attributes; not called where nothing is recorded.
    public func record(
        _ name: String, _ kind: SpanKind = .internal, context: TraceContext? = nil, from start: UInt64, to end: UInt64,
        error: String? = nil, _ attributes: (inout EncodedAttributes) -> Void = { _ in }
    ) {
        guard isRecorded else { return }
        let head = head(kind, id: context?.spanID ?? .random(), parent: self.context.spanID, start, end)
        spans.append(head, name: name, traceState: self.context.state, error: error, attributes)
    }

    /// Tells the span when the trace ends, unless it is closed before or nobody holds it any more.
    public func open(_ span: any OpenSpan) {
        openSpans.append(OpenSpanReference(id: ObjectIdentifier(span), span: span))
    }

    /// The span has been recorded.
    public func close(_ span: any OpenSpan) {
        let id = ObjectIdentifier(span)
        openSpans.removeAll { $0.id == id }
    }

    /// Ends the request's own span, and with it the trace: all spans go to the exporter.
    public func end(
        _ name: String, at end: UInt64, error: String? = nil,
        _ attributes: (inout EncodedAttributes) -> Void = { _ in }
    ) {
        guard let processor else { return }
        while let open = openSpans.popLast() { open.span?.traceEnds() }
        var head = head(.server, id: context.spanID, parent: parentSpanID, startedAt, end)
        if parentSpanID != nil { head.flags |= 1 << 9 }
        let link = link.map { link in
            var reference = TraceSpan.Link(traceID: link.traceID, spanID: link.spanID)
            reference.traceState = link.state
            reference.flags = (link.isSampled ? 1 : 0) | Self.remote
            return reference
        }
        spans.append(head, name: name, traceState: context.state, error: error, link: link, attributes)
        processor.enqueue(spans)
        spans = EncodedSpans()
    }

    /// The bits of OTLP's flags that say that it is known whether the parent is remote, and that it is
    /// ([SpanFlags](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto)).
    private static let remote: UInt32 = 1 << 8 | 1 << 9

    private func head(
        _ kind: SpanKind, id: SpanID, parent: SpanID?, _ start: UInt64, _ end: UInt64
    ) -> EncodedSpans.Head {
        var head = EncodedSpans.Head(traceID: context.traceID, spanID: id)
        head.parentSpanID = parent
        head.flags = 1 | 1 << 8
        head.kind = kind.rawValue
        head.startTimeUnixNano = start &+ epoch
        head.endTimeUnixNano = max(start, end) &+ epoch
        return head
    }
}

extension Attribute {
    /// Text.
    public init(_ key: String, _ value: String) { self.init(key: key, value: .string(value)) }
    /// A whole number.
    public init(_ key: String, _ value: Int) { self.init(key: key, value: .integer(Int64(value))) }
}
