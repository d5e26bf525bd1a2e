import APIRuntime
import GeneratedAPI
import JOSE
import Telemetry
import Tenancy

/// Turns a bearer token into a principal.
struct TokenAuthenticator: Authenticator {
    let verifier: TokenVerifier
    let policy: TenancyPolicy

    func bearerAuth(_ token: String?, of request: Request) async throws -> Principal {
        guard let token else {
            throw APIFailure.unauthenticated(.missing, detail: "A bearer token is required.")
        }
        let verified: VerifiedToken
        do {
            verified = try verifier.verify(token, now: Timestamp.unixSeconds())
        } catch {
            throw APIFailure.unauthenticated(
                .invalidToken(description: error.publicDescription), detail: "\(error.publicDescription).",
                logDetail: error.reason)
        }
        let picked = try TenantSelection.names(in: request.headers)
        do {
            return try Principal(verified, picking: picked, policy: policy)
        } catch {
            // One answer for every reason: a tenant that is not granted looks like one that does not exist.
            throw APIFailure(
                .forbidden, detail: "The token names no tenant that can be used.", logDetail: error.reason)
        }
    }
}
