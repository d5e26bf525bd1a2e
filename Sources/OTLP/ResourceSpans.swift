/// The spans of one resource, `ResourceSpans` of
/// [trace.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto).
public struct ResourceSpans: Sendable, Equatable {
    /// What the spans come from; nil if nothing was said.
    public var resource: Resource?
    /// Its spans by the scope that made them.
    public var scopeSpans: [ScopeSpans] = []
    /// The schema of the resource's attributes.
    public var schemaURL = ""

    /// Nobody's spans, none.
    public init() {}

    /// What spans come from, for example one instance of a service.
    public struct Resource: Sendable, Equatable {
        /// Its attributes.
        public var attributes: [Attribute] = []
        /// How many attributes the sender left out.
        public var droppedAttributesCount: UInt32 = 0

        /// A resource of which nothing is known.
        public init() {}
    }

    /// The spans of one scope.
    public struct ScopeSpans: Sendable, Equatable {
        /// What made the spans; nil if nothing was said.
        public var scope: Scope?
        /// The spans.
        public var spans: [TraceSpan] = []
        /// The schema of the spans' attributes.
        public var schemaURL = ""

        /// No spans.
        public init() {}
    }

    /// What made spans, usually a library.
    public struct Scope: Sendable, Equatable {
        /// Its name.
        public var name = ""
        /// Its version.
        public var version = ""
        /// Its attributes.
        public var attributes: [Attribute] = []
        /// How many attributes the sender left out.
        public var droppedAttributesCount: UInt32 = 0

        /// A scope of which nothing is known.
        public init() {}
    }
}
