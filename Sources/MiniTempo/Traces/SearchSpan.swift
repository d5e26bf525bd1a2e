import OTLP
import TraceQLSyntax

/// A span as it is searched.
struct SearchSpan: Sendable {
    /// Its place in its trace.
    var index = 0
    let id: SpanID
    /// 16 hexadecimal digits.
    let idText: String
    let parentID: SpanID?
    let name: [UInt8]
    let kind: TraceQLKind
    let status: TraceQLStatus
    let statusMessage: [UInt8]
    /// In nanoseconds since 1970.
    let start: UInt64
    let end: UInt64
    let attributes: AttributeTable
    let resource: AttributeTable
    let instrumentation: Instrumentation
    let events: [Event]
    let links: [Link]
    let origin: Origin

    /// How many spans of the trace name it as their parent.
    var childCount: Int64 = 0
    /// The parent's place in the trace, if it has come.
    var parentIndex: Int?

    /// Where it stands in what the trace was made of.
    struct Origin: Sendable, Hashable {
        let resource: Int
        let scope: Int
        let span: Int
    }

    /// What made the span.
    struct Instrumentation: Sendable {
        let name: [UInt8]
        let version: [UInt8]
        let attributes: AttributeTable

        init(_ scope: ResourceSpans.Scope?) {
            name = Array((scope?.name ?? "").utf8)
            version = Array((scope?.version ?? "").utf8)
            attributes = AttributeTable(scope?.attributes ?? [])
        }
    }

    /// Something that happened within the span.
    struct Event: Sendable {
        let name: [UInt8]
        /// In nanoseconds.
        let timeSinceStart: Int64
        let attributes: AttributeTable
    }

    /// A reference to another span.
    struct Link: Sendable {
        /// Hexadecimal without leading zeros, as Tempo has it.
        let traceID: String
        let spanID: String
        let attributes: AttributeTable
    }

    init(_ span: TraceSpan, resource: AttributeTable, instrumentation: Instrumentation, origin: Origin) {
        self.origin = origin
        id = span.spanID
        idText = span.spanID.hexadecimal
        parentID = span.parentSpanID
        name = Array(span.name.utf8)
        kind = Self.kinds.indices.contains(Int(span.kind)) ? Self.kinds[Int(span.kind)] : .unspecified
        status =
            switch span.status?.code {
            case 1: .ok
            case 2: .error
            default: .unset
            }
        statusMessage = Array((span.status?.message ?? "").utf8)
        start = span.startTimeUnixNano
        end = max(span.startTimeUnixNano, span.endTimeUnixNano)
        attributes = AttributeTable(span.attributes)
        self.resource = resource
        self.instrumentation = instrumentation
        events = span.events.map { event in
            Event(
                name: Array(event.name.utf8),
                timeSinceStart: Int64(clamping: event.timeUnixNano) - Int64(clamping: span.startTimeUnixNano),
                attributes: AttributeTable(event.attributes))
        }
        links = span.links.map { link in
            Link(
                traceID: SearchTrace.withoutZeros(link.traceID.hexadecimal), spanID: link.spanID.hexadecimal,
                attributes: AttributeTable(link.attributes))
        }
    }

    private static let kinds: [TraceQLKind] = [.unspecified, .internal, .server, .client, .producer, .consumer]

    /// In nanoseconds.
    var duration: Int64 { Int64(clamping: end - start) }

    /// The resource's `service.name`, if it is a text.
    var serviceName: [UInt8]? {
        if case .string(let name) = resource[Array("service.name".utf8)] { name } else { nil }
    }

    /// An attribute; without a scope the span's goes before the resource's.
    func value(_ scope: TraceQLScope, _ name: [UInt8]) -> Value {
        switch scope {
        case .none: attributes[name] == .nothing ? resource[name] : attributes[name]
        case .span: attributes[name]
        case .resource: resource[name]
        case .event: .collected(events.flatMap { $0.attributes[name].elements })
        case .link: .collected(links.flatMap { $0.attributes[name].elements })
        case .instrumentation: instrumentation.attributes[name]
        }
    }
}

/// Attributes by their names, as bytes. Values of a name that is there twice count as an array.
struct AttributeTable: Sendable {
    private let values: [[UInt8]: Value]

    init(_ attributes: [Attribute]) {
        var values: [[UInt8]: Value] = [:]
        for attribute in attributes {
            let value = Value(attribute.value)
            guard value != .nothing else { continue }
            let key = Array(attribute.key.utf8)
            if let first = values[key] {
                let both = Value.joined(first.elements + value.elements)
                values[key] = both == .nothing ? first : both
            } else {
                values[key] = value
            }
        }
        self.values = values
    }

    subscript(name: [UInt8]) -> Value { values[name] ?? .nothing }

    /// The names of all, in no order.
    var names: some Collection<[UInt8]> { values.keys }
}
