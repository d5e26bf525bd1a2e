import APIRuntime
import GeneratedAPI
import HTTPClient
import JSON
import OTLP
import Tenancy

/// Tempo's answer to a search, on its way in: own spans, with what is said of whole traces.
struct SearchAnswer: Ownable {
    let body: UpstreamBody
    /// The time that was asked for. Tempo gives traces of which anybody's spans lie in it.
    let window: TraceWindow
    let client: TempoClient
    let context: RequestContext

    /// The traces with the spans that are the principal's own, and of the whole traces what these say.
    ///
    /// - Throws: ``UpstreamFailure``.
    consuming func part(of principal: Principal) async throws -> JSONContent<TraceSearchResponse> {
        var found: [FoundTraceRecord] = []
        var size = 0
        let limit = client.settings.maximumBytes
        try await body.elements(at: ["traces"], maximumBytes: limit) { element throws(UpstreamFailure) in
            guard let trace = FoundTraceRecord(element) else {
                throw .unreadable("a trace that was found has no id, or its spans have none")
            }
            size += trace.roughByteCount
            guard size <= limit else { throw .tooLarge(limit: limit) }
            found.append(trace)
        }
        guard let attribute = principal.policy.attribute else {
            // Tempo itself keeps tenants apart: there are no spans of others.
            return try answer(found.map { Found(trace: $0, summary: .asReceived, start: 0) }, limit)
        }
        if client.settings.summaries == .recomputed,
            let parts = try await OwnTraceParts.fetch(found.map(\.id), by: client, for: principal, context)
        {
            let own = zip(found, parts).compactMap { trace, part -> Found? in
                guard let part, window.overlaps(part.time) else { return nil }
                let kept = trace.kept({ part.spanIDs.contains($0.id) }, atMost: part.spanIDs.count)
                return Found(trace: kept, summary: .own(part), start: part.start)
            }
            return try answer(own.sorted(by: <), limit)
        }
        let tenants = principal.selected.map(\.name)
        let own = found.compactMap { trace -> Found? in
            let kept = trace.kept({ $0.shows(attribute, isOneOf: tenants) }, atMost: nil)
            let times = kept.sets.flatMap(\.spans).compactMap(\.time)
            guard window.isOpen || times.contains(where: window.overlaps) else { return nil }
            return Found(trace: kept, summary: .blank, start: times.map(\.lowerBound).min() ?? 0)
        }
        return try answer(own.sorted(by: <), limit)
    }

    /// A trace as it is answered. Tempo's order is by the starts of whole traces, which others' spans may be: these are put
    /// in order anew, by the starts of their own spans, the latest first.
    private struct Found {
        let trace: FoundTraceRecord
        let summary: Summary
        let start: UInt64

        static func < (left: Found, right: Found) -> Bool {
            if left.start != right.start { return left.start > right.start }
            return left.trace.id.hexadecimal < right.trace.id.hexadecimal
        }
    }

    /// What is said of a whole trace.
    fileprivate enum Summary {
        case asReceived, blank
        case own(OwnTracePart)
    }

    private func answer(
        _ traces: [Found], _ limit: Int
    ) throws(UpstreamFailure) -> JSONContent<TraceSearchResponse> {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("traces")
        writer.beginArray()
        for found in traces where !found.trace.sets.isEmpty {
            writer.write(found.trace, found.summary)
            guard writer.bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        return .bytes(writer.bytes)
    }
}

extension FoundTraceRecord.Span {
    /// From its start to its end, in nanoseconds since 1970.
    fileprivate var time: ClosedRange<UInt64>? {
        guard let start = members["startTimeUnixNano"]?.stringValue.flatMap({ UInt64($0) }) else { return nil }
        let duration = members["durationNanos"]?.stringValue.flatMap { UInt64($0) } ?? 0
        let (end, overflow) = start.addingReportingOverflow(duration)
        return start...(overflow ? .max : end)
    }
}

extension TraceWindow {
    fileprivate var isOpen: Bool { start == nil && end == nil }

    /// Whether it shares an instant with that time, which is in nanoseconds.
    fileprivate func overlaps(_ time: ClosedRange<UInt64>) -> Bool {
        func nanoseconds(_ seconds: Int64) -> UInt64 {
            UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000).partialValue
        }
        if let start, time.upperBound < nanoseconds(start) { return false }
        if let end, time.lowerBound > nanoseconds(end) { return false }
        return true
    }
}

extension FoundTraceRecord {
    /// The trace with those of its spans for which `isOwn` is true, and with the sets that have any left.
    func kept(_ isOwn: (Span) -> Bool, atMost most: Int?) -> FoundTraceRecord {
        var trace = self
        for index in trace.sets.indices { trace.sets[index].keep(isOwn, atMost: most) }
        trace.sets.removeAll { $0.spans.isEmpty }
        return trace
    }

    /// About how many bytes it has, to bound what is held before it is written.
    var roughByteCount: Int {
        sets.reduce(64) { count, set in
            set.spans.reduce(count + 32) { $0 + 64 + 64 * ($1.members["attributes"]?.arrayValue?.count ?? 0) }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ trace: FoundTraceRecord, _ summary: SearchAnswer.Summary) {
        beginObject()
        name("traceID")
        string(trace.id.tempoSearchText)
        switch summary {
        case .blank: break
        case .asReceived:
            for member in trace.summary.members where member.name != "serviceStats" {
                name(member.name)
                value(member.value)
            }
        case .own(let part):
            name("rootServiceName")
            string(part.rootService)
            if !part.rootName.isEmpty {
                name("rootTraceName")
                string(part.rootName)
            }
            name("startTimeUnixNano")
            string(String(part.start))
            if part.durationMilliseconds > 0 {
                name("durationMs")
                integer(part.durationMilliseconds)
            }
        }
        if trace.hasOlderName, let first = trace.sets.first {
            name("spanSet")
            write(first)
        }
        name("spanSets")
        beginArray()
        for set in trace.sets { write(set) }
        endArray()
        switch summary {
        case .blank: break
        case .asReceived:
            if let stats = trace.summary["serviceStats"] {
                name("serviceStats")
                value(stats)
            }
        case .own(let part):
            name("serviceStats")
            beginObject()
            for service in part.services {
                name(service.name)
                beginObject()
                name("spanCount")
                integer(service.spans)
                if service.errors > 0 {
                    name("errorCount")
                    integer(service.errors)
                }
                endObject()
            }
            endObject()
        }
        endObject()
    }

    private mutating func write(_ set: FoundTraceRecord.SpanSet) {
        beginObject()
        name("spans")
        beginArray()
        for span in set.spans {
            beginObject()
            name("spanID")
            string(span.id.hexadecimal)
            for member in span.members.members {
                name(member.name)
                value(member.value)
            }
            endObject()
        }
        endArray()
        name("matched")
        integer(set.matched)
        if let attributes = set.attributes {
            name("attributes")
            value(attributes)
        }
        endObject()
    }
}
