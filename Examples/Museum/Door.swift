import APIRuntime
import MuseumAPI

/// Lets the visitor in, and nobody else.
struct Door: Authenticator {
    func museumPlaceholderAuth(
        _ credentials: BasicCredentials?, of request: Request
    ) async throws -> AuthenticatedCaller {
        guard let credentials, credentials.user == "visitor", credentials.password == "open sesame" else {
            throw APIFailure(
                .unauthenticated, detail: "Visitors have a name and a password.",
                headers: ["WWW-Authenticate": "Basic realm=\"museum\", charset=\"UTF-8\""])
        }
        return AuthenticatedCaller(subject: credentials.user)
    }
}
