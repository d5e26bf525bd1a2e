import APIRuntime

/// Header fields that every answer carries: browsers must not guess its type, caches must not keep tenants' data.
struct SecurityHeaders: Middleware {
    let name = "security_headers"

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = try await next.handle(exchange)
        Self.add(to: &response)
        return response
    }

    static func add(to response: inout Response) {
        response.headers.add(name: "X-Content-Type-Options", value: "nosniff")
        if !response.headers.contains("Cache-Control") {
            response.headers.add(name: "Cache-Control", value: "no-store")
        }
    }
}
