import APIRuntime

/// Leads each request to what answers it.
struct TempoResponder: Responder {
    let ingest: TraceIngest
    let traces: TraceByID

    func respond(to request: Request) async -> Response {
        guard let path = try? percentDecode(request.path.utf8, plusIsSpace: false) else {
            return .text(400, "the path is not percent-encoded UTF-8")
        }
        switch path {
        case "/v1/traces": return await ingest.respond(to: request)
        case "/ready": return fixed(request, .text(200, "ready\n"))
        case "/api/echo": return fixed(request, .text(200, "echo"))
        case "/api/status/buildinfo": return fixed(request, .json(BuildInformation.json))
        default:
            // Of both prefixes, as Tempo has it, POST is taken for GET.
            if let id = Self.segment(path, after: "/api/traces/") { return trace(request, id, .v1) }
            if let id = Self.segment(path, after: "/api/v2/traces/") { return trace(request, id, .v2) }
            return .text(404, "404 page not found\n")
        }
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        .text(failure.status, failure.detail)
    }

    private func trace(_ request: Request, _ id: String, _ version: TraceByID.Version) -> Response {
        guard [.get, .head, .post].contains(request.method) else { return notAllowed("GET, HEAD, POST") }
        return traces.respond(to: request, id: id, version: version)
    }

    private func fixed(_ request: Request, _ response: Response) -> Response {
        [.get, .head].contains(request.method) ? response : notAllowed("GET, HEAD")
    }

    private func notAllowed(_ methods: String) -> Response {
        .text(405, "method not allowed", ["Allow": methods])
    }

    /// The path's rest behind the prefix, if it is one segment that is not empty.
    private static func segment(_ path: String, after prefix: String) -> String? {
        let bytes = path.utf8
        guard bytes.starts(with: prefix.utf8) else { return nil }
        let rest = bytes.dropFirst(prefix.utf8.count)
        return rest.isEmpty || rest.contains(UInt8(ascii: "/")) ? nil : String(Substring(rest))
    }
}
