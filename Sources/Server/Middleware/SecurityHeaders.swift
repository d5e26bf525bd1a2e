import APIRuntime
import JSON

/// Header fields that every answer carries: browsers must not guess its type, run anything of it or put it into a frame,
/// tell other sites where a link in it came from; caches must not keep tenants' data.
struct SecurityHeaders: Middleware {
    let name = "security_headers"
    /// Requests come by TLS: browsers must not come back without it
    /// ([RFC 6797](https://www.rfc-editor.org/rfc/rfc6797)).
    let isSecure: Bool

    var settings: [String: JSONValue] { ["strict_transport_security": .bool(isSecure)] }

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = try await next.handle(exchange)
        add(to: &response)
        return response
    }

    func add(to response: inout Response) {
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        // A page says itself what it may load and run. The fields of a 304 replace those of the copy that it speaks of
        // (RFC 9111 §3.2): there, the policy of the page stays what it was.
        if response.status != 304, !response.headers.contains("Content-Security-Policy") {
            response.headers.add(
                name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'")
        }
        if isSecure { response.headers["Strict-Transport-Security"] = "max-age=31536000" }
        if !response.headers.contains("Cache-Control") {
            response.headers.add(name: "Cache-Control", value: "no-store")
        }
    }
}
