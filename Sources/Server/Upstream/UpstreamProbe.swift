import APIRuntime
import HTTPClient
import Telemetry

/// Calls of an upstream that carry no tenant data.
struct UpstreamProbe: Sendable {
    private let http: any HTTPClient
    private let target: String

    /// A probe that asks `target`, for example `/-/ready`.
    init(http: any HTTPClient, target: String) {
        self.http = http
        self.target = target
    }

    /// Whether the upstream says with 200, within two seconds, that it is ready.
    func isReady(_ context: RequestContext) async -> Bool {
        let request = HTTPClientRequest(
            target: target, headers: [RequestID.headerName: context.requestID], timeout: .seconds(2),
            idleTimeout: .seconds(2))
        guard let response = try? await http.send(request) else { return false }
        // The text of the answer is nobody's business; reading it lets the connection serve again.
        _ = try? await RequestBody.stream(response.body).collect(limit: 4_096)
        return response.status == 200
    }
}
