public import OTLP

/// What all spans come from: this service, on this machine
/// ([resource](https://opentelemetry.io/docs/specs/semconv/resource/)).
public struct SpanResource: Sendable, Equatable {
    /// `service.name`.
    public let serviceName: String
    /// All attributes, `service.name` included.
    public let attributes: [Attribute]
    /// The version of the service, which is the scope's too.
    public let version: String

    /// What makes the spans.
    private static let scope = "palisade"

    /// A resource of these attributes; `service.name` and `service.version` among them are replaced.
    public init(serviceName: String, version: String, attributes: [Attribute] = []) {
        self.serviceName = serviceName
        self.version = version
        let others = attributes.filter { $0.key != "service.name" && $0.key != "service.version" }
        self.attributes =
            [Attribute("service.name", serviceName), Attribute("service.version", version)] + others
    }

    /// An export request with those spans, in Protobuf.
    func protobuf(of spans: EncodedSpans) -> [UInt8] {
        spans.request(resource: attributes, scope: Self.scope, version: version)
    }

    /// An export request with those spans.
    func request(with spans: [TraceSpan]) -> ExportTraceRequest {
        var scoped = ResourceSpans.ScopeSpans()
        var scope = ResourceSpans.Scope()
        scope.name = Self.scope
        scope.version = version
        scoped.scope = scope
        scoped.spans = spans
        var resourceSpans = ResourceSpans()
        var resource = ResourceSpans.Resource()
        resource.attributes = attributes
        resourceSpans.resource = resource
        resourceSpans.scopeSpans = [scoped]
        return ExportTraceRequest(resourceSpans: [resourceSpans])
    }
}
