public import HTTPClient
internal import JSON
public import OTLP

/// Sends spans in [Zipkin's JSON, version 2](https://zipkin.io/zipkin-api/#/default/post_spans), usually to
/// `/api/v2/spans`; attributes become tags
/// ([mapping](https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/)).
public struct ZipkinExporter: SpanExporter {
    private let http: CollectorClient
    private let resource: SpanResource

    /// An exporter that posts to `target` of the client's origin.
    public init(client: any HTTPClient, target: String, resource: SpanResource) {
        http = CollectorClient(client: client, target: target)
        self.resource = resource
    }

    /// Sends a batch.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        guard let spans = try? spans.spans() else { return .unreadable }
        switch await http.post(body(spans), type: "application/json", within: timeout) {
        case .taken: return .taken()
        case .retry(let after, let reason): return .retry(after: after, reason: reason)
        case .failed(let reason): return .failed(reason: reason)
        }
    }

    /// Closes connections.
    public func close() async { await http.close() }

    private func body(_ spans: [TraceSpan]) -> [UInt8] {
        var writer = JSONWriter(capacity: spans.count * 512)
        writer.beginArray()
        for span in spans { write(span, to: &writer) }
        writer.endArray()
        return writer.bytes
    }

    private func write(_ span: TraceSpan, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("traceId")
        writer.string(span.traceID.hexadecimal)
        writer.name("id")
        writer.string(span.spanID.hexadecimal)
        if let parent = span.parentSpanID {
            writer.name("parentId")
            writer.string(parent.hexadecimal)
        }
        writer.name("name")
        writer.string(span.name)
        switch SpanKind(rawValue: span.kind) {
        case .server:
            writer.name("kind")
            writer.string("SERVER")
        case .client:
            writer.name("kind")
            writer.string("CLIENT")
        case .internal, nil: break
        }
        writer.name("timestamp")
        writer.integer(span.startTimeUnixNano / 1_000)
        // Zero would be "not known".
        writer.name("duration")
        writer.integer(max(1, (span.endTimeUnixNano - min(span.startTimeUnixNano, span.endTimeUnixNano)) / 1_000))
        writer.name("localEndpoint")
        writer.beginObject()
        writer.name("serviceName")
        writer.string(resource.serviceName)
        writer.endObject()
        if !span.events.isEmpty {
            writer.name("annotations")
            writer.beginArray()
            for event in span.events {
                writer.beginObject()
                writer.name("timestamp")
                writer.integer(event.timeUnixNano / 1_000)
                writer.name("value")
                writer.string(event.name)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.name("tags")
        writer.beginObject()
        for attribute in span.attributes {
            writer.name(attribute.key)
            writer.string(attribute.value.text)
        }
        // Zipkin has no links; what a caller's own trace is would be lost.
        for (index, link) in span.links.enumerated() {
            writer.name("link.\(index).trace_id")
            writer.string(link.traceID.hexadecimal)
            writer.name("link.\(index).span_id")
            writer.string(link.spanID.hexadecimal)
        }
        if let status = span.status, status.code == 2 {
            writer.name("otel.status_code")
            writer.string("ERROR")
            writer.name("error")
            writer.string(status.message)
        }
        writer.name("otel.scope.name")
        writer.string("palisade")
        writer.name("otel.scope.version")
        writer.string(resource.version)
        writer.endObject()
        writer.endObject()
    }
}

extension AttributeValue {
    /// For wire formats whose tags are text.
    var text: String {
        switch self {
        case .empty: ""
        case .string(let text): text
        case .bool(let bool): String(bool)
        case .integer(let integer): String(integer)
        case .double(let double): String(double)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .keyValueList(let list): "{" + list.map { "\($0.key)=\($0.value.text)" }.joined(separator: ",") + "}"
        case .bytes(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: " ")
        }
    }
}
