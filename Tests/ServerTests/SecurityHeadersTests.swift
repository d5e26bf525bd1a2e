import APIRuntime
import Testing

@testable import Server

@Suite("Security headers")
struct SecurityHeadersTests {
    private static let nothing = "default-src 'none'; frame-ancestors 'none'"

    @Test(
        "every answer says that it is no page, no frame and no guess, and sends no referrer",
        arguments: [
            (HTTPMethod.get, "/health"), (.get, "/openapi.yaml"), (.get, "/openapi.json"), (.get, "/nowhere"),
            (.options, "/health"), (.delete, "/health"), (.get, "/api/v1/metrics/query"), (.head, "/health"),
        ])
    func everywhere(_ method: HTTPMethod, _ path: String) async throws {
        let answer = try await TestGateway(FakeUpstream()).send(method, path)
        #expect(answer.headers.values("x-content-type-options") == ["nosniff"])
        #expect(answer.headers.values("referrer-policy") == ["no-referrer"])
        #expect(answer.headers.values("content-security-policy") == [Self.nothing])
        #expect(answer.headers.count("cache-control") == 1)
        #expect(!answer.headers.contains("server"))
    }

    @Test("the page of the documentation keeps its own policy")
    func page() async throws {
        let answer = try await TestGateway(FakeUpstream()).send(.get, "/docs")
        #expect(answer.headers.values("content-security-policy") == [PlainPage.contentSecurityPolicy])
        #expect(answer.headers.values("referrer-policy") == ["no-referrer"])
    }

    @Test("an answer that a copy is still right has no policy, which would replace the copy's own")
    func unchanged() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for path in ["/dashboard", "/openapi.json"] {
            let answer = try await gateway.send(.get, path, headers: ["if-none-match": "*"])
            #expect(answer.status == 304)
            #expect(!answer.headers.contains("content-security-policy"))
            #expect(answer.headers.values("x-content-type-options") == ["nosniff"])
        }
    }

    @Test("no cache keeps a tenant's data, nor what it was refused")
    func tenantData() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for query in ["up", "up{"] {
            let answer = try await gateway.query(query, token: Tokens.token())
            #expect(answer.headers.values("cache-control") == ["no-store"])
        }
    }

    @Test("a request that could not be read is answered with them")
    func refusal() throws {
        let response = try TestGateway(FakeUpstream()).gateway.refuse(
            ProtocolFailure(status: 400, detail: "No."), context: RequestContext())
        #expect(response.headers.values("referrer-policy") == ["no-referrer"])
        #expect(response.headers.values("content-security-policy") == [Self.nothing])
    }
}
