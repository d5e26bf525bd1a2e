import JSON
import OTLP

/// A trace in Tempo's answer to a search, reduced to what is known here.
struct FoundTraceRecord {
    let id: TraceID
    /// What Tempo says of the whole trace: of everybody's spans.
    let summary: JSONObject
    var sets: [SpanSet]
    /// Whether the first set stands in the answer twice, also under its older name.
    let hasOlderName: Bool

    /// Spans of the trace that match.
    struct SpanSet {
        var spans: [Span]
        /// How many match, whether given or not.
        var matched: Int
        /// What they have in common.
        let attributes: JSONValue?
    }

    /// A span that matches.
    struct Span {
        let id: SpanID
        let members: JSONObject
    }

    private static let summaryNames = [
        "rootServiceName", "rootTraceName", "startTimeUnixNano", "durationMs", "serviceStats",
    ]

    /// - Returns: `nil` for what is no found trace.
    init?(_ value: JSONValue) {
        guard let object = value.objectValue, let text = object["traceID"]?.stringValue,
            let id = TraceID(shortHexadecimal: text)
        else { return nil }
        self.id = id
        var summary = JSONObject()
        for name in Self.summaryNames { if let member = object[name] { summary[name] = member } }
        self.summary = summary
        hasOlderName = object.contains("spanSet")
        var sets: [SpanSet] = []
        for value in object["spanSets"]?.arrayValue ?? object["spanSet"].map({ [$0] }) ?? [] {
            guard let set = SpanSet(value) else { return nil }
            sets.append(set)
        }
        self.sets = sets
    }
}

extension FoundTraceRecord.SpanSet {
    init?(_ value: JSONValue) {
        guard let object = value.objectValue else { return nil }
        var spans: [FoundTraceRecord.Span] = []
        for value in object["spans"]?.arrayValue ?? [] {
            guard let span = FoundTraceRecord.Span(value) else { return nil }
            spans.append(span)
        }
        self.spans = spans
        matched = object["matched"]?.numberValue?.integer ?? spans.count
        attributes = object["attributes"]?.arrayValue.map { .array($0) }
    }

    /// Keeps the spans that are the caller's own, of which there are at most `most` in the trace.
    mutating func keep(_ isOwn: (FoundTraceRecord.Span) -> Bool, atMost most: Int?) {
        let count = spans.count
        spans.removeAll { !isOwn($0) }
        // What is not shown cannot be looked at: with others among the shown it may all be others'.
        if spans.count < count { matched = spans.count }
        if let most { matched = min(matched, most) }
    }
}

extension FoundTraceRecord.Span {
    init?(_ value: JSONValue) {
        guard let object = value.objectValue, let text = object["spanID"]?.stringValue, text.utf8.count <= 16,
            let id = SpanID(hexadecimal: String(repeating: "0", count: 16 - text.utf8.count) + text)
        else { return nil }
        self.id = id
        var members = JSONObject()
        for name in ["name", "startTimeUnixNano", "durationNanos", "attributes"] {
            if let member = object[name] { members[name] = member }
        }
        self.members = members
    }

    /// Whether the span's attributes in the answer, among which Tempo gives those that a query reads, show that it is
    /// one of the tenants': exactly one of that key, a plain string.
    func shows(_ key: String, isOneOf tenants: [String]) -> Bool {
        let values = (members["attributes"]?.arrayValue ?? []).filter {
            $0["key"]?.stringValue.map { $0.utf8.elementsEqual(key.utf8) } ?? false
        }
        guard values.count == 1, let value = values.first?["value"]?.objectValue, value.count == 1,
            let text = value["stringValue"]?.stringValue
        else { return false }
        return tenants.contains { $0.utf8.elementsEqual(text.utf8) }
    }
}
