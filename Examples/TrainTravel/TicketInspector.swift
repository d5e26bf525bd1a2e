import APIRuntime
import TrainTravelAPI

/// Knows two tokens: one may look, the other may book as well.
struct TicketInspector: Authenticator {
    func oAuth2(_ token: String?, of request: Request) async throws -> AuthenticatedCaller {
        switch token {
        case "reader": return AuthenticatedCaller(subject: "reader", scopes: ["read"])
        case "traveller": return AuthenticatedCaller(subject: "traveller", scopes: ["read", "write"])
        case nil: throw APIFailure.unauthenticated(.missing, detail: "A token is required.")
        default:
            throw APIFailure.unauthenticated(
                .invalidToken(description: "unknown token"), detail: "The token is not one of ours.")
        }
    }

    func scopes(of credential: AuthenticatedCaller) -> Set<String> { credential.scopes }
}
