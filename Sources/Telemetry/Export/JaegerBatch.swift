internal import OTLP

/// Spans as [Jaeger's Thrift](https://github.com/jaegertracing/jaeger-idl/blob/main/thrift/jaeger.thrift) has them.
struct JaegerBatch {
    let resource: SpanResource

    /// A `Batch` in the binary protocol, as the collector takes it by HTTP.
    func binary(_ spans: [TraceSpan]) -> [UInt8] {
        var writer = ThriftWriter(.binary)
        write(spans, to: &writer)
        return writer.bytes
    }

    /// A call of `emitBatch` in the compact protocol, as the agent takes it in a datagram.
    func compactCall(_ spans: [TraceSpan]) -> [UInt8] {
        var writer = ThriftWriter(.compact)
        writer.beginOneWay("emitBatch")
        writer.structure { writer in writer.field(1, structure: { batch(spans, &$0) }) }
        return writer.bytes
    }

    private func write(_ spans: [TraceSpan], to writer: inout ThriftWriter) {
        writer.structure { batch(spans, &$0) }
    }

    private func batch(_ spans: [TraceSpan], _ writer: inout ThriftWriter) {
        writer.field(
            1,
            structure: { process in
                process.field(1, string: resource.serviceName)
                let others = resource.attributes.filter { $0.key != "service.name" }
                process.field(2, list: others) { Self.tag($1, &$0) }
            })
        writer.field(2, list: spans) { Self.span($1, &$0) }
    }

    private static func span(_ span: TraceSpan, _ writer: inout ThriftWriter) {
        writer.field(1, int64: Int64(truncatingIfNeeded: span.traceID.value))
        writer.field(2, int64: Int64(truncatingIfNeeded: span.traceID.value >> 64))
        writer.field(3, int64: Int64(bitPattern: span.spanID.value))
        writer.field(4, int64: Int64(bitPattern: span.parentSpanID?.value ?? 0))
        writer.field(5, string: span.name)
        if !span.links.isEmpty {
            writer.field(6, list: span.links) { writer, link in
                writer.field(1, int32: 1)
                writer.field(2, int64: Int64(truncatingIfNeeded: link.traceID.value))
                writer.field(3, int64: Int64(truncatingIfNeeded: link.traceID.value >> 64))
                writer.field(4, int64: Int64(bitPattern: link.spanID.value))
            }
        }
        writer.field(7, int32: 1)
        writer.field(8, int64: Int64(clamping: span.startTimeUnixNano / 1_000))
        let nanoseconds = span.endTimeUnixNano - min(span.startTimeUnixNano, span.endTimeUnixNano)
        writer.field(9, int64: Int64(clamping: nanoseconds / 1_000))
        writer.field(10, list: tags(of: span)) { tag($1, &$0) }
        if !span.events.isEmpty {
            writer.field(11, list: span.events) { writer, event in
                writer.field(1, int64: Int64(clamping: event.timeUnixNano / 1_000))
                writer.field(2, list: [Attribute("event", event.name)] + event.attributes) { tag($1, &$0) }
            }
        }
    }

    /// What the format has no field for is a tag
    /// ([mapping](https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/)).
    private static func tags(of span: TraceSpan) -> [Attribute] {
        var tags = span.attributes
        switch SpanKind(rawValue: span.kind) {
        case .server: tags.append(Attribute("span.kind", "server"))
        case .client: tags.append(Attribute("span.kind", "client"))
        case .internal, nil: break
        }
        if let status = span.status, status.code == 2 {
            tags.append(Attribute(key: "error", value: .bool(true)))
            tags.append(Attribute("otel.status_code", "ERROR"))
            if !status.message.isEmpty { tags.append(Attribute("otel.status_description", status.message)) }
        }
        tags.append(Attribute("otel.scope.name", "palisade"))
        return tags
    }

    private static func tag(_ attribute: Attribute, _ writer: inout ThriftWriter) {
        writer.field(1, string: attribute.key)
        switch attribute.value {
        case .double(let value):
            writer.field(2, int32: 1)
            writer.field(4, double: value)
        case .bool(let value):
            writer.field(2, int32: 2)
            writer.field(5, bool: value)
        case .integer(let value):
            writer.field(2, int32: 3)
            writer.field(6, int64: value)
        case .empty, .string, .array, .keyValueList, .bytes:
            writer.field(2, int32: 0)
            writer.field(3, string: attribute.value.text)
        }
    }
}
