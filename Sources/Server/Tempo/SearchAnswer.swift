import APIRuntime
import GeneratedAPI
import HTTPClient
import JSON
import OTLP
import Tenancy

/// Tempo's answer to a search, on its way in: own spans, with what is said of whole traces.
struct SearchAnswer: Ownable {
    let body: UpstreamBody
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
            return try answer(found.map { ($0, .asReceived) }, limit)
        }
        if client.settings.summaries == .recomputed,
            let parts = try await OwnTraceParts.fetch(found.map(\.id), by: client, for: principal, context)
        {
            let own = zip(found, parts).map { trace, part in
                (trace.kept({ part?.spanIDs.contains($0.id) == true }, atMost: part?.spanIDs.count), Summary.of(part))
            }
            return try answer(own, limit)
        }
        let tenants = principal.selected.map(\.name)
        return try answer(
            found.map { ($0.kept({ $0.shows(attribute, isOneOf: tenants) }, atMost: nil), .blank) }, limit)
    }

    /// What is said of a whole trace.
    fileprivate enum Summary {
        case asReceived, blank
        case own(OwnTracePart)

        static func of(_ part: OwnTracePart?) -> Summary { part.map { .own($0) } ?? .blank }
    }

    private func answer(
        _ traces: [(FoundTraceRecord, Summary)], _ limit: Int
    ) throws(UpstreamFailure) -> JSONContent<TraceSearchResponse> {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("traces")
        writer.beginArray()
        for (trace, summary) in traces where !trace.sets.isEmpty {
            writer.write(trace, summary)
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
