import OTLP
import TraceQLSyntax

/// A trace as it is searched: every span with what can be asked of it.
final class SearchTrace: Sendable {
    let traceID: TraceID
    /// 32 hexadecimal digits.
    let traceIDDigits: String
    /// As Tempo shows the id in searches: without leading zeros.
    let traceIDText: String
    /// By their start, those that start together by their ids.
    let spans: [SearchSpan]
    /// The places of the spans in the tree, in the same order.
    let nestedSet: [NestedSet]
    /// When the first span began, in nanoseconds since 1970.
    let start: UInt64
    /// When the last span ended.
    let end: UInt64
    /// The span without a parent; nil if it has not come.
    let root: SearchSpan?
    /// For each service how many spans it has, and how many failed; by the services' names.
    let services: [ServiceStatistics]

    /// Of one service within a trace.
    struct ServiceStatistics: Sendable, Equatable {
        let name: [UInt8]
        var spanCount = 0
        var errorCount = 0
    }

    init(traceID: TraceID, _ resourceSpans: [ResourceSpans]) {
        self.traceID = traceID
        traceIDDigits = traceID.hexadecimal
        traceIDText = Self.withoutZeros(traceIDDigits)
        var spans = Self.spans(of: resourceSpans)
        nestedSet = NestedSet.number(&spans)
        start = spans.map(\.start).min() ?? 0
        end = spans.map(\.end).max() ?? 0
        root = spans.first { $0.parentID == nil }
        services = Self.statistics(spans)
        self.spans = spans
    }

    /// How long it took, in nanoseconds.
    var duration: Int64 { Int64(clamping: end >= start ? end - start : 0) }

    private static func spans(of resourceSpans: [ResourceSpans]) -> [SearchSpan] {
        var spans: [SearchSpan] = []
        for (resourceIndex, resource) in resourceSpans.enumerated() {
            let attributes = AttributeTable(resource.resource?.attributes ?? [])
            for (scopeIndex, scope) in resource.scopeSpans.enumerated() {
                let instrumentation = SearchSpan.Instrumentation(scope.scope)
                for (spanIndex, span) in scope.spans.enumerated() {
                    spans.append(
                        SearchSpan(
                            span, resource: attributes, instrumentation: instrumentation,
                            origin: .init(resource: resourceIndex, scope: scopeIndex, span: spanIndex)))
                }
            }
        }
        let order = spans.indices.sorted { left, right in
            let (first, second) = (spans[left], spans[right])
            if first.start != second.start { return first.start < second.start }
            return first.idText == second.idText ? left < right : first.idText < second.idText
        }
        return order.enumerated().map { place, index in
            var span = spans[index]
            span.index = place
            return span
        }
    }

    private static func statistics(_ spans: [SearchSpan]) -> [ServiceStatistics] {
        var services: [[UInt8]: ServiceStatistics] = [:]
        for span in spans {
            guard let name = span.serviceName else { continue }
            services[name, default: ServiceStatistics(name: name)].spanCount += 1
            if span.status == .error { services[name]?.errorCount += 1 }
        }
        return services.values.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    // MARK: What a query reads

    /// An attribute or intrinsic of one of the spans.
    func value(_ attribute: TraceQLAttribute, of span: SearchSpan) -> Value {
        switch attribute {
        case .named(let scope, let name, let isParent):
            // Tempo knows no attributes of parents yet; here they tell what they would.
            guard isParent else { return span.value(scope, name) }
            return span.parentIndex.map { spans[$0].value(scope, name) } ?? .nothing
        case .intrinsic(let intrinsic): return value(intrinsic, of: span)
        }
    }

    private func value(_ intrinsic: TraceQLIntrinsic, of span: SearchSpan) -> Value {
        switch intrinsic {
        case .duration: .duration(span.duration)
        case .name: .string(span.name)
        case .status: .status(span.status)
        case .statusMessage: .string(span.statusMessage)
        case .kind: .kind(span.kind)
        case .parent: .nothing
        case .rootName: root.map { .string($0.name) } ?? .nothing
        case .rootServiceName: root?.serviceName.map { .string($0) } ?? .nothing
        case .traceDuration: .duration(duration)
        case .nestedSetLeft: .integer(nestedSet[span.index].left)
        case .nestedSetRight: .integer(nestedSet[span.index].right)
        case .nestedSetParent: .integer(nestedSet[span.index].parent)
        case .traceID: Value(text: traceIDText)
        case .spanID: Value(text: span.idText)
        case .parentID: Value(text: span.parentID?.hexadecimal ?? "")
        case .childCount: .integer(span.childCount)
        case .eventName: .collected(span.events.map { .string($0.name) })
        case .eventTimeSinceStart: .collected(span.events.map { .duration($0.timeSinceStart) })
        case .linkTraceID: .collected(span.links.map { Value(text: $0.traceID) })
        case .linkSpanID: .collected(span.links.map { Value(text: $0.spanID) })
        case .instrumentationName: .string(span.instrumentation.name)
        case .instrumentationVersion: .string(span.instrumentation.version)
        }
    }

    /// Identifiers in searches have no leading zeros.
    static func withoutZeros(_ hexadecimal: String) -> String {
        String(Substring(hexadecimal.utf8.drop { $0 == UInt8(ascii: "0") }))
    }
}
