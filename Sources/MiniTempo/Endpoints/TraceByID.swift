import APIRuntime
import OTLP
import TraceQLSyntax

/// `/api/traces/{id}` and `/api/v2/traces/{id}`
/// ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#query)). Version 1 ignores all parameters; version 2 keeps
/// the spans that `q` finds, and those that `keep_hierarchy`, `ancestor_depth` and `match_depth` add to them.
struct TraceByID: Sendable {
    /// The versions of the API.
    enum Version: Sendable {
        case v1, v2
    }

    let store: TraceStore

    /// The answer to a request for the trace of this id.
    func respond(
        to request: Request, id: String, version: Version, for owners: Organizations
    ) throws(Refusal) -> Response {
        let traceID: TraceID
        do throws(TraceIDError) {
            traceID = try Self.traceID(id)
        } catch {
            throw Refusal(error.message)
        }
        let accept = request.headers["accept"]?.lowercased() ?? ""
        if version == .v2, accept == "application/vnd.grafana.llm" {
            throw Refusal(status: 406, message: "mini-tempo, a stand-in, does not answer in this media type")
        }
        let inProtobuf = accept.contains("application/protobuf")
        let all = store.resourceSpans(of: traceID, in: owners)
        guard version == .v2 else { return try Self.first(all, inProtobuf) }
        let parameters = QueryParameters(request.query)
        guard let text = parameters["q"] else { return try Self.second(all, all, isPartial: false, inProtobuf) }
        let found = try Self.filter(all, by: try Query.spans(text), parameters, traceID)
        return try Self.second(found, all, isPartial: true, inProtobuf)
    }

    // MARK: Answers

    private static func first(_ resourceSpans: [ResourceSpans], _ inProtobuf: Bool) throws(Refusal) -> Response {
        // Of an unknown trace not even a content type is said.
        guard !resourceSpans.isEmpty else { return Response(status: 404) }
        if inProtobuf { return protobufResponse(try trace(resourceSpans)) }
        return .json(document(#"{"batches":["#, resourceSpans.map { $0.tempoJSON() }, "]}"))
    }

    private static func second(
        _ resourceSpans: [ResourceSpans], _ inspected: [ResourceSpans], isPartial: Bool, _ inProtobuf: Bool
    ) throws(Refusal) -> Response {
        let bytes = inspected.reduce(0) { $0 + $1.tempoJSON().count }
        if inProtobuf {
            var metrics = ProtobufMessage()
            metrics.integer(1, UInt64(bytes))
            var answer = ProtobufMessage()
            answer.bytes(1, try trace(resourceSpans))
            answer.bytes(2, metrics.bytes)
            answer.integer(3, isPartial ? 1 : 0)
            return protobufResponse(answer.bytes)
        }
        let status = isPartial ? #","status":"PARTIAL""# : ""
        let metrics = bytes == 0 ? "{}" : #"{"inspectedBytes":"\#(bytes)"}"#
        guard !resourceSpans.isEmpty else { return .json(Array(#"{"trace":{},"metrics":\#(metrics)\#(status)}"#.utf8)) }
        return .json(
            document(
                #"{"trace":{"resourceSpans":["#, resourceSpans.map { $0.tempoJSON() },
                #"]},"metrics":\#(metrics)\#(status)}"#))
    }

    private static func protobufResponse(_ bytes: [UInt8]) -> Response {
        Response(status: 200, headers: ["Content-Type": "application/protobuf"], body: .bytes(bytes))
    }

    private static func trace(_ resourceSpans: [ResourceSpans]) throws(Refusal) -> [UInt8] {
        var message = ProtobufMessage()
        do throws(OTLPError) {
            for element in resourceSpans { message.bytes(1, try element.protobuf()) }
        } catch {
            throw Refusal(status: 500, message: "\(error)")
        }
        return message.bytes
    }

    private static func document(_ start: String, _ elements: [[UInt8]], _ end: String) -> [UInt8] {
        var bytes = Array(start.utf8)
        bytes.reserveCapacity(elements.reduce(start.utf8.count + end.utf8.count) { $0 + $1.count + 1 })
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += element
        }
        return bytes + Array(end.utf8)
    }

    // MARK: The filter

    private static func filter(
        _ resourceSpans: [ResourceSpans], by query: TraceQLSpansets, _ parameters: QueryParameters, _ traceID: TraceID
    ) throws(Refusal) -> [ResourceSpans] {
        let trace = SearchTrace(traceID: traceID, resourceSpans)
        let found: [Spanset]
        do throws(EvaluationError) {
            found = try Evaluator().evaluate(query, of: trace)
        } catch {
            throw Refusal(error)
        }
        var kept = Set(found.flatMap(\.spans))
        let matched = kept
        if parameters["keep_hierarchy"] == "true" {
            let depth = parameters["ancestor_depth"].flatMap { Int($0) } ?? -1
            for index in matched { kept.formUnion(ancestors(of: index, depth, in: trace)) }
        }
        if let depth = try parameters.count("match_depth"), depth > 0 {
            for span in trace.spans where !ancestors(of: span.index, depth, in: trace).isDisjoint(with: matched) {
                kept.insert(span.index)
            }
        }
        return select(Set(kept.map { trace.spans[$0].origin }), from: resourceSpans)
    }

    /// The places of a span's ancestors, at most so many; -1 for all.
    private static func ancestors(of index: Int, _ depth: Int, in trace: SearchTrace) -> Set<Int> {
        var ancestors: Set<Int> = []
        var next = trace.spans[index].parentIndex
        while let parent = next, depth < 0 || ancestors.count < depth, ancestors.insert(parent).inserted {
            next = trace.spans[parent].parentIndex
        }
        return ancestors
    }

    private static func select(
        _ kept: Set<SearchSpan.Origin>, from resourceSpans: [ResourceSpans]
    ) -> [ResourceSpans] {
        resourceSpans.enumerated().compactMap { resourceIndex, resource in
            var resource = resource
            resource.scopeSpans = resource.scopeSpans.enumerated().compactMap { scopeIndex, scope in
                var scope = scope
                scope.spans = scope.spans.enumerated().compactMap { spanIndex, span in
                    kept.contains(.init(resource: resourceIndex, scope: scopeIndex, span: spanIndex)) ? span : nil
                }
                return scope.spans.isEmpty ? nil : scope
            }
            return resource.scopeSpans.isEmpty ? nil : resource
        }
    }

    // MARK: Ids

    /// Why a text is no trace id.
    struct TraceIDError: Error, Equatable {
        /// In Tempo's words.
        let message: String
    }

    /// The id of at most 32 hexadecimal digits of either case; zeros in front may be missing.
    static func traceID(_ text: String) throws(TraceIDError) -> TraceID {
        for (index, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "0"..."9", "a"..."f", "A"..."F": continue
            default:
                throw TraceIDError(
                    message:
                        "trace IDs can only contain hex characters: invalid character '\(scalar)' at position \(index + 1)"
                )
            }
        }
        guard let traceID = TraceID(shortHexadecimal: text) else {
            throw TraceIDError(message: "trace IDs can't be larger than 128 bits")
        }
        return traceID
    }
}
