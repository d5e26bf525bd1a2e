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
        do {
            return try Principal(verified, policy: policy)
        } catch {
            throw APIFailure(
                .forbidden, detail: "The token names no tenant that can be used.", logDetail: error.reason)
        }
    }
}
