import APIRuntime
import GeneratedAPI
import JSON
import Tenancy

/// Holds the callers to the limits of the tenants that they ask for.
///
/// Each selected tenant is charged, so a caller has no more by picking others. The fields `RateLimit-Policy` and
/// `RateLimit` ([draft-ietf-httpapi-ratelimit-headers](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/))
/// say where the nearest of these tenants' buckets stands, and nothing of any other tenant.
struct TenantLimiting: Middleware {
    let name = "rate_limiting"
    /// `nil` if there are none.
    let limits: TenantLimits?

    var isActive: Bool { limits != nil }

    var settings: [String: JSONValue] { limits?.settings ?? [:] }

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        guard let limits, let tenants = exchange.principal?.selected else { return try await next.handle(exchange) }
        let running = try admit(tenants, to: limits, exchange)
        do {
            var response = try await next.handle(exchange)
            // The place is kept as long as the answer is on its way, for so long it holds an upstream's connection.
            response.atEnd { _ in running.end() }
            return response
        } catch {
            running.end()
            throw error
        }
    }

    private func admit(_ tenants: [Tenant], to limits: TenantLimits, _ exchange: Exchange) throws -> RunningRequest {
        switch limits.admit(tenants) {
        case .admitted(let allowance):
            let running = RunningRequest(of: tenants, in: limits)
            exchange.answerFields = Self.fields(allowance)
            return running
        case .tooMany(let wait, let allowance):
            exchange.answerFields = Self.fields(allowance)
            throw APIFailure(
                .rateLimited, detail: "The tenant's requests come too fast.",
                headers: ["Retry-After": String(Self.seconds(wait))])
        case .tooManyRunning(let allowance):
            exchange.answerFields = Self.fields(allowance)
            throw APIFailure(
                .tooManyRequests, detail: "Too many of the tenant's requests are running.",
                headers: ["Retry-After": "1"])
        case .noRoom:
            throw APIFailure(
                .unavailable, detail: "The gateway serves too many tenants at once.", headers: ["Retry-After": "1"],
                logDetail: "the table of tenants' limits is full")
        }
    }

    private static func fields(_ allowance: TenantLimits.Allowance?) -> HeaderFields {
        guard let allowance else { return [:] }
        let rate = allowance.rate
        return [
            "RateLimit-Policy": "\"default\";q=\(rate.burst);w=\(seconds(rate.fillTime))",
            "RateLimit": "\"default\";r=\(allowance.remaining);t=\(seconds(allowance.reset))",
        ]
    }

    /// Whole seconds, rounded up and at least 1.
    private static func seconds(_ nanoseconds: UInt64) -> UInt64 {
        max(1, nanoseconds / 1_000_000_000 + (nanoseconds % 1_000_000_000 == 0 ? 0 : 1))
    }
}
