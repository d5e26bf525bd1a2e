import APIRuntime
import EventLoop
import GeneratedAPI
import JOSE
import Telemetry
import Tenancy

/// Turns a bearer token into a principal.
struct TokenAuthenticator: Authenticator {
    private let keys: TokenKeys
    private let policy: TenancyPolicy
    private let places = ShardLocal<ShardTokens>()

    init(keys: TokenKeys, policy: TenancyPolicy) {
        self.keys = keys
        self.policy = policy
    }

    func bearerAuth(_ token: String?, of request: Request) async throws -> Principal {
        guard let token else {
            throw APIFailure.unauthenticated(.missing, detail: "A bearer token is required.")
        }
        // What is remembered is what the token grants; each request picks of that anew.
        let principal = try principal(of: token, now: Timestamp.unixSeconds())
        guard let names = try TenantSelection.names(in: request.headers) else { return principal }
        do {
            return try principal.picking(names)
        } catch {
            throw Self.refusal(error)
        }
    }

    /// One answer for every reason: a tenant that is not granted looks like one that does not exist.
    private static func refusal(_ denied: Denied) -> APIFailure {
        APIFailure(.forbidden, detail: "The token names no tenant that can be used.", logDetail: denied.reason)
    }

    /// The principal from this shard's cache, or else from the token, once that is verified.
    private func principal(of token: String, now: Int64) throws -> Principal {
        let bytes = token.utf8
        guard let loop = ShardLoop.current, bytes.count <= keys.policy.maximumTokenBytes,
            let digest = SHA256Digest(bytes.span)
        else { return try verify(token, by: keys.verifier, now: now).principal }
        let tokens = self.tokens(on: loop)
        tokens.follow(keys)
        if let principal = tokens.cache.value(for: digest, now: now) { return principal }
        let (principal, verified) = try verify(token, by: tokens.verifier, now: now)
        tokens.cache.insert(principal, for: digest, of: verified, now: now)
        return principal
    }

    private func verify(
        _ token: String, by verifier: TokenVerifier, now: Int64
    ) throws -> (principal: Principal, verified: VerifiedToken) {
        let verified: VerifiedToken
        do {
            verified = try verifier.verify(token, now: now)
        } catch {
            throw APIFailure.unauthenticated(
                .invalidToken(description: error.publicDescription), detail: "\(error.publicDescription).",
                logDetail: error.reason)
        }
        do {
            return (try Principal(verified, policy: policy), verified)
        } catch {
            throw Self.refusal(error)
        }
    }

    private func tokens(on loop: ShardLoop) -> ShardTokens {
        if let tokens = places.value(on: loop) { return tokens }
        let tokens = ShardTokens(keys)
        places.set(tokens, on: loop)
        return tokens
    }
}

/// What one shard knows of tokens: the keys of now, and whom they have shown tokens to be from.
private final class ShardTokens {
    private(set) var verifier: TokenVerifier
    let cache = TokenCache<Principal>()
    private var generation: Int

    init(_ keys: TokenKeys) {
        generation = keys.generation
        verifier = keys.verifier
    }

    /// Takes the keys of now; what others have shown is forgotten.
    func follow(_ keys: TokenKeys) {
        let now = keys.generation
        guard now != generation else { return }
        // The number before the keys: were they to change in between, the next request would take them once more.
        generation = now
        verifier = keys.verifier
        cache.removeAll()
    }
}
