import APIRuntime
import JSON
import OTLP

/// `POST /v1/traces`: takes in spans, [OTLP/HTTP](https://opentelemetry.io/docs/specs/otlp/#otlphttp) in JSON or Protobuf,
/// and answers in the same.
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
        guard let encoding = Self.encoding(request.headers) else {
            return .text(
                415, "415 unsupported media type, supported: [application/json application/x-protobuf]")
        }
        if let coding = request.headers["content-encoding"], !asciiCaseInsensitiveEqual(coding, "identity") {
            return .text(415, "mini-tempo, a stand-in, takes no compressed bodies")
        }
        do {
            let body = try await request.body.collect(limit: Self.maximumBodyBytes)
            let export: ExportTraceRequest
            switch encoding {
            case .json:
                export = try ExportTraceRequest(
                    json: body, limits: JSONLimits(bytes: Self.maximumBodyBytes, members: 1_000_000))
            case .protobuf: export = try ExportTraceRequest(protobuf: body)
            }
            return try add(export, header: request.headers["x-scope-orgid"], encoding)
        } catch let failure as Failure {
            return failure.response(encoding)
        } catch RequestBodyError.tooLarge(let limit) {
            return Failure(status: 413, code: 8, message: "the body has more than \(limit) bytes").response(encoding)
        } catch let error as OTLPError {
            return Failure(status: 400, code: 3, message: "\(error)").response(encoding)
        } catch let error as ProtobufError {
            return Failure(status: 400, code: 3, message: "\(error)").response(encoding)
        } catch {
            return Failure(status: 400, code: 3, message: "the body could not be read: \(error)").response(encoding)
        }
    }

    private enum Encoding {
        case json, protobuf
    }

    private static func encoding(_ headers: HeaderFields) -> Encoding? {
        switch headers["content-type"].flatMap(MediaType.init(parsing:))?.essence {
        case "application/json": .json
        case "application/x-protobuf": .protobuf
        default: nil
        }
    }

    /// A failure as OTLP/HTTP tells it: a `Status` with a
    /// [code](https://grpc.github.io/grpc/core/md_doc_statuscodes.html) of gRPC
    /// ([OTLP: failures](https://opentelemetry.io/docs/specs/otlp/#failures-1)).
    private struct Failure: Error {
        let status: Int
        let code: Int
        let message: String

        func response(_ encoding: Encoding) -> Response {
            switch encoding {
            case .json:
                let body: JSONValue = ["code": .number(JSONNumber(code)), "message": .string(message)]
                return Response(
                    status: status, headers: ["Content-Type": "application/json"], body: .bytes(body.serialized()))
            case .protobuf:
                var body = ProtobufMessage()
                body.integer(1, UInt64(code))
                body.bytes(2, Array(message.utf8))
                return .protobuf(body.bytes, status: status)
            }
        }
    }

    private func add(_ export: ExportTraceRequest, header: String?, _ encoding: Encoding) throws(Failure) -> Response {
        let names: [String]
        do throws(Organizations.Refusal) {
            names = try Organizations(header, mode: organizations).names
        } catch {
            switch error {
            case .missing: throw Failure(status: 503, code: 14, message: "no org id")
            case .invalid(let message): throw Failure(status: 400, code: 3, message: message)
            }
        }
        guard names.count == 1 else { throw Failure(status: 400, code: 3, message: "multiple org IDs present") }
        var rejected = 0
        for part in TraceStore.parts(of: export) where !store.add(part, organization: names[0]) {
            rejected += part.spanCount
        }
        return Self.success(rejected, encoding)
    }

    private static func success(_ rejected: Int, _ encoding: Encoding) -> Response {
        let message = "the trace would be larger than MAX_STORED_BYTES"
        switch encoding {
        case .json:
            guard rejected > 0 else { return .json(Array(#"{"partialSuccess":{}}"#.utf8)) }
            let answer: JSONValue = [
                "partialSuccess": ["rejectedSpans": .string(String(rejected)), "errorMessage": .string(message)]
            ]
            return .json(answer.serialized())
        case .protobuf:
            var partial = ProtobufMessage()
            if rejected > 0 {
                partial.integer(1, UInt64(rejected))
                partial.bytes(2, Array(message.utf8))
            }
            var answer = ProtobufMessage()
            answer.bytes(1, partial.bytes)
            return .protobuf(answer.bytes)
        }
    }
}

extension TraceStore {
    /// The spans of a request by their traces, in the order of their first spans.
    static func parts(of request: ExportTraceRequest) -> [Part] {
        var order: [TraceID] = []
        var parts: [TraceID: (spanCount: Int, resourceSpans: [ResourceSpans])] = [:]
        for resourceSpans in request.resourceSpans {
            for (traceID, own, spanCount) in byTrace(resourceSpans) {
                if parts[traceID] == nil { order.append(traceID) }
                parts[traceID, default: (0, [])].spanCount += spanCount
                parts[traceID, default: (0, [])].resourceSpans.append(own)
            }
        }
        return order.compactMap { traceID in
            parts[traceID].map { part in
                Part(
                    traceID: traceID, spanCount: part.spanCount, resourceSpans: part.resourceSpans,
                    jsonBytes: part.resourceSpans.reduce(0) { $0 + $1.tempoJSON().count })
            }
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
