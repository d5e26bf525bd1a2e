import APIRuntime

/// Leads each request to what answers it.
struct TempoResponder: Responder {
    let ingest: TraceIngest
    private let traces: TraceByID
    private let search: Search
    private let tags: Tags
    private let values: TagValues
    private let metrics: MetricsQuery
    private let organizations: Organizations.Mode

    init(store: TraceStore, organizations: Organizations.Mode) {
        ingest = TraceIngest(store: store, organizations: organizations)
        traces = TraceByID(store: store)
        search = Search(store: store)
        tags = Tags(store: store)
        values = TagValues(store: store)
        metrics = MetricsQuery(store: store)
        self.organizations = organizations
    }

    func respond(to request: Request) async -> Response {
        guard let path = try? percentDecode(request.path.utf8, plusIsSpace: false) else {
            return .text(400, "the path is not percent-encoded UTF-8")
        }
        switch path {
        case "/v1/traces": return await ingest.respond(to: request)
        case "/ready": return fixed(request, .text(200, "ready\n"))
        case "/api/echo": return fixed(request, .text(200, "echo"))
        case "/api/status/buildinfo": return fixed(request, .json(BuildInformation.json))
        default: break
        }
        guard let answer = query(path, request) else { return .text(404, "404 page not found\n") }
        // As Tempo has it, POST is taken for GET, and its body is not looked at.
        guard [.get, .head, .post].contains(request.method) else { return notAllowed("GET, HEAD, POST") }
        return .answering { () throws(Refusal) in try answer(try owners(request)) }
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        .text(failure.status, failure.detail)
    }

    private typealias Answer = (Organizations) throws(Refusal) -> Response

    private func query(_ path: String, _ request: Request) -> Answer? {
        switch path {
        case "/api/search": return { (owners) throws(Refusal) in try search.respond(to: request, for: owners) }
        case "/api/search/tags": return { (owners) throws(Refusal) in try tags.names(request, for: owners) }
        case "/api/v2/search/tags": return { (owners) throws(Refusal) in try tags.scopes(request, for: owners) }
        case "/api/metrics/query_range":
            return { (owners) throws(Refusal) in try metrics.range(request, for: owners) }
        case "/api/metrics/query":
            return { (owners) throws(Refusal) in try metrics.instant(request, for: owners) }
        default: break
        }
        if let id = Self.segment(path, "/api/traces/") {
            return { (owners) throws(Refusal) in try traces.respond(to: request, id: id, version: .v1, for: owners) }
        }
        if let id = Self.segment(path, "/api/v2/traces/") {
            return { (owners) throws(Refusal) in try traces.respond(to: request, id: id, version: .v2, for: owners) }
        }
        if let name = Self.segment(path, "/api/search/tag/", "/values") {
            return { (owners) throws(Refusal) in try values.texts(of: name, request, for: owners) }
        }
        if let name = Self.segment(path, "/api/v2/search/tag/", "/values") {
            return { (owners) throws(Refusal) in try values.typed(of: name, request, for: owners) }
        }
        return nil
    }

    private func owners(_ request: Request) throws(Refusal) -> Organizations {
        do throws(Organizations.Refusal) {
            return try Organizations(request.headers["x-scope-orgid"], mode: organizations)
        } catch {
            switch error {
            case .missing: throw Refusal(status: 401, message: "no org id")
            case .invalid(let message): throw Refusal(message)
            }
        }
    }

    private func fixed(_ request: Request, _ response: Response) -> Response {
        [.get, .head].contains(request.method) ? response : notAllowed("GET, HEAD")
    }

    private func notAllowed(_ methods: String) -> Response {
        .text(405, "method not allowed", ["Allow": methods])
    }

    /// What stands between the two; nil if it is empty, or more than one segment where the path ends with it.
    private static func segment(_ path: String, _ prefix: String, _ suffix: String = "") -> String? {
        let bytes = path.utf8
        guard bytes.count > prefix.utf8.count + suffix.utf8.count, bytes.starts(with: prefix.utf8),
            bytes.reversed().starts(with: suffix.utf8.reversed())
        else { return nil }
        let rest = bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
        return suffix.isEmpty && rest.contains(UInt8(ascii: "/")) ? nil : String(Substring(rest))
    }
}
