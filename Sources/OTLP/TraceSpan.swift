/// A span, `Span` of
/// [trace.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto).
public struct TraceSpan: Sendable, Equatable {
    /// The trace that it is part of.
    public var traceID: TraceID
    /// Its own identifier.
    public var spanID: SpanID
    /// The W3C trace state, as it came.
    public var traceState = ""
    /// The span that it is a child of; nil for a root.
    public var parentSpanID: SpanID?
    /// W3C trace flags in the lowest 8 bits.
    public var flags: UInt32 = 0
    /// What it did.
    public var name = ""
    /// `SpanKind`: 0 to 5, or a number that came later.
    public var kind: Int32 = 0
    /// When it began, in nanoseconds since 1970 (UTC).
    public var startTimeUnixNano: UInt64 = 0
    /// When it ended, in nanoseconds since 1970 (UTC).
    public var endTimeUnixNano: UInt64 = 0
    /// Its attributes.
    public var attributes: [Attribute] = []
    /// How many attributes the sender left out.
    public var droppedAttributesCount: UInt32 = 0
    /// What happened in the meantime.
    public var events: [Event] = []
    /// How many events the sender left out.
    public var droppedEventsCount: UInt32 = 0
    /// Spans of this or other traces that it has to do with.
    public var links: [Link] = []
    /// How many links the sender left out.
    public var droppedLinksCount: UInt32 = 0
    /// How it ended; nil if nothing was said.
    public var status: Status?

    /// A span with these identifiers and nothing else.
    public init(traceID: TraceID, spanID: SpanID) {
        self.traceID = traceID
        self.spanID = spanID
    }

    /// Something that happened within a span.
    public struct Event: Sendable, Equatable {
        /// When, in nanoseconds since 1970 (UTC).
        public var timeUnixNano: UInt64 = 0
        /// What.
        public var name = ""
        /// Its attributes.
        public var attributes: [Attribute] = []
        /// How many attributes the sender left out.
        public var droppedAttributesCount: UInt32 = 0

        /// An event of which nothing is known.
        public init() {}
    }

    /// A reference to another span.
    public struct Link: Sendable, Equatable {
        /// The other span's trace.
        public var traceID: TraceID
        /// The other span.
        public var spanID: SpanID
        /// The W3C trace state, as it came.
        public var traceState = ""
        /// Its attributes.
        public var attributes: [Attribute] = []
        /// How many attributes the sender left out.
        public var droppedAttributesCount: UInt32 = 0
        /// W3C trace flags in the lowest 8 bits.
        public var flags: UInt32 = 0

        /// A link to a span.
        public init(traceID: TraceID, spanID: SpanID) {
            self.traceID = traceID
            self.spanID = spanID
        }
    }

    /// How a span ended.
    public struct Status: Sendable, Equatable {
        /// For people.
        public var message = ""
        /// `StatusCode`: 0 unset, 1 fine, 2 error, or a number that came later.
        public var code: Int32 = 0

        /// A status in which nothing is set.
        public init() {}
    }
}
