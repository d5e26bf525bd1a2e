import APIRuntime
import HTTPClient

/// A client that reaches a plain upstream through a TLS relay, and names the upstream as `Host`.
final class RelayedClient: HTTPClient {
    private let relay: TLSRelay?
    private let client: CurlHTTPClient
    private let authority: String

    init(
        to origin: HTTPClientOrigin, _ configuration: HTTPClientConfiguration, authority: TestAuthority,
        identity: TestAuthority.Identity
    ) {
        // Where nobody is to listen, nobody does.
        relay = origin.port == 1 ? nil : try? TLSRelay(to: origin.port, as: identity)
        self.authority = origin.authority
        client = CurlHTTPClient(
            origin: HTTPClientOrigin(scheme: .https, host: origin.host, port: relay?.port ?? origin.port),
            configuration: configuration, tls: HTTPClientTLS(authoritiesFile: authority.certificateFile))
    }

    nonisolated(nonsending) func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        var request = request
        request.headers["Host"] = authority
        return try await client.send(request)
    }

    func close() async {
        await client.close()
        relay?.stop()
    }
}
