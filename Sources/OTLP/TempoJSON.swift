import JSON

extension ResourceSpans {
    /// The resource spans as Tempo's trace-by-id API answers with them: in
    /// [Protobuf's JSON](https://protobuf.dev/programming-guides/json/), that is with identifiers in base64, names of
    /// enumerations, and without fields that have their type's zero.
    public func tempoJSON() -> [UInt8] {
        var writer = TempoWriter()
        writer.write(self)
        return writer.bytes
    }
}

/// Writes trace data as Tempo does.
struct TempoWriter {
    private var writer = JSONWriter()

    var bytes: [UInt8] { writer.bytes }

    mutating func write(_ value: ResourceSpans) {
        writer.beginObject()
        if let resource = value.resource {
            object("resource") { writer in
                writer.attributes(resource.attributes)
                writer.number("droppedAttributesCount", resource.droppedAttributesCount)
            }
        }
        list("scopeSpans", value.scopeSpans) { $0.write($1) }
        string("schemaUrl", value.schemaURL)
        writer.endObject()
    }

    private mutating func write(_ value: ResourceSpans.ScopeSpans) {
        if let scope = value.scope {
            object("scope") { writer in
                writer.string("name", scope.name)
                writer.string("version", scope.version)
                writer.attributes(scope.attributes)
                writer.number("droppedAttributesCount", scope.droppedAttributesCount)
            }
        }
        list("spans", value.spans) { $0.write($1) }
        string("schemaUrl", value.schemaURL)
    }

    private mutating func write(_ span: TraceSpan) {
        string("traceId", span.traceID.base64)
        string("spanId", span.spanID.base64)
        string("traceState", span.traceState)
        string("parentSpanId", span.parentSpanID?.base64 ?? "")
        number("flags", span.flags)
        string("name", span.name)
        enumeration("kind", span.kind, .spanKind)
        unsigned64("startTimeUnixNano", span.startTimeUnixNano)
        unsigned64("endTimeUnixNano", span.endTimeUnixNano)
        attributes(span.attributes)
        number("droppedAttributesCount", span.droppedAttributesCount)
        list("events", span.events) { writer, event in
            writer.unsigned64("timeUnixNano", event.timeUnixNano)
            writer.string("name", event.name)
            writer.attributes(event.attributes)
            writer.number("droppedAttributesCount", event.droppedAttributesCount)
        }
        number("droppedEventsCount", span.droppedEventsCount)
        list("links", span.links) { writer, link in
            writer.string("traceId", link.traceID.base64)
            writer.string("spanId", link.spanID.base64)
            writer.string("traceState", link.traceState)
            writer.attributes(link.attributes)
            writer.number("droppedAttributesCount", link.droppedAttributesCount)
            writer.number("flags", link.flags)
        }
        number("droppedLinksCount", span.droppedLinksCount)
        if let status = span.status {
            object("status") { writer in
                writer.string("message", status.message)
                writer.enumeration("code", status.code, .statusCode)
            }
        }
    }

    private mutating func attributes(_ attributes: [Attribute]) {
        list("attributes", attributes) { $0.write($1) }
    }

    private mutating func write(_ attribute: Attribute) {
        string("key", attribute.key)
        object("value") { $0.write(attribute.value) }
    }

    /// The members of an object that holds the value: one that is set is written even if it is zero.
    private mutating func write(_ value: AttributeValue) {
        switch value {
        case .empty: break
        case .string(let text):
            writer.name("stringValue")
            writer.string(text)
        case .bool(let bool):
            writer.name("boolValue")
            writer.bool(bool)
        case .integer(let integer):
            writer.name("intValue")
            writer.string(String(integer))
        case .double(let double):
            writer.name("doubleValue")
            if double.isFinite {
                writer.double(double)
            } else {
                writer.string(double.isNaN ? "NaN" : double < 0 ? "-Infinity" : "Infinity")
            }
        case .array(let values):
            object("arrayValue") { writer in writer.list("values", values) { $0.write($1) } }
        case .keyValueList(let attributes):
            object("kvlistValue") { writer in writer.list("values", attributes) { $0.write($1) } }
        case .bytes(let bytes):
            writer.name("bytesValue")
            writer.string(Base64.encode(bytes))
        }
    }

    // MARK: Members, left out where they are zero

    private mutating func object(_ name: String, _ members: (inout TempoWriter) -> Void) {
        writer.name(name)
        writer.beginObject()
        members(&self)
        writer.endObject()
    }

    private mutating func list<Element>(
        _ name: String, _ elements: [Element], _ members: (inout TempoWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        writer.name(name)
        writer.beginArray()
        for element in elements {
            writer.beginObject()
            members(&self, element)
            writer.endObject()
        }
        writer.endArray()
    }

    private mutating func string(_ name: String, _ text: String) {
        guard !text.utf8.isEmpty else { return }
        writer.name(name)
        writer.string(text)
    }

    private mutating func number(_ name: String, _ value: UInt32) {
        guard value != 0 else { return }
        writer.name(name)
        writer.integer(Int(value))
    }

    private mutating func unsigned64(_ name: String, _ value: UInt64) {
        guard value != 0 else { return }
        writer.name(name)
        writer.string(String(value))
    }

    private mutating func enumeration(_ name: String, _ value: Int32, _ type: TraceEnumeration) {
        guard value != 0 else { return }
        writer.name(name)
        if let text = type.name(of: value) {
            writer.string(text)
        } else {
            writer.integer(Int(value))
        }
    }
}
