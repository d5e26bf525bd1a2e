import APIRuntime

/// The origins whose pages may read the gateway's answers.
enum AllowedOrigins: Sendable, Equatable {
    /// The pages of no other origin.
    case none
    /// Any page.
    case any
    /// The pages of these, each as a browser sends it.
    case these([String])
}

/// Lets pages of other origins in where the operator allows it
/// ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)).
///
/// Cookies never count here, so `Access-Control-Allow-Credentials` is never sent: a page must have a token of its own.
struct CrossOrigin: Middleware {
    let name = "cross_origin"
    let origins: AllowedOrigins

    static let allowedHeaders = "Authorization, Content-Type, If-None-Match, X-Request-ID, X-Tenant"
    static let exposedHeaders = "ETag, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"
    /// How long a browser may remember the answer to a preflight, in seconds.
    static let maximumAge = "600"

    var isActive: Bool { origins != .none }

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        var response = try await next.handle(exchange)
        addVary(to: &response)
        let request = exchange.request
        guard let origin = allowed(request.headers) else { return response }
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == .options, request.headers.count("access-control-request-method") == 1 {
            // What may be done with a resource, routing knows best. A resource that does not exist has nothing to allow.
            if response.status == 204, let methods = response.headers["Allow"] {
                response.headers["Access-Control-Allow-Methods"] = methods
                response.headers["Access-Control-Allow-Headers"] = Self.allowedHeaders
                response.headers["Access-Control-Max-Age"] = Self.maximumAge
            }
        } else {
            response.headers["Access-Control-Expose-Headers"] = Self.exposedHeaders
        }
        return response
    }

    /// Says that answers to other origins differ, also on an answer that is the same for all: a cache must not keep one
    /// without the fields for a page that needs them.
    func addVary(to response: inout Response) {
        if origins != .none { response.headers.add(name: "Vary", value: "Origin") }
    }

    /// What `Access-Control-Allow-Origin` is for the request's origin, compared byte by byte; `nil` if it has none.
    private func allowed(_ headers: HeaderFields) -> String? {
        guard headers.count("origin") == 1, let origin = headers["origin"] else { return nil }
        switch origins {
        case .none: return nil
        case .any: return "*"
        case .these(let list): return list.first { $0.utf8.elementsEqual(origin.utf8) }
        }
    }
}
