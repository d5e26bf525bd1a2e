import JSON

extension ExportTraceRequest {
    /// The request's body in [Protobuf](https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding), a message
    /// `ExportTraceServiceRequest`. Fields that have their type's zero are left out.
    public func protobuf() -> [UInt8] {
        var writer = ProtobufWriter()
        for spans in resourceSpans { writer.bytes(1, spans.message()) }
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
    fileprivate func message() -> [UInt8] {
        var writer = ProtobufWriter()
        if let resource {
            var inner = ProtobufWriter()
            inner.attributes(1, resource.attributes)
            inner.count(2, resource.droppedAttributesCount)
            writer.bytes(1, inner.bytes)
        }
        for spans in scopeSpans { writer.bytes(2, spans.message()) }
        writer.text(3, schemaURL)
        return writer.bytes
    }
}

extension ResourceSpans.ScopeSpans {
    fileprivate func message() -> [UInt8] {
        var writer = ProtobufWriter()
        if let scope {
            var inner = ProtobufWriter()
            inner.text(1, scope.name)
            inner.text(2, scope.version)
            inner.attributes(3, scope.attributes)
            inner.count(4, scope.droppedAttributesCount)
            writer.bytes(1, inner.bytes)
        }
        for span in spans { writer.bytes(2, span.message()) }
        writer.text(3, schemaURL)
        return writer.bytes
    }
}

extension TraceSpan {
    fileprivate func message() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.identifier(1, traceID.value, byteCount: 16)
        writer.identifier(2, UInt128(spanID.value), byteCount: 8)
        writer.text(3, traceState)
        if let parentSpanID { writer.identifier(4, UInt128(parentSpanID.value), byteCount: 8) }
        writer.text(5, name)
        if kind != 0 { writer.varint(6, UInt64(bitPattern: Int64(kind))) }
        if startTimeUnixNano != 0 { writer.fixed64(7, startTimeUnixNano) }
        if endTimeUnixNano != 0 { writer.fixed64(8, endTimeUnixNano) }
        writer.attributes(9, attributes)
        writer.count(10, droppedAttributesCount)
        for event in events {
            var inner = ProtobufWriter()
            if event.timeUnixNano != 0 { inner.fixed64(1, event.timeUnixNano) }
            inner.text(2, event.name)
            inner.attributes(3, event.attributes)
            inner.count(4, event.droppedAttributesCount)
            writer.bytes(11, inner.bytes)
        }
        writer.count(12, droppedEventsCount)
        for link in links {
            var inner = ProtobufWriter()
            inner.identifier(1, link.traceID.value, byteCount: 16)
            inner.identifier(2, UInt128(link.spanID.value), byteCount: 8)
            inner.text(3, link.traceState)
            inner.attributes(4, link.attributes)
            inner.count(5, link.droppedAttributesCount)
            if link.flags != 0 { inner.fixed32(6, link.flags) }
            writer.bytes(13, inner.bytes)
        }
        writer.count(14, droppedLinksCount)
        if let status {
            var inner = ProtobufWriter()
            inner.text(2, status.message)
            if status.code != 0 { inner.varint(3, UInt64(bitPattern: Int64(status.code))) }
            writer.bytes(15, inner.bytes)
        }
        if flags != 0 { writer.fixed32(16, flags) }
        return writer.bytes
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
            guard case .string(let value) = attribute.value, !attribute.key.utf8.isEmpty else {
                bytes(number, Self.message(attribute))
                continue
            }
            // Most are text: their sizes are known beforehand, and nothing has to be written elsewhere first.
            let valueSize = Self.size(ofFieldWith: value.utf8.count)
            let size = Self.size(ofFieldWith: attribute.key.utf8.count) + Self.size(ofFieldWith: valueSize)
            begin(number, byteCount: size)
            bytes(1, attribute.key.utf8)
            begin(2, byteCount: valueSize)
            bytes(1, value.utf8)
        }
    }

    private static func message(_ attribute: Attribute) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.text(1, attribute.key)
        writer.bytes(2, message(attribute.value))
        return writer.bytes
    }

    private static func message(_ value: AttributeValue) -> [UInt8] {
        var writer = ProtobufWriter()
        switch value {
        case .empty: break
        case .string(let text): writer.bytes(1, text.utf8)
        case .bool(let bool): writer.varint(2, bool ? 1 : 0)
        case .integer(let integer): writer.varint(3, UInt64(bitPattern: integer))
        case .double(let double): writer.fixed64(4, double.bitPattern)
        case .array(let values):
            var inner = ProtobufWriter()
            for value in values { inner.bytes(1, message(value)) }
            writer.bytes(5, inner.bytes)
        case .keyValueList(let attributes):
            var inner = ProtobufWriter()
            inner.attributes(1, attributes)
            writer.bytes(6, inner.bytes)
        case .bytes(let bytes): writer.bytes(7, bytes)
        }
        return writer.bytes
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
