import JSON

extension ExportTraceRequest {
    /// The request's body in [Protobuf](https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding), a message
    /// `ExportTraceServiceRequest`. Fields that have their type's zero are left out.
    public func protobuf() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(resourceSpans.reduce(64) { $0 + $1.scopeSpans.reduce(256) { $0 + 512 * $1.spans.count } })
        for spans in resourceSpans { writer.message(1, spans.write) }
        return writer.bytes
    }

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

// MARK: Protobuf

extension ResourceSpans {
    fileprivate func write(to writer: inout ProtobufWriter) {
        if let resource {
            writer.message(1) { writer in
                writer.attributes(1, resource.attributes)
                writer.count(2, resource.droppedAttributesCount)
            }
        }
        for spans in scopeSpans { writer.message(2, spans.write) }
        writer.text(3, schemaURL)
    }
}

extension ResourceSpans.ScopeSpans {
    fileprivate func write(to writer: inout ProtobufWriter) {
        if let scope {
            writer.message(1) { writer in
                writer.text(1, scope.name)
                writer.text(2, scope.version)
                writer.attributes(3, scope.attributes)
                writer.count(4, scope.droppedAttributesCount)
            }
        }
        for span in spans { writer.message(2, span.write) }
        writer.text(3, schemaURL)
    }
}

extension TraceSpan {
    fileprivate func write(to writer: inout ProtobufWriter) {
        writer.identifier(1, traceID)
        writer.identifier(2, spanID)
        writer.text(3, traceState)
        if let parentSpanID { writer.identifier(4, parentSpanID) }
        writer.text(5, name)
        if kind != 0 { writer.varint(6, UInt64(bitPattern: Int64(kind))) }
        if startTimeUnixNano != 0 { writer.fixed64(7, startTimeUnixNano) }
        if endTimeUnixNano != 0 { writer.fixed64(8, endTimeUnixNano) }
        writer.attributes(9, attributes)
        writer.count(10, droppedAttributesCount)
        for event in events { writer.message(11, event.write) }
        writer.count(12, droppedEventsCount)
        for link in links { writer.message(13, link.write) }
        writer.count(14, droppedLinksCount)
        if let status {
            writer.message(15) { writer in
                writer.text(2, status.message)
                if status.code != 0 { writer.varint(3, UInt64(bitPattern: Int64(status.code))) }
            }
        }
        if flags != 0 { writer.fixed32(16, flags) }
    }
}

extension TraceSpan.Event {
    fileprivate func write(to writer: inout ProtobufWriter) {
        if timeUnixNano != 0 { writer.fixed64(1, timeUnixNano) }
        writer.text(2, name)
        writer.attributes(3, attributes)
        writer.count(4, droppedAttributesCount)
    }
}

extension TraceSpan.Link {
    fileprivate func write(to writer: inout ProtobufWriter) {
        writer.identifier(1, traceID)
        writer.identifier(2, spanID)
        writer.text(3, traceState)
        writer.attributes(4, attributes)
        writer.count(5, droppedAttributesCount)
        if flags != 0 { writer.fixed32(6, flags) }
    }
}

extension ProtobufWriter {
    fileprivate mutating func text(_ number: UInt32, _ text: String) {
        if !text.utf8.isEmpty { bytes(number, text.utf8) }
    }

    fileprivate mutating func count(_ number: UInt32, _ count: UInt32) {
        if count != 0 { varint(number, UInt64(count)) }
    }

    fileprivate mutating func attributes(_ number: UInt32, _ attributes: [Attribute]) {
        for attribute in attributes {
            message(number) { writer in
                writer.text(1, attribute.key)
                writer.message(2) { $0.value(attribute.value) }
            }
        }
    }

    private mutating func value(_ value: AttributeValue) {
        switch value {
        case .empty: break
        case .string(let text): bytes(1, text.utf8)
        case .bool(let bool): varint(2, bool ? 1 : 0)
        case .integer(let integer): varint(3, UInt64(bitPattern: integer))
        case .double(let double): fixed64(4, double.bitPattern)
        case .array(let values):
            message(5) { writer in
                for value in values { writer.message(1) { $0.value(value) } }
            }
        case .keyValueList(let attributes): message(6) { $0.attributes(1, attributes) }
        case .bytes(let content): bytes(7, content)
        }
    }
}

// MARK: JSON

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
