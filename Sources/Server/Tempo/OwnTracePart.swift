import OTLP

/// What is said of a whole trace in answers to searches, as a function of the caller's own spans in it alone.
struct OwnTracePart {
    /// The service of the own root span; as Tempo has it, a remark where there is none.
    private(set) var rootService = "<root span not yet received>"
    /// The name of the own root span; empty where there is none.
    private(set) var rootName = ""
    /// When the first own span began, in nanoseconds since 1970.
    private(set) var start = UInt64.max
    private(set) var end: UInt64 = 0
    /// How many own spans each service has, and how many of them failed; in the order of their first spans.
    private(set) var services: [(name: String, spans: Int, errors: Int)] = []
    /// The own spans.
    private(set) var spanIDs: Set<SpanID> = []

    /// The part that `resourceSpans`, all of them own, make.
    init(_ resourceSpans: [ResourceSpans]) {
        var hasRoot = false
        for element in resourceSpans {
            let service = element.resource.map(Self.serviceName) ?? ""
            for span in element.scopeSpans.flatMap(\.spans) {
                spanIDs.insert(span.spanID)
                start = min(start, span.startTimeUnixNano)
                end = max(end, span.endTimeUnixNano)
                count(span, of: service)
                if span.parentSpanID == nil, !hasRoot {
                    hasRoot = true
                    rootName = span.name
                    if !service.isEmpty { rootService = service }
                }
            }
        }
    }

    /// From the first span's start to the last one's end, in milliseconds.
    var durationMilliseconds: UInt64 { end > start ? (end - start) / 1_000_000 : 0 }

    /// From the first own span's start to the last one's end, in nanoseconds since 1970.
    var time: ClosedRange<UInt64> { start...max(start, end) }

    private mutating func count(_ span: TraceSpan, of service: String) {
        // 2 is STATUS_CODE_ERROR.
        let errors = span.status?.code == 2 ? 1 : 0
        if let place = services.firstIndex(where: { $0.name.utf8.elementsEqual(service.utf8) }) {
            services[place].spans += 1
            services[place].errors += errors
        } else {
            services.append((service, 1, errors))
        }
    }

    private static func serviceName(_ resource: ResourceSpans.Resource) -> String {
        for attribute in resource.attributes where attribute.key.utf8.elementsEqual("service.name".utf8) {
            if case .string(let name) = attribute.value { return name }
        }
        return ""
    }
}
