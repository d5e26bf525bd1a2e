import APIRuntime
import JSON
import OTLP

/// `POST /v1/traces`: takes in spans, [OTLP/HTTP](https://opentelemetry.io/docs/specs/otlp/#otlphttp) in JSON.
struct TraceIngest: Sendable {
    /// The largest body in bytes.
    static let maximumBodyBytes = 8 << 20

    let store: TraceStore
    let organizations: Organizations.Mode

    /// The answer to such a request.
    func respond(to request: Request) async -> Response {
        guard request.method == .post else {
            return .text(405, "405 method not allowed, supported: [POST]", ["Allow": "POST"])
        }
        if let refusal = mediaTypeRefusal(request.headers) { return refusal }
        let export: ExportTraceRequest
        do {
            let body = try await request.body.collect(limit: Self.maximumBodyBytes)
            export = try ExportTraceRequest(
                json: body, limits: JSONLimits(bytes: Self.maximumBodyBytes, members: 1_000_000))
        } catch let error as OTLPError {
            return .status(400, code: 3, "\(error)")
        } catch RequestBodyError.tooLarge(let limit) {
            return .status(413, code: 8, "the body has more than \(limit) bytes")
        } catch {
            return .status(400, code: 3, "the body could not be read: \(error)")
        }
        return add(export, header: request.headers["x-scope-orgid"])
    }

    private func mediaTypeRefusal(_ headers: HeaderFields) -> Response? {
        guard let type = headers["content-type"].flatMap(MediaType.init(parsing:)), type.essence == "application/json"
        else {
            return .text(
                415,
                "415 unsupported media type, supported: [application/json]; mini-tempo, a stand-in, has no protobuf")
        }
        if let coding = headers["content-encoding"], !asciiCaseInsensitiveEqual(coding, "identity") {
            return .text(415, "mini-tempo, a stand-in, takes no compressed bodies")
        }
        return nil
    }

    private func add(_ export: ExportTraceRequest, header: String?) -> Response {
        let names: [String]
        do throws(Organizations.Refusal) {
            names = try Organizations(header, mode: organizations).names
        } catch {
            switch error {
            case .missing: return .status(503, code: 14, "no org id")
            case .invalid(let message): return .status(400, code: 3, message)
            }
        }
        guard names.count == 1 else { return .status(400, code: 3, "multiple org IDs present") }
        var rejected = 0
        for part in TraceStore.parts(of: export) where !store.add(part, organization: names[0]) {
            rejected += part.spanCount
        }
        return .json(rejected == 0 ? Self.success : Self.partialSuccess(rejected))
    }

    private static let success: [UInt8] = Array(#"{"partialSuccess":{}}"#.utf8)

    private static func partialSuccess(_ rejected: Int) -> [UInt8] {
        let answer: JSONValue = [
            "partialSuccess": [
                "rejectedSpans": .string(String(rejected)),
                "errorMessage": "the trace would be larger than MAX_STORED_BYTES",
            ]
        ]
        return answer.serialized()
    }
}

extension TraceStore {
    /// The spans of a request by their traces, in the order of their first spans.
    static func parts(of request: ExportTraceRequest) -> [Part] {
        var order: [TraceID] = []
        var parts: [TraceID: (spanCount: Int, resourceSpans: [[UInt8]])] = [:]
        for resourceSpans in request.resourceSpans {
            for (traceID, own, spanCount) in byTrace(resourceSpans) {
                if parts[traceID] == nil { order.append(traceID) }
                parts[traceID, default: (0, [])].spanCount += spanCount
                parts[traceID, default: (0, [])].resourceSpans.append(own.tempoJSON())
            }
        }
        return order.compactMap { traceID in
            parts[traceID].map { Part(traceID: traceID, spanCount: $0.spanCount, resourceSpans: $0.resourceSpans) }
        }
    }

    private static func byTrace(
        _ resourceSpans: ResourceSpans
    ) -> [(traceID: TraceID, own: ResourceSpans, spanCount: Int)] {
        var order: [TraceID] = []
        var split: [TraceID: (own: ResourceSpans, spanCount: Int)] = [:]
        for scopeSpans in resourceSpans.scopeSpans {
            var spans: [TraceID: [TraceSpan]] = [:]
            for span in scopeSpans.spans { spans[span.traceID, default: []].append(span) }
            var seen: Set<TraceID> = []
            for span in scopeSpans.spans where seen.insert(span.traceID).inserted {
                var own = scopeSpans
                own.spans = spans[span.traceID] ?? []
                if split[span.traceID] == nil {
                    order.append(span.traceID)
                    var empty = resourceSpans
                    empty.scopeSpans = []
                    split[span.traceID] = (empty, 0)
                }
                split[span.traceID]?.spanCount += own.spans.count
                split[span.traceID]?.own.scopeSpans.append(own)
            }
        }
        return order.compactMap { traceID in split[traceID].map { (traceID, $0.own, $0.spanCount) } }
    }
}
