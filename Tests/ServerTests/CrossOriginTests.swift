import APIRuntime
import Testing

@testable import Server

@Suite("Cross-origin requests")
struct CrossOriginTests {
    private static let app = "https://app.example.org"
    private static let these = AllowedOrigins.these([app, "http://localhost:3000"])

    private func names(_ answer: Answer) -> [String] {
        answer.headers.fields.map(\.name).filter { $0.lowercased().hasPrefix("access-control-") }.sorted()
    }

    private func preflight(
        _ origins: AllowedOrigins, _ path: String = "/api/v1/metrics/query", origin: String = app
    ) async throws -> Answer {
        try await TestGateway(FakeUpstream(), origins: origins).send(
            .options, path,
            headers: [
                "origin": origin, "access-control-request-method": "GET",
                "access-control-request-headers": "authorization",
            ])
    }

    @Test("a preflight of an allowed origin is told what may be sent, without a token")
    func preflight() async throws {
        let answer = try await preflight(Self.these)
        #expect(answer.status == 204)
        #expect(answer.bytes.isEmpty)
        #expect(answer.headers.values("access-control-allow-origin") == [Self.app])
        #expect(answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST")
        let headers = try #require(answer.headers["access-control-allow-headers"])
        for header in ["Authorization", "Content-Type", "X-Request-ID", "X-Tenant"] {
            #expect(headers.contains(header))
        }
        #expect(answer.headers["access-control-max-age"] == "600")
        #expect(answer.headers.values("vary") == ["Origin"])
        #expect(!answer.headers.contains("access-control-allow-credentials"))
    }

    @Test(
        "an answer to an allowed origin can be read, errors included",
        arguments: [("/health", 200), ("/api/v1/metrics/query", 401), ("/nowhere", 404)])
    func answers(_ path: String, _ status: Int) async throws {
        let answer = try await TestGateway(FakeUpstream(), origins: Self.these).send(
            .get, path, headers: ["origin": "http://localhost:3000"])
        #expect(answer.status == status)
        #expect(answer.headers.values("access-control-allow-origin") == ["http://localhost:3000"])
        let exposed = try #require(answer.headers["access-control-expose-headers"])
        for header in ["X-Request-ID", "Retry-After", "RateLimit", "RateLimit-Policy", "ETag"] {
            #expect(exposed.contains(header))
        }
        #expect(answer.headers.values("vary") == ["Origin"])
        #expect(names(answer) == ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"])
    }

    @Test(
        "an origin that is not allowed gets no field, but Vary",
        arguments: [
            "https://evil.example", "https://app.example.org.evil.example", "https://app.example.org:8443",
            "http://app.example.org", "https://APP.example.org", "https://app.example.org/", "null", "*", "",
            "https://app.example.or", "https://app.example.org https://evil.example",
        ])
    func others(_ origin: String) async throws {
        let refused = try await preflight(Self.these, origin: origin)
        #expect(refused.status == 204)
        #expect(names(refused).isEmpty)
        #expect(refused.headers.values("vary") == ["Origin"])
        let answer = try await TestGateway(FakeUpstream(), origins: Self.these).send(
            .get, "/health", headers: ["origin": origin])
        #expect(answer.status == 200)
        #expect(names(answer).isEmpty)
        #expect(answer.headers.values("vary") == ["Origin"])
    }

    @Test("two Origin fields are no origin; without one there is nothing to allow")
    func noOrigin() async throws {
        let gateway = try TestGateway(FakeUpstream(), origins: Self.these)
        for headers in [[:], ["origin": Self.app, "Origin": Self.app]] as [HeaderFields] {
            let answer = try await gateway.send(.get, "/health", headers: headers)
            #expect(names(answer).isEmpty)
            #expect(answer.headers.values("vary") == ["Origin"])
        }
    }

    @Test("by default no origin is allowed, and nothing varies")
    func off() async throws {
        let answer = try await preflight(.none)
        #expect(answer.status == 204)
        #expect(names(answer).isEmpty)
        #expect(!answer.headers.contains("vary"))
    }

    @Test("with * every origin is, by the star itself and never with credentials")
    func any() async throws {
        let answer = try await preflight(.any, origin: "https://anything.example")
        #expect(answer.headers.values("access-control-allow-origin") == ["*"])
        #expect(!answer.headers.contains("access-control-allow-credentials"))
        #expect(answer.headers.values("vary") == ["Origin"])
    }

    @Test("a preflight of a path that does not exist allows nothing")
    func nowhere() async throws {
        let answer = try await preflight(Self.these, "/nowhere")
        #expect(answer.status == 404)
        #expect(!answer.headers.contains("access-control-allow-methods"))
    }

    @Test("OPTIONS without a preflight's fields is an answer like others")
    func plainOptions() async throws {
        let answer = try await TestGateway(FakeUpstream(), origins: Self.these).send(
            .options, "/health", headers: ["origin": Self.app])
        #expect(answer.status == 204)
        #expect(answer.headers["allow"] == "GET, HEAD, OPTIONS")
        #expect(names(answer) == ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"])
    }

    @Test("a request that could not be read varies as well")
    func refusal() throws {
        let gateway = try TestGateway(FakeUpstream(), origins: Self.these)
        let response = gateway.gateway.refuse(
            ProtocolFailure(status: 400, detail: "No."), context: RequestContext())
        #expect(response.headers.values("vary") == ["Origin"])
    }
}
