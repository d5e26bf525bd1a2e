import APIRuntime
import HTTPClient
import Telemetry
import Tenancy

/// Calls of Prometheus that carry tenant data. Each takes something confined, and nothing else of what a caller sent but
/// typed values: the upstream request is built here from nothing.
struct PrometheusClient: Sendable {
    private let http: any HTTPClient
    private let prefix: String
    private let timeout: Duration
    /// How much longer than Prometheus we wait.
    private static let grace = Duration.milliseconds(500)

    /// A client of the Prometheus behind `http`; `prefix` stands before the API's paths.
    init(http: any HTTPClient, prefix: String, timeout: Duration) {
        self.http = http
        self.prefix = prefix
        self.timeout = timeout
    }

    /// What may stand beside the expression of an instant query.
    struct QueryParameters: Sendable {
        let time: PrometheusTime?
        let timeout: PrometheusDuration?
        let limit: Int64?
        let stats: String?
    }

    /// Evaluates an expression at one instant: `POST /api/v1/query`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func query(
        _ query: Confined<PromQLQuery>, _ parameters: QueryParameters, _ context: RequestContext
    ) async throws -> any ByteStream {
        let longest = timeout.wholeMilliseconds
        let allowed = PrometheusDuration(milliseconds: min(parameters.timeout?.milliseconds ?? longest, longest))
        var form: FormFields = [("query", query.restricted.text)]
        if let time = parameters.time { form.append(("time", time.parameter)) }
        form.append(("timeout", allowed.parameter))
        if let limit = parameters.limit { form.append(("limit", String(limit))) }
        if let stats = parameters.stats { form.append(("stats", stats)) }
        return try await post("/api/v1/query", form, within: allowed, context)
    }

    private func post(
        _ path: String, _ form: FormFields, within allowed: PrometheusDuration, _ context: RequestContext
    ) async throws -> any ByteStream {
        let request = HTTPClientRequest(
            method: .post, target: prefix + path,
            headers: [
                "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
                RequestID.headerName: context.requestID,
            ],
            body: encodeForm(form),
            // Prometheus shall be the one to give up: its answer says more than ours would.
            timeout: .milliseconds(allowed.milliseconds) + Self.grace, idleTimeout: timeout, isIdempotent: true)
        let response: HTTPClientResponse
        do {
            response = try await http.send(request)
        } catch {
            throw UpstreamFailure(error)
        }
        return try await UpstreamAnswer.json(response)
    }
}

extension Duration {
    /// Cut to whole milliseconds.
    var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
