import APIRuntime
import JSON
import TraceQLSyntax

/// `/api/search` ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#search)). What an answer says of a trace is
/// always about the whole trace, whatever the query found in it.
struct Search: Sendable {
    let store: TraceStore

    /// What is searched for.
    enum Criteria {
        case query(TraceQLSpansets)
        /// Parts of attributes that some span of the trace, or its resource, must have.
        case tags([(name: String, value: String)], durations: ClosedRange<Int64>)
    }

    private static let greatestLimit = 262_144
    private static let ownParameters = [
        "q", "tags", "start", "end", "limit", "minDuration", "maxDuration", "spss", "skip_ast_transformations",
    ]

    func respond(to request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let seconds = try parameters.seconds()
        let limit = try parameters.count("limit") ?? 20
        guard limit > 0 else { throw Refusal("invalid limit: must be a positive number") }
        guard limit <= Self.greatestLimit else {
            throw Refusal("limit \(limit) exceeds max limit \(Self.greatestLimit)")
        }
        let spansPerSpanset = try parameters.count("spss") ?? 3
        let criteria = try Self.criteria(parameters, hasTime: seconds != nil)
        let traces = store.traces(in: owners, during: seconds)
        var found = try Self.find(criteria, in: traces)
        // Which traces a limit leaves depends on the spans that were found alone. Tempo leaves any; and it answers by the
        // starts of the whole traces.
        found.sort { ($1.foundAt, $0.traceIDDigits) < ($0.foundAt, $1.traceIDDigits) }
        found = Array(found.prefix(limit))
        found.sort { ($1.start, $0.traceIDDigits) < ($0.start, $1.traceIDDigits) }
        return .json(Self.document(found, criteria, spansPerSpanset, inspected: traces.count))
    }

    private static func criteria(_ parameters: QueryParameters, hasTime: Bool) throws(Refusal) -> Criteria {
        let least = try parameters.duration("minDuration") ?? 0
        let greatest = try parameters.duration("maxDuration") ?? .max
        guard least <= greatest else { throw Refusal("invalid maxDuration: must be greater than minDuration") }
        let text = parameters["q"]
        if let tags = parameters["tags"] {
            guard text == nil else { throw Refusal("invalid request: can't specify tags and q in the same query") }
            guard let pairs = Logfmt.parse(tags) else { throw Refusal("invalid tags: can't parse \(tags)") }
            return .tags(pairs, durations: least...greatest)
        }
        if let text { return .query(try Query.spans(text)) }
        let others = hasTime ? [] : parameters.fields.filter { !ownParameters.contains($0.name) && !$0.value.isEmpty }
        return .tags(others, durations: least...greatest)
    }

    // MARK: What is found

    /// A trace in which something was found, or the parts of it that several organizations have.
    struct Found {
        let traceIDDigits: String
        var traces: [(trace: SearchTrace, spansets: [Spanset])]
        /// When the first found span began.
        var foundAt: UInt64

        /// When the whole trace began.
        var start: UInt64 { traces.map(\.trace.start).min() ?? 0 }
    }

    private static func find(_ criteria: Criteria, in traces: [SearchTrace]) throws(Refusal) -> [Found] {
        let evaluator = Evaluator()
        var found: [Found] = []
        for trace in traces {
            let spansets: [Spanset]
            let foundAt: UInt64
            switch criteria {
            case .query(let query):
                do throws(EvaluationError) {
                    spansets = try evaluator.evaluate(query, of: trace)
                } catch {
                    throw Refusal(error)
                }
                guard let first = spansets.flatMap(\.spans).min() else { continue }
                foundAt = trace.spans[first].start
            case .tags(let pairs, let durations):
                guard durations.contains(trace.duration), pairs.allSatisfy({ has($0, trace) }) else { continue }
                spansets = []
                foundAt = trace.start
            }
            if found.last?.traceIDDigits == trace.traceIDDigits {
                found[found.count - 1].traces.append((trace, spansets))
                found[found.count - 1].foundAt = min(found[found.count - 1].foundAt, foundAt)
            } else {
                found.append(
                    Found(traceIDDigits: trace.traceIDDigits, traces: [(trace, spansets)], foundAt: foundAt))
            }
        }
        return found
    }

    /// Tags match parts of values, in whichever case.
    private static func has(_ tag: (name: String, value: String), _ trace: SearchTrace) -> Bool {
        let name = Array(tag.name.utf8)
        return trace.spans.contains { span in
            var values = [span.value(.span, name), span.value(.resource, name)]
            if tag.name == "name" { values.append(.string(span.name)) }
            return values.contains { value in value.elements.contains { contains($0.text, tag.value) } }
        }
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.lowercased().utf8), Array(part.lowercased().utf8))
        guard text.count >= part.count else { return false }
        return (0...text.count - part.count).contains { text[$0...].starts(with: part) }
    }

    // MARK: The answer

    private static func document(
        _ found: [Found], _ criteria: Criteria, _ spansPerSpanset: Int, inspected: Int
    ) -> [UInt8] {
        var attributes: [TraceQLAttribute] = []
        if case .query(let query) = criteria { attributes = QueriedAttributes(query).attributes }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("traces")
        writer.beginArray()
        for trace in found {
            FoundTraceWriter(attributes: attributes, spansPerSpanset: spansPerSpanset).write(trace, to: &writer)
        }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.number("inspectedTraces", inspected)
        writer.number("completedJobs", 1)
        writer.number("totalJobs", 1)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
