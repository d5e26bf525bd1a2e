import JSON
import TraceQLSyntax

/// Writes a trace of a search's answer, `TraceSearchMetadata`.
struct FoundTraceWriter {
    /// What the query named: the answer has them of each span.
    let attributes: [TraceQLAttribute]
    /// How many spans of a set are shown; 0 for all.
    let spansPerSpanset: Int

    func write(_ found: Search.Found, to writer: inout JSONWriter) {
        let traces = found.traces.map(\.trace)
        let start = found.start
        let root = traces.lazy.compactMap(\.root).first
        writer.beginObject()
        writer.text("traceID", traces.first?.traceIDText ?? "")
        writer.text("rootServiceName", Self.text(root?.serviceName) ?? "<root span not yet received>")
        if let name = Self.text(root?.name) { writer.text("rootTraceName", name) }
        writer.text("startTimeUnixNano", start)
        let end = traces.map(\.end).max() ?? start
        writer.number("durationMs", Int((end - start) / 1_000_000))
        let spansets = found.traces.flatMap { part in part.spansets.map { (trace: part.trace, spanset: $0) } }
        if let first = spansets.first {
            // The first one stands there once more, for old clients.
            writer.name("spanSet")
            write(first.spanset, of: first.trace, to: &writer)
            writer.name("spanSets")
            writer.beginArray()
            for (trace, spanset) in spansets { write(spanset, of: trace, to: &writer) }
            writer.endArray()
        }
        writeServices(traces, to: &writer)
        writer.endObject()
    }

    private static func text(_ bytes: [UInt8]?) -> String? {
        bytes.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ spanset: Spanset, of trace: SearchTrace, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("spans")
        writer.beginArray()
        let shown = spansPerSpanset == 0 ? spanset.spans[...] : spanset.spans.prefix(spansPerSpanset)
        for index in shown { write(trace.spans[index], of: trace, to: &writer) }
        writer.endArray()
        writer.number("matched", spanset.spans.count)
        if !spanset.attributes.isEmpty {
            writer.name("attributes")
            writer.keyValues(spanset.attributes.map { ($0.name, $0.value) })
        }
        writer.endObject()
    }

    private func write(_ span: SearchSpan, of trace: SearchTrace, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.text("spanID", span.idText)
        if attributes.contains(.intrinsic(.name)) { writer.text("name", String(decoding: span.name, as: UTF8.self)) }
        writer.text("startTimeUnixNano", span.start)
        writer.text("durationNanos", span.duration)
        let values = attributes.compactMap { attribute -> (key: String, value: Value)? in
            // These have fields of their own.
            if [.name, .duration, .spanID, .traceID].contains(where: { attribute == .intrinsic($0) }) { return nil }
            let value = trace.value(attribute, of: span)
            return value == .nothing ? nil : (FieldText.key(attribute), value)
        }
        if !values.isEmpty {
            writer.name("attributes")
            writer.keyValues(values)
        }
        writer.endObject()
    }

    private func writeServices(_ traces: [SearchTrace], to writer: inout JSONWriter) {
        var services: [[UInt8]: SearchTrace.ServiceStatistics] = [:]
        for service in traces.flatMap(\.services) {
            services[service.name, default: .init(name: service.name)].spanCount += service.spanCount
            services[service.name]?.errorCount += service.errorCount
        }
        guard !services.isEmpty else { return }
        writer.name("serviceStats")
        writer.beginObject()
        for service in services.values.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            writer.name(String(decoding: service.name, as: UTF8.self))
            writer.beginObject()
            writer.number("spanCount", service.spanCount)
            writer.number("errorCount", service.errorCount)
            writer.endObject()
        }
        writer.endObject()
    }
}
