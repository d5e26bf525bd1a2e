/// The messages that a resource's spans are made of, as far as their fields need care in JSON
/// ([trace.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto),
/// [common.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto)).
enum TraceMessage: Int, Sendable, CaseIterable {
    case resourceSpans, resource, scopeSpans, scope, span, event, link, status
    case keyValue, anyValue, arrayValue, keyValueList

    /// What stands in a field.
    enum FieldType: Sendable {
        /// An object.
        case message(TraceMessage)
        /// An array of objects.
        case messages(TraceMessage)
        /// An identifier of that many bytes.
        case identifier(byteCount: Int, mayBeEmpty: Bool)
        /// A 64-bit integer.
        case signed64, unsigned64
        /// A name, which stands for its number, or a number.
        case enumeration(TraceEnumeration)
        /// Whatever it is, both forms have it alike.
        case verbatim
    }

    /// A field that is known.
    struct Field: Sendable {
        /// The name as it is read, UTF-8.
        let name: [UInt8]
        /// The name as it is written: with quotation marks.
        let writtenName: [UInt8]
        /// A bit of its own within the message; an old name of a field shares the field's.
        let bit: UInt32
        let type: FieldType
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
                type: declaration.type)
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

    private typealias Declaration = (name: String, renamed: String?, type: FieldType)

    private var declarations: [Declaration] {
        switch self {
        case .resourceSpans:
            [
                ("resource", nil, .message(.resource)), ("scopeSpans", nil, .messages(.scopeSpans)),
                ("schemaUrl", nil, .verbatim),
                // The name until OpenTelemetry 0.16, which Tempo gave until 1.5.
                ("instrumentationLibrarySpans", "scopeSpans", .messages(.scopeSpans)),
            ]
        case .resource: [("attributes", nil, .messages(.keyValue))]
        case .scopeSpans:
            [
                ("scope", nil, .message(.scope)), ("spans", nil, .messages(.span)), ("schemaUrl", nil, .verbatim),
                ("instrumentationLibrary", "scope", .message(.scope)),
            ]
        case .scope: [("attributes", nil, .messages(.keyValue))]
        case .span:
            [
                ("traceId", nil, .identifier(byteCount: 16, mayBeEmpty: false)),
                ("spanId", nil, .identifier(byteCount: 8, mayBeEmpty: false)),
                // A root span has none, which may be written as an empty one.
                ("parentSpanId", nil, .identifier(byteCount: 8, mayBeEmpty: true)),
                ("name", nil, .verbatim), ("kind", nil, .enumeration(.spanKind)),
                ("startTimeUnixNano", nil, .unsigned64), ("endTimeUnixNano", nil, .unsigned64),
                ("attributes", nil, .messages(.keyValue)), ("events", nil, .messages(.event)),
                ("links", nil, .messages(.link)), ("status", nil, .message(.status)),
            ]
        case .event: [("timeUnixNano", nil, .unsigned64), ("attributes", nil, .messages(.keyValue))]
        case .link:
            [
                ("traceId", nil, .identifier(byteCount: 16, mayBeEmpty: false)),
                ("spanId", nil, .identifier(byteCount: 8, mayBeEmpty: false)),
                ("attributes", nil, .messages(.keyValue)),
            ]
        case .status: [("code", nil, .enumeration(.statusCode))]
        case .keyValue: [("key", nil, .verbatim), ("value", nil, .message(.anyValue))]
        case .anyValue:
            [
                ("stringValue", nil, .verbatim), ("intValue", nil, .signed64),
                ("arrayValue", nil, .message(.arrayValue)), ("kvlistValue", nil, .message(.keyValueList)),
            ]
        case .arrayValue: [("values", nil, .messages(.anyValue))]
        case .keyValueList: [("values", nil, .messages(.keyValue))]
        }
    }
}
