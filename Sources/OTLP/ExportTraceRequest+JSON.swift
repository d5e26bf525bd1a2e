import JSON

extension ExportTraceRequest {
    /// The request's body in [JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): identifiers in
    /// hexadecimal, enumerations as numbers, 64-bit integers as text.
    public func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.beginObject()
        writer.list("resourceSpans", resourceSpans) { $0.members(of: $1) }
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func list<Element>(
        _ name: String, _ elements: [Element], _ members: (inout JSONWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            members(&self, element)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func members(of spans: ResourceSpans) {
        if let resource = spans.resource {
            name("resource")
            beginObject()
            attributes(resource.attributes)
            count("droppedAttributesCount", resource.droppedAttributesCount)
            endObject()
        }
        list("scopeSpans", spans.scopeSpans) { $0.members(of: $1) }
        text("schemaUrl", spans.schemaURL)
    }

    private mutating func members(of spans: ResourceSpans.ScopeSpans) {
        if let scope = spans.scope {
            name("scope")
            beginObject()
            text("name", scope.name)
            text("version", scope.version)
            attributes(scope.attributes)
            count("droppedAttributesCount", scope.droppedAttributesCount)
            endObject()
        }
        list("spans", spans.spans) { $0.members(of: $1) }
        text("schemaUrl", spans.schemaURL)
    }

    private mutating func members(of span: TraceSpan) {
        text("traceId", span.traceID.hexadecimal)
        text("spanId", span.spanID.hexadecimal)
        text("traceState", span.traceState)
        text("parentSpanId", span.parentSpanID?.hexadecimal ?? "")
        count("flags", span.flags)
        text("name", span.name)
        number("kind", span.kind)
        time("startTimeUnixNano", span.startTimeUnixNano)
        time("endTimeUnixNano", span.endTimeUnixNano)
        attributes(span.attributes)
        count("droppedAttributesCount", span.droppedAttributesCount)
        list("events", span.events) { writer, event in
            writer.time("timeUnixNano", event.timeUnixNano)
            writer.text("name", event.name)
            writer.attributes(event.attributes)
            writer.count("droppedAttributesCount", event.droppedAttributesCount)
        }
        count("droppedEventsCount", span.droppedEventsCount)
        list("links", span.links) { writer, link in
            writer.text("traceId", link.traceID.hexadecimal)
            writer.text("spanId", link.spanID.hexadecimal)
            writer.text("traceState", link.traceState)
            writer.attributes(link.attributes)
            writer.count("droppedAttributesCount", link.droppedAttributesCount)
            writer.count("flags", link.flags)
        }
        count("droppedLinksCount", span.droppedLinksCount)
        if let status = span.status {
            name("status")
            beginObject()
            text("message", status.message)
            number("code", status.code)
            endObject()
        }
    }

    private mutating func attributes(_ attributes: [Attribute]) {
        list("attributes", attributes) { $0.members(of: $1) }
    }

    private mutating func members(of attribute: Attribute) {
        text("key", attribute.key)
        name("value")
        beginObject()
        member(for: attribute.value)
        endObject()
    }

    private mutating func member(for value: AttributeValue) {
        switch value {
        case .empty: break
        case .string(let text):
            name("stringValue")
            string(text)
        case .bool(let value):
            name("boolValue")
            bool(value)
        case .integer(let integer):
            name("intValue")
            string(String(integer))
        case .double(let value):
            name("doubleValue")
            if value.isFinite {
                double(value)
            } else {
                string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
            }
        case .array(let values):
            name("arrayValue")
            beginObject()
            list("values", values) { $0.member(for: $1) }
            endObject()
        case .keyValueList(let attributes):
            name("kvlistValue")
            beginObject()
            list("values", attributes) { $0.members(of: $1) }
            endObject()
        case .bytes(let bytes):
            name("bytesValue")
            string(Base64.encode(bytes))
        }
    }

    private mutating func text(_ name: String, _ text: String) {
        guard !text.utf8.isEmpty else { return }
        self.name(name)
        string(text)
    }

    private mutating func count(_ name: String, _ count: UInt32) {
        guard count != 0 else { return }
        self.name(name)
        integer(Int(count))
    }

    private mutating func number(_ name: String, _ number: Int32) {
        guard number != 0 else { return }
        self.name(name)
        integer(Int(number))
    }

    private mutating func time(_ name: String, _ nanoseconds: UInt64) {
        guard nanoseconds != 0 else { return }
        self.name(name)
        string(String(nanoseconds))
    }
}
