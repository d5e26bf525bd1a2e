import APIRuntime
import EventLoop
import GeneratedAPI
import JOSE
import Telemetry
import Tenancy

/// Turns a bearer token into a principal.
struct TokenAuthenticator: Authenticator {
    private let keys: TokenKeys
    /// What has the keys fetched again for tokens whose key is not known.
    private let endpoint: KeyEndpointWatch?
    private let policy: TenancyPolicy
    private let places = ShardLocal<ShardTokens>()

    init(keys: TokenKeys, endpoint: KeyEndpointWatch? = nil, policy: TenancyPolicy) {
        self.keys = keys
        self.endpoint = endpoint
        self.policy = policy
    }

    func bearerAuth(_ token: String?, of request: Request) async throws -> Principal {
        guard let token else {
            throw APIFailure.unauthenticated(.missing, detail: "A bearer token is required.")
        }
        // What is remembered is what the token grants; each request picks of that anew.
        let principal = try await principal(of: token)
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

    /// The principal of a token, for which the keys may have to be fetched again.
    private func principal(of token: String) async throws -> Principal {
        var outcome = outcome(of: token)
        if case .failure(.unknownKey) = outcome, keys.isComplete, let endpoint,
            await endpoint.refreshForUnknownKey()
        {
            outcome = self.outcome(of: token)
        }
        switch outcome {
        case .success(let principal): return try principal.get()
        case .failure(let error): throw failure(error)
        }
    }

    private func failure(_ error: TokenError) -> APIFailure {
        guard keys.isComplete || !error.dependsOnKeys else {
            return APIFailure(
                .unavailable, detail: "The keys that tokens are verified with could not be fetched yet.",
                headers: ["Retry-After": "5"], logDetail: "the keys for tokens have not been fetched")
        }
        return .unauthenticated(
            .invalidToken(description: error.publicDescription), detail: "\(error.publicDescription).",
            logDetail: error.reason)
    }

    /// Why a token does not verify; or the principal, from this shard's cache or the token, or why it is none's.
    private typealias Outcome = Result<Result<Principal, APIFailure>, TokenError>

    private func outcome(of token: String) -> Outcome {
        let now = Timestamp.unixSeconds()
        let bytes = token.utf8
        guard let loop = ShardLoop.current, bytes.count <= keys.policy.maximumTokenBytes,
            let digest = SHA256Digest(bytes.span)
        else { return verify(token, by: keys.verifier, now: now).map(principal) }
        let tokens = self.tokens(on: loop)
        tokens.follow(keys)
        if let principal = tokens.cache.value(for: digest, now: now) { return .success(.success(principal)) }
        return verify(token, by: tokens.verifier, now: now).map { verified in
            let result = principal(of: verified)
            if case .success(let principal) = result {
                tokens.cache.insert(principal, for: digest, of: verified, now: now)
            }
            return result
        }
    }

    private func verify(
        _ token: String, by verifier: TokenVerifier?, now: Int64
    ) -> Result<VerifiedToken, TokenError> {
        guard let verifier else { return .failure(.unknownKey) }
        return Result { () throws(TokenError) in try verifier.verify(token, now: now) }
    }

    private func principal(of verified: VerifiedToken) -> Result<Principal, APIFailure> {
        do throws(Denied) {
            return .success(try Principal(verified, policy: policy))
        } catch {
            return .failure(Self.refusal(error))
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
    private(set) var verifier: TokenVerifier?
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
