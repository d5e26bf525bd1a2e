import APIRuntime

/// Header fields that every answer carries: browsers must not guess its type, caches must not keep tenants' data.
struct SecurityHeaders: Middleware {
    let name = "security_headers"
    /// Requests come by TLS: browsers must not come back without it
    /// ([RFC 6797](https://www.rfc-editor.org/rfc/rfc6797)).
    let isSecure: Bool

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = try await next.handle(exchange)
        add(to: &response)
        return response
    }

    func add(to response: inout Response) {
        response.headers.add(name: "X-Content-Type-Options", value: "nosniff")
        if isSecure { response.headers.add(name: "Strict-Transport-Security", value: "max-age=31536000") }
        if !response.headers.contains("Cache-Control") {
            response.headers.add(name: "Cache-Control", value: "no-store")
        }
    }
}
