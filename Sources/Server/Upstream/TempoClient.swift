import APIRuntime
import HTTPClient
import OTLP
import Telemetry
import Tenancy

/// Calls of Tempo that carry tenant data.
struct TempoClient: Sendable {
    private let http: any HTTPClient
    private let settings: Settings
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
    }

    /// A client of the Tempo behind `http`; `isolation` knows whether isolation by header holds, where that
    /// is all there is.
    init(http: any HTTPClient, settings: Settings, isolation: TempoIsolation?) {
        self.http = http
        self.settings = settings
        self.isolation = isolation
    }

    /// A trace, with everybody's spans in it: `GET /api/v2/traces/{id}`. `nil` if Tempo has none of that id.
    ///
    /// - Throws: ``UpstreamFailure``; 503 while isolation by header is not proven.
    func trace(
        _ id: TraceID, for principal: Principal, _ context: RequestContext
    ) async throws -> Unfiltered<TempoTrace>? {
        if settings.tenancy == .header, isolation?.isProven != true {
            throw APIFailure(
                .unavailable, detail: "Traces are not available.",
                logDetail: "Tempo has not been seen to refuse calls without X-Scope-OrgID")
        }
        var headers: HeaderFields = ["Accept": "application/json", RequestID.headerName: context.requestID]
        if let organisation = organisation(of: principal) { headers["X-Scope-OrgID"] = organisation }
        let response: HTTPClientResponse
        do {
            response = try await http.send(
                HTTPClientRequest(
                    target: settings.prefix + "/api/v2/traces/" + id.hexadecimal, headers: headers,
                    timeout: settings.timeout, idleTimeout: settings.timeout))
        } catch {
            throw UpstreamFailure(error)
        }
        guard response.status == 200 else {
            response.body.cancel()
            if response.status == 404 { return nil }
            throw UpstreamFailure.unusableStatus(response.status)
        }
        return Unfiltered(
            TempoTrace(body: try UpstreamAnswer.jsonBody(response), maximumBytes: settings.maximumBytes))
    }

    private func organisation(of principal: Principal) -> String? {
        settings.tenancy.sendsTenant
            ? principal.selected.map(\.name).joined(separator: "|") : settings.organisation
    }
}
