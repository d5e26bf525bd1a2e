import APIRuntime
import HTTPClient
import Telemetry
import Tenancy

/// Calls of Prometheus that carry tenant data. Each takes something confined, or gives something unfiltered, and takes
/// nothing else of what a caller sent but typed values: the upstream request is built here from nothing.
struct PrometheusClient: Sendable {
    private let http: any HTTPClient
    let settings: Settings

    /// How Prometheus is asked.
    struct Settings: Sendable {
        /// What stands before the API's paths.
        var prefix = ""
        /// How long Prometheus may take until its answer begins, and fall silent within it.
        var timeout = Duration.seconds(30)
        /// What it is.
        var flavor = PrometheusFlavor.prometheus
        /// The most bytes of a caller's own that a filtered answer may hold.
        var maximumBytes = 64 << 20
    }

    /// How much longer than Prometheus we wait.
    private static let grace = Duration.milliseconds(500)

    /// A client of the Prometheus behind `http`.
    init(http: any HTTPClient, settings: Settings) {
        self.http = http
        self.settings = settings
    }

    /// One call of the API.
    struct Call {
        /// Behind the prefix.
        let path: String
        /// Whose data it is about.
        let principal: Principal
        /// Rebuilt from typed values.
        var fields: FormFields = []
        /// Whether the fields are a form of their own or part of the URL.
        var isForm = true
        /// How long the evaluation may take; the client's own timeout if `nil`.
        var allowed: PrometheusDuration?
        var accept = "application/json"
        /// Whether the answer may come in gzip, to be passed on as it is.
        var takesGzip = false
    }

    /// Sends a call and waits for the answer's head.
    ///
    /// - Throws: ``UpstreamFailure`` if there is none.
    func send(_ call: Call, _ context: RequestContext) async throws -> HTTPClientResponse {
        var headers = settings.flavor.headers(for: call.principal)
        headers["Accept"] = call.accept
        if call.takesGzip { headers["Accept-Encoding"] = "gzip" }
        headers[RequestID.headerName] = context.requestID
        var target = settings.prefix + call.path
        let inURL = try (call.isForm ? [] : call.fields) + settings.flavor.parameters(for: call.principal)
        if !inURL.isEmpty { target += "?" + String(decoding: encodeForm(inURL), as: UTF8.self) }
        if call.isForm { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        let allowed = call.allowed.map { .milliseconds($0.milliseconds) } ?? settings.timeout
        do {
            return try await http.send(
                HTTPClientRequest(
                    method: call.isForm ? .post : .get, target: target, headers: headers,
                    body: call.isForm ? encodeForm(call.fields) : [],
                    // Prometheus shall be the one to give up: its answer says more than ours would.
                    timeout: allowed + Self.grace, idleTimeout: settings.timeout, isIdempotent: true))
        } catch {
            throw UpstreamFailure(error)
        }
    }

    /// Sends a call and gives its good answer, in JSON, as it comes in.
    ///
    /// - Throws: ``UpstreamFailure``.
    func json(_ call: Call, _ context: RequestContext) async throws -> UpstreamBody {
        var call = call
        let hidesStores = settings.flavor == .thanos
        call.takesGzip = context.prefersGzip && !hidesStores
        let response = try await send(call, context)
        do {
            var body = try await UpstreamAnswer.body(response, of: ["application/json"], takesGzip: call.takesGzip)
            if hidesStores { body.stream = StoreWarnings(hiding: body.stream) }
            return body
        } catch UpstreamFailure.refused(let status, let message?, let kind)
            where hidesStores && !StoreErrors.isOfTheQuery(message, kind: kind)
        {
            throw UpstreamFailure.refused(status: status, message: nil, kind: kind)
        }
    }

    /// The shorter of what the caller and the configuration allow an evaluation.
    func allowed(_ timeout: PrometheusDuration?) -> PrometheusDuration {
        let longest = settings.timeout.wholeMilliseconds
        return PrometheusDuration(milliseconds: min(timeout?.milliseconds ?? longest, longest))
    }
}

extension Duration {
    /// Cut to whole milliseconds.
    var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
