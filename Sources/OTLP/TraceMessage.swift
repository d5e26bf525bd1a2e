/// The messages that a resource's spans are made of: the one description that JSON and Protobuf are read and written by
/// ([trace.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto),
/// [common.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto)).
enum TraceMessage: Int, Sendable, CaseIterable {
    case resourceSpans, resource, scopeSpans, scope, span, event, link, status
    case keyValue, anyValue, arrayValue, keyValueList

    /// What stands in a field, in JSON and [on the wire](https://protobuf.dev/programming-guides/encoding/).
    enum FieldType: Sendable {
        /// An object.
        case message(TraceMessage)
        /// An array of objects; repeated on the wire.
        case messages(TraceMessage)
        /// An identifier of that many bytes; text in JSON.
        case identifier(byteCount: Int, mayBeEmpty: Bool)
        /// A 64-bit integer, a varint on the wire; a string in JSON, as the next one.
        case signed64
        /// A time in nanoseconds, eight bytes on the wire.
        case fixed64
        /// A name, which stands for its number, or a number; a varint on the wire.
        case enumeration(TraceEnumeration)
        /// Text, the same in all forms of JSON, as all that follow.
        case string
        case bool
        case double
        /// Base64 in JSON.
        case bytes
        /// A varint on the wire.
        case unsigned32
        /// Four bytes on the wire.
        case fixed32
    }

    /// A field that is known.
    struct Field: Sendable {
        /// The name as it is read, UTF-8.
        let name: [UInt8]
        /// The name as it is written: with quotation marks.
        let writtenName: [UInt8]
        /// A bit of its own within the message; an old name of a field shares the field's.
        let bit: UInt32
        /// The number on the wire; 0 for an old name, which only JSON has.
        let number: UInt32
        let type: FieldType
        /// The name without quotation marks.
        let text: String
    }

    /// The message's fields.
    var fields: ArraySlice<Field> { Self.fields[Self.ranges[rawValue]] }

    /// The message's field of that number, if it is known.
    func field(numbered number: UInt32) -> Field? {
        fields.first { $0.number == number && number != 0 }
    }

    /// The place in ``fields`` of the message's field of that name, if it is known.
    func field(named name: some Collection<UInt8>) -> Int? {
        let count = name.count
        return Self.ranges[rawValue].first { index in
            Self.fields[index].name.count == count && Self.fields[index].name.elementsEqual(name)
        }
    }

    /// The fields of all messages.
    static let fields: [Field] = allCases.flatMap { message in
        message.declarations.map { declaration in
            let written = declaration.renamed ?? declaration.name
            let bit = message.declarations.firstIndex { $0.name == written } ?? 0
            return Field(
                name: Array(declaration.name.utf8), writtenName: Array("\"\(written)\"".utf8), bit: 1 << UInt32(bit),
                number: declaration.renamed == nil ? declaration.number : 0, type: declaration.type, text: written)
        }
    }

    /// Where in ``fields`` those of each message are.
    private static let ranges: [Range<Int>] = {
        var start = 0
        return allCases.map { message in
            defer { start += message.declarations.count }
            return start..<start + message.declarations.count
        }
    }()

    private typealias Declaration = (number: UInt32, name: String, renamed: String?, type: FieldType)

    private var declarations: [Declaration] {
        switch self {
        case .resourceSpans:
            [
                (1, "resource", nil, .message(.resource)), (2, "scopeSpans", nil, .messages(.scopeSpans)),
                (3, "schemaUrl", nil, .string),
                // The name until OpenTelemetry 0.16, which Tempo gave until 1.5.
                (0, "instrumentationLibrarySpans", "scopeSpans", .messages(.scopeSpans)),
            ]
        case .resource:
            [(1, "attributes", nil, .messages(.keyValue)), (2, "droppedAttributesCount", nil, .unsigned32)]
        case .scopeSpans:
            [
                (1, "scope", nil, .message(.scope)), (2, "spans", nil, .messages(.span)),
                (3, "schemaUrl", nil, .string), (0, "instrumentationLibrary", "scope", .message(.scope)),
            ]
        case .scope:
            [
                (1, "name", nil, .string), (2, "version", nil, .string),
                (3, "attributes", nil, .messages(.keyValue)), (4, "droppedAttributesCount", nil, .unsigned32),
            ]
        case .span:
            [
                (1, "traceId", nil, .identifier(byteCount: 16, mayBeEmpty: false)),
                (2, "spanId", nil, .identifier(byteCount: 8, mayBeEmpty: false)),
                (3, "traceState", nil, .string),
                // A root span has none, which may be written as an empty one.
                (4, "parentSpanId", nil, .identifier(byteCount: 8, mayBeEmpty: true)),
                (5, "name", nil, .string), (6, "kind", nil, .enumeration(.spanKind)),
                (7, "startTimeUnixNano", nil, .fixed64), (8, "endTimeUnixNano", nil, .fixed64),
                (9, "attributes", nil, .messages(.keyValue)), (10, "droppedAttributesCount", nil, .unsigned32),
                (11, "events", nil, .messages(.event)), (12, "droppedEventsCount", nil, .unsigned32),
                (13, "links", nil, .messages(.link)), (14, "droppedLinksCount", nil, .unsigned32),
                (15, "status", nil, .message(.status)), (16, "flags", nil, .fixed32),
            ]
        case .event:
            [
                (1, "timeUnixNano", nil, .fixed64), (2, "name", nil, .string),
                (3, "attributes", nil, .messages(.keyValue)), (4, "droppedAttributesCount", nil, .unsigned32),
            ]
        case .link:
            [
                (1, "traceId", nil, .identifier(byteCount: 16, mayBeEmpty: false)),
                (2, "spanId", nil, .identifier(byteCount: 8, mayBeEmpty: false)),
                (3, "traceState", nil, .string), (4, "attributes", nil, .messages(.keyValue)),
                (5, "droppedAttributesCount", nil, .unsigned32), (6, "flags", nil, .fixed32),
            ]
        case .status: [(2, "message", nil, .string), (3, "code", nil, .enumeration(.statusCode))]
        case .keyValue: [(1, "key", nil, .string), (2, "value", nil, .message(.anyValue))]
        case .anyValue:
            [
                (1, "stringValue", nil, .string), (2, "boolValue", nil, .bool), (3, "intValue", nil, .signed64),
                (4, "doubleValue", nil, .double), (5, "arrayValue", nil, .message(.arrayValue)),
                (6, "kvlistValue", nil, .message(.keyValueList)), (7, "bytesValue", nil, .bytes),
            ]
        case .arrayValue: [(1, "values", nil, .messages(.anyValue))]
        case .keyValueList: [(1, "values", nil, .messages(.keyValue))]
        }
    }
}
