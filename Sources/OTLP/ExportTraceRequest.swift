public import JSON

/// A request to take in spans, as
/// [OTLP/HTTP in JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding) has it.
public struct ExportTraceRequest: Sendable, Equatable {
    /// The spans by what they come from.
    public var resourceSpans: [ResourceSpans]

    /// A request from its parts.
    public init(resourceSpans: [ResourceSpans]) {
        self.resourceSpans = resourceSpans
    }

    /// Reads a request's body. Fields that are not known are passed over, as OTLP demands; 64-bit integers may be strings
    /// or numbers, enumerations numbers or names, and null is a field that is not there.
    ///
    /// - Throws: ``OTLPError`` for the first offending place.
    public init(json: [UInt8], limits: JSONLimits = JSONLimits()) throws(OTLPError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(json, limits: limits)
        } catch {
            throw OTLPError(malformed: error)
        }
        let request = try OTLPObject(value, at: "")
        resourceSpans = try request.list("resourceSpans", ResourceSpans.init(reading:))
    }

    /// Reads a request's body in [Protobuf](https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding),
    /// `ExportTraceServiceRequest`. Fields that are not known are passed over.
    ///
    /// - Throws: ``OTLPError`` or ``ProtobufError`` for the first offending place.
    public init(protobuf: [UInt8]) throws {
        var writer = JSONWriter(capacity: protobuf.count * 3)
        writer.beginObject()
        writer.name("resourceSpans")
        writer.beginArray()
        var reader = ProtobufReader(protobuf[...])
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            guard case .bytes(let bytes) = field.value else {
                throw ProtobufError("the field resourceSpans has another type", at: field.offset)
            }
            try TraceMessage.resourceSpans.writeJSON(bytes, to: &writer)
        }
        writer.endArray()
        writer.endObject()
        try self.init(json: writer.bytes, limits: JSONLimits(bytes: .max, members: .max))
    }
}

extension ResourceSpans {
    init(reading object: OTLPObject) throws(OTLPError) {
        resource = try object.object("resource").map(Resource.init(reading:))
        scopeSpans = try object.list("scopeSpans", ScopeSpans.init(reading:))
        schemaURL = try object.string("schemaUrl")
    }
}

extension ResourceSpans.Resource {
    init(reading object: OTLPObject) throws(OTLPError) {
        attributes = try object.list("attributes", Attribute.init(reading:))
        droppedAttributesCount = try object.unsigned32("droppedAttributesCount")
    }
}

extension ResourceSpans.ScopeSpans {
    init(reading object: OTLPObject) throws(OTLPError) {
        scope = try object.object("scope").map(ResourceSpans.Scope.init(reading:))
        spans = try object.list("spans", TraceSpan.init(reading:))
        schemaURL = try object.string("schemaUrl")
    }
}

extension ResourceSpans.Scope {
    init(reading object: OTLPObject) throws(OTLPError) {
        name = try object.string("name")
        version = try object.string("version")
        attributes = try object.list("attributes", Attribute.init(reading:))
        droppedAttributesCount = try object.unsigned32("droppedAttributesCount")
    }
}

extension TraceSpan {
    init(reading object: OTLPObject) throws(OTLPError) {
        traceID = try object.traceID("traceId")
        spanID = try object.spanID("spanId")
        traceState = try object.string("traceState")
        parentSpanID = try object.optionalSpanID("parentSpanId")
        flags = try object.unsigned32("flags")
        name = try object.string("name")
        kind = try object.enumeration("kind", .spanKind)
        startTimeUnixNano = try object.unsigned64("startTimeUnixNano")
        endTimeUnixNano = try object.unsigned64("endTimeUnixNano")
        attributes = try object.list("attributes", Attribute.init(reading:))
        droppedAttributesCount = try object.unsigned32("droppedAttributesCount")
        events = try object.list("events", Event.init(reading:))
        droppedEventsCount = try object.unsigned32("droppedEventsCount")
        links = try object.list("links", Link.init(reading:))
        droppedLinksCount = try object.unsigned32("droppedLinksCount")
        status = try object.object("status").map(Status.init(reading:))
    }
}

extension TraceSpan.Event {
    init(reading object: OTLPObject) throws(OTLPError) {
        timeUnixNano = try object.unsigned64("timeUnixNano")
        name = try object.string("name")
        attributes = try object.list("attributes", Attribute.init(reading:))
        droppedAttributesCount = try object.unsigned32("droppedAttributesCount")
    }
}

extension TraceSpan.Link {
    init(reading object: OTLPObject) throws(OTLPError) {
        traceID = try object.traceID("traceId")
        spanID = try object.spanID("spanId")
        traceState = try object.string("traceState")
        attributes = try object.list("attributes", Attribute.init(reading:))
        droppedAttributesCount = try object.unsigned32("droppedAttributesCount")
        flags = try object.unsigned32("flags")
    }
}

extension TraceSpan.Status {
    init(reading object: OTLPObject) throws(OTLPError) {
        message = try object.string("message")
        code = try object.enumeration("code", .statusCode)
    }
}

extension Attribute {
    init(reading object: OTLPObject) throws(OTLPError) {
        key = try object.string("key")
        value = try object.object("value").map(AttributeValue.init(reading:)) ?? .empty
    }
}

extension AttributeValue {
    init(reading object: OTLPObject) throws(OTLPError) {
        let names = ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue"]
        let present = names.filter(object.has)
        guard present.count <= 1 else { throw object.error("has more than one value") }
        self =
            switch present.first {
            case "stringValue": .string(try object.string("stringValue"))
            case "boolValue": .bool(try object.bool("boolValue"))
            case "intValue": .integer(try object.signed64("intValue"))
            case "doubleValue": .double(try object.double("doubleValue"))
            case "arrayValue":
                .array(try object.object("arrayValue")?.list("values", AttributeValue.init(reading:)) ?? [])
            case "kvlistValue":
                .keyValueList(try object.object("kvlistValue")?.list("values", Attribute.init(reading:)) ?? [])
            case "bytesValue": .bytes(try object.bytes("bytesValue"))
            default: .empty
            }
    }
}
