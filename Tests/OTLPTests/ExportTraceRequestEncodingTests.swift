import OTLP
import Testing

@Suite("Writing export requests")
struct ExportTraceRequestEncodingTests {
    /// A span with everything that a span may have; texts of sizes around those where a length takes another byte.
    private var request: ExportTraceRequest {
        var span = TraceSpan(traceID: TraceID(1 << 100 | 7), spanID: SpanID(1 << 60 | 9))
        span.traceState = "a=b"
        span.parentSpanID = SpanID(3)
        span.flags = 0x301
        span.name = "name"
        span.kind = 2
        span.startTimeUnixNano = 1_767_366_245_000_000_001
        span.endTimeUnixNano = 1_767_366_245_000_000_002
        span.attributes = [0, 1, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 16_380, 16_384, 70_000].map {
            Attribute(key: "k\($0)", value: .string(String(repeating: "x", count: $0)))
        }
        let long = String(repeating: "k", count: 130)
        span.attributes += [
            Attribute(key: long, value: .string("é")), Attribute(key: "", value: .string("no key")),
            Attribute(key: "i", value: .integer(-5)), Attribute(key: "z", value: .integer(0)),
            Attribute(key: "b", value: .bool(false)), Attribute(key: "d", value: .double(-0.5)),
            Attribute(key: "a", value: .array([.string("x"), .integer(1)])),
            Attribute(key: "m", value: .keyValueList([Attribute(key: "n", value: .bool(true))])),
            Attribute(key: "y", value: .bytes([0, 255])), Attribute(key: "e", value: .empty),
        ]
        span.droppedAttributesCount = 4
        var event = TraceSpan.Event()
        event.timeUnixNano = 5
        event.name = "event"
        event.attributes = [Attribute(key: "k", value: .string("v"))]
        span.events = [event]
        var link = TraceSpan.Link(traceID: TraceID(11), spanID: SpanID(12))
        link.traceState = "c=d"
        link.flags = 0x300
        span.links = [link]
        var status = TraceSpan.Status()
        status.code = 2
        status.message = "broken"
        span.status = status
        var scoped = ResourceSpans.ScopeSpans()
        var scope = ResourceSpans.Scope()
        scope.name = "scope"
        scope.version = "1"
        scoped.scope = scope
        scoped.spans = [span, TraceSpan(traceID: TraceID(1), spanID: SpanID(2))]
        var resourceSpans = ResourceSpans()
        var resource = ResourceSpans.Resource()
        resource.attributes = [Attribute(key: "service.name", value: .string("s"))]
        resourceSpans.resource = resource
        resourceSpans.scopeSpans = [scoped]
        return ExportTraceRequest(resourceSpans: [resourceSpans])
    }

    @Test("what is written in Protobuf reads back as it was")
    func protobuf() throws {
        #expect(try ExportTraceRequest(protobuf: request.protobuf()) == request)
    }

    @Test("what is written in JSON reads back as it was")
    func json() throws {
        #expect(try ExportTraceRequest(json: request.json()) == request)
    }
}
