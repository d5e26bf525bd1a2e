import APIRuntime
import OTLP

/// `/api/traces/{id}` and `/api/v2/traces/{id}`
/// ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#query)). Parameters are ignored, `q` too.
struct TraceByID: Sendable {
    /// The versions of the API.
    enum Version: Sendable {
        case v1, v2
    }

    let store: TraceStore
    let organizations: Organizations.Mode

    /// The answer to a request for the trace of this id.
    func respond(to request: Request, id: String, version: Version) -> Response {
        let owners: Organizations
        let traceID: TraceID
        do throws(Organizations.Refusal) {
            owners = try Organizations(request.headers["x-scope-orgid"], mode: organizations)
        } catch {
            switch error {
            case .missing: return .text(401, "no org id")
            case .invalid(let message): return .text(400, message)
            }
        }
        do throws(TraceIDError) {
            traceID = try Self.traceID(id)
        } catch {
            return .text(400, error.message)
        }
        if let refusal = Self.mediaTypeRefusal(request.headers["accept"], version) { return refusal }
        return answer(store.resourceSpans(of: traceID, in: owners), version)
    }

    private func answer(_ resourceSpans: [[UInt8]], _ version: Version) -> Response {
        switch version {
        case .v1:
            // Of an unknown trace not even a content type is said.
            guard !resourceSpans.isEmpty else { return Response(status: 404) }
            return .json(Self.document(#"{"batches":["#, resourceSpans, "]}"))
        case .v2:
            guard !resourceSpans.isEmpty else { return .json(Array(#"{"trace":{},"metrics":{}}"#.utf8)) }
            let inspected = resourceSpans.reduce(0) { $0 + $1.count }
            return .json(
                Self.document(
                    #"{"trace":{"resourceSpans":["#, resourceSpans,
                    #"]},"metrics":{"inspectedBytes":"\#(inspected)"}}"#))
        }
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

    /// Tempo compares the whole field with these, and answers in JSON to everything else.
    private static func mediaTypeRefusal(_ accept: String?, _ version: Version) -> Response? {
        switch (accept, version) {
        case ("application/protobuf", _), ("application/vnd.grafana.llm", .v2):
            .text(406, "mini-tempo, a stand-in, answers in JSON only")
        default: nil
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
