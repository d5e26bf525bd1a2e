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
    /// The trace is about to end: record the span now, or it is lost.
    func traceEnds()
}

/// Holds nothing: whoever lets go of a span's source ends it.
private struct OpenSpanReference {
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
    private var spans: [TraceSpan] = []
    private var openSpans: [(id: ObjectIdentifier, span: OpenSpanReference)] = []

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
        if processor != nil { spans.reserveCapacity(4) }
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
    public func record(
        _ name: String, _ kind: SpanKind = .internal, context: TraceContext? = nil, from start: UInt64, to end: UInt64,
        _ attributes: [Attribute] = [], error: String? = nil
    ) {
        guard isRecorded else { return }
        var span = span(name, kind, id: context?.spanID ?? .random(), parent: self.context.spanID, start, end)
        span.attributes = attributes
        if let error { span.status = .error(error) }
        spans.append(span)
    }

    /// Tells the span when the trace ends, unless it is closed before or nobody holds it any more.
    public func open(_ span: any OpenSpan) {
        openSpans.append((ObjectIdentifier(span), OpenSpanReference(span: span)))
    }

    /// The span has been recorded; its identity says which one it is.
    public func close(_ id: ObjectIdentifier) { openSpans.removeAll { $0.id == id } }

    /// Ends the request's own span, and with it the trace: all spans go to the exporter.
    public func end(_ name: String, at end: UInt64, _ attributes: [Attribute], error: String? = nil) {
        guard let processor else { return }
        for open in openSpans { open.span.span?.traceEnds() }
        openSpans = []
        var root = span(name, .server, id: context.spanID, parent: parentSpanID, startedAt, end)
        root.attributes = attributes
        if parentSpanID != nil { root.flags |= 1 << 9 }
        if let error { root.status = .error(error) }
        if let link {
            var reference = TraceSpan.Link(traceID: link.traceID, spanID: link.spanID)
            reference.traceState = link.state
            reference.flags = (link.isSampled ? 1 : 0) | Self.remote
            root.links = [reference]
        }
        spans.append(root)
        processor.enqueue(spans)
        spans = []
    }

    /// The bits of OTLP's flags that say that it is known whether the parent is remote, and that it is
    /// ([SpanFlags](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto)).
    private static let remote: UInt32 = 1 << 8 | 1 << 9

    private func span(
        _ name: String, _ kind: SpanKind, id: SpanID, parent: SpanID?, _ start: UInt64, _ end: UInt64
    ) -> TraceSpan {
        var span = TraceSpan(traceID: context.traceID, spanID: id)
        span.traceState = context.state
        span.parentSpanID = parent
        span.flags = 1 | 1 << 8
        span.name = name
        span.kind = kind.rawValue
        span.startTimeUnixNano = start &+ epoch
        span.endTimeUnixNano = max(start, end) &+ epoch
        return span
    }
}

extension TraceSpan.Status {
    /// A failure.
    static func error(_ message: String) -> TraceSpan.Status {
        var status = TraceSpan.Status()
        status.code = 2
        status.message = message
        return status
    }
}

extension Attribute {
    /// Text.
    public init(_ key: String, _ value: String) { self.init(key: key, value: .string(value)) }
    /// A whole number.
    public init(_ key: String, _ value: Int) { self.init(key: key, value: .integer(Int64(value))) }
}
