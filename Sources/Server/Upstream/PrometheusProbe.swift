import APIRuntime
import HTTPClient
import Telemetry

/// Calls of Prometheus that carry no tenant data.
struct PrometheusProbe: Sendable {
    private let http: any HTTPClient
    private let prefix: String

    /// A probe of the Prometheus behind `http`.
    init(http: any HTTPClient, prefix: String) {
        self.http = http
        self.prefix = prefix
    }

    /// Whether Prometheus says, within two seconds, that it is ready.
    func isReady(_ context: RequestContext) async -> Bool {
        let request = HTTPClientRequest(
            method: .get, target: prefix + "/-/ready", headers: [RequestID.headerName: context.requestID],
            timeout: .seconds(2), isIdempotent: true)
        guard let response = try? await http.send(request) else { return false }
        // The text of the answer is nobody's business; reading it lets the connection serve again.
        _ = try? await RequestBody.stream(response.body).collect(limit: 4_096)
        return response.status == 200
    }
}
