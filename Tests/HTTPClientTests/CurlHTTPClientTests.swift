import APIRuntime
import EventLoop
import HTTPClient
import Testing

@Suite struct CurlHTTPClientTests {
    @Test("conforms without TLS", arguments: HTTPClientConformance.all)
    func conforms(conformance: HTTPClientConformance) async throws {
        try await conformance.check { CurlHTTPClient(origin: $0, configuration: $1) }
    }
}
