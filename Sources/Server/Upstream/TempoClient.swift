import APIRuntime
import HTTPClient
import Telemetry
import Tenancy

/// Calls of Tempo that carry tenant data. Each takes something confined, or gives something unfiltered, and takes
/// nothing else of what a caller sent but typed values: the upstream request is built here from nothing.
struct TempoClient: Sendable {
    private let http: any HTTPClient
    let settings: Settings
    private let isolation: TempoIsolation?

    /// How Tempo is asked.
    struct Settings: Sendable {
        /// What stands before the API's paths.
        var prefix = ""
        /// How long Tempo may take until its answer begins, and fall silent within it.
        var timeout = Duration.seconds(30)
        /// How tenants are kept apart.
        var tenancy = TempoTenancy.attribute
        /// The organisation that is asked with `TEMPO_TENANCY=attribute`, if any.
        var organisation: String?
        /// The most bytes of a caller's own that one answer may hold.
        var maximumBytes = 64 << 20
        /// Where what is said of whole traces in answers to searches comes from.
        var summaries = TraceSummaries.recomputed
    }

    /// A client of the Tempo behind `http`; `isolation` knows whether isolation by header holds, where that
    /// is all there is.
    init(http: any HTTPClient, settings: Settings, isolation: TempoIsolation?) {
        self.http = http
        self.settings = settings
        self.isolation = isolation
    }

    /// One call of the API.
    struct Call {
        /// Behind the prefix.
        let path: String
        /// Whose data it is about.
        let principal: Principal
        /// Rebuilt from typed values.
        var fields: FormFields = []
        var accept = "application/json"
        /// How long Tempo may take; the client's own timeout if `nil`.
        var timeout: Duration?
    }

    /// Sends a call and waits for the answer's head.
    ///
    /// - Throws: ``UpstreamFailure``; 503 while isolation by header is not proven.
    func send(_ call: Call, _ context: RequestContext) async throws -> HTTPClientResponse {
        if settings.tenancy == .header, isolation?.isProven != true {
            throw APIFailure(
                .unavailable, detail: "Traces are not available.",
                logDetail: "Tempo has not been seen to refuse calls without X-Scope-OrgID")
        }
        var headers: HeaderFields = ["Accept": call.accept, RequestID.headerName: context.requestID]
        if let organisation = organisation(of: call.principal) { headers["X-Scope-OrgID"] = organisation }
        var target = settings.prefix + call.path
        if !call.fields.isEmpty { target += "?" + String(decoding: encodeForm(call.fields), as: UTF8.self) }
        let timeout = call.timeout ?? settings.timeout
        do {
            return try await http.send(
                HTTPClientRequest(target: target, headers: headers, timeout: timeout, idleTimeout: timeout))
        } catch {
            throw UpstreamFailure(error)
        }
    }

    /// Sends a call that was confined and gives its good answer, in JSON, as it comes in.
    ///
    /// - Throws: ``UpstreamFailure``, with Tempo's words where it speaks of the query.
    func json(_ call: Call, _ context: RequestContext) async throws -> UpstreamBody {
        let response = try await send(call, context)
        switch response.status {
        case 200: return try UpstreamAnswer.goodBody(response, of: ["application/json"])
        case 400, 404, 422:
            throw UpstreamFailure.refused(status: response.status, message: await Self.words(of: response))
        default:
            response.body.cancel()
            throw UpstreamFailure.unusableStatus(response.status)
        }
    }

    /// The text of an error; `nil` if it is none that can be shown.
    static func words(of response: HTTPClientResponse) async -> String? {
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)),
            type.essence == "text/plain", !response.headers.contains("content-encoding"),
            let bytes = try? await RequestBody.stream(response.body).collect(limit: mostErrorBytes),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            response.body.cancel()
            return nil
        }
        let words = text.utf8.reversed().drop { $0 <= 0x20 }.reversed()
        return words.isEmpty ? nil : String(decoding: Array(words), as: UTF8.self)
    }

    /// The longest error that is read, in bytes; it may repeat the query.
    private static let mostErrorBytes = 131_072

    private func organisation(of principal: Principal) -> String? {
        settings.tenancy.sendsTenant
            ? principal.selected.map(\.name).joined(separator: "|") : settings.organisation
    }
}
