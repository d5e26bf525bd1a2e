import APIRuntime
import HTTPClient
import JSON
import Telemetry

/// Calls of an upstream that carry no tenant data.
struct UpstreamProbe: Sendable {
    private let http: any HTTPClient
    private let target: String
    private let versionTarget: String?

    /// A probe that asks `target`, for example `/-/ready`, and `versionTarget` for the version.
    init(http: any HTTPClient, target: String, versionTarget: String? = nil) {
        self.http = http
        self.target = target
        self.versionTarget = versionTarget
    }

    /// Whether the upstream says with 200, within two seconds, that it is ready.
    func isReady(_ requestID: String) async -> Bool {
        // The text of the answer is nobody's business; reading it lets the connection serve again.
        await get(target, requestID)?.status == 200
    }

    /// The version in its build information, in Prometheus' form or in Tempo's; `nil` if it says none that is one.
    func version(_ requestID: String) async -> String? {
        guard let versionTarget, let (status, body) = await get(versionTarget, requestID), status == 200,
            let information = try? JSONParser.parse(body)
        else { return nil }
        let text = information["data"]?["version"]?.stringValue ?? information["version"]?.stringValue
        return text.flatMap { Self.isVersion($0) ? $0 : nil }
    }

    private static func isVersion(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }

    private func get(_ target: String, _ requestID: String) async -> (status: Int, body: [UInt8])? {
        let request = HTTPClientRequest(
            target: target, headers: [RequestID.headerName: requestID], timeout: .seconds(2),
            idleTimeout: .seconds(2))
        guard let response = try? await http.send(request) else { return nil }
        let body = try? await RequestBody.stream(response.body).collect(limit: 65_536)
        return (response.status, body ?? [])
    }
}
