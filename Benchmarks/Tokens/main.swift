// Times the verification of a token of each kind, and what a cache makes of it.
//
// usage: TokenBenchmark [seconds a line]

import JOSE
import JSON

let arguments = CommandLine.arguments
let seconds = max(0.1, arguments.count > 1 ? Double(arguments[1]) ?? 0.5 : 0.5)
let now: Int64 = 1_800_000_000

/// Prints the mean time of one call.
func report(_ name: String, _ work: () throws -> Void) throws {
    let limit = Duration.seconds(seconds)
    var (count, batch) = (0, 1)
    let start = ContinuousClock.now
    while ContinuousClock.now - start < limit {
        for _ in 0..<batch { try work() }
        count += batch
        batch = min(batch * 2, 256)
    }
    let elapsed = ContinuousClock.now - start
    let nanoseconds = Double(elapsed.components.seconds) * 1e9 + Double(elapsed.components.attoseconds) / 1e9
    print("\(name): \(Int(nanoseconds / Double(count))) ns")
}

func measure(_ name: String, _ token: String, _ verifier: TokenVerifier) throws {
    try report("\(name) verified") { _ = try verifier.verify(token, now: now) }
    let cache = TokenCache<VerifiedToken>()
    func digest() -> SHA256Digest? { SHA256Digest(token.utf8.span) }
    if let digest = digest() {
        cache.insert(
            try verifier.verify(token, now: now), for: digest, of: try verifier.verify(token, now: now), now: now)
    }
    try report("\(name) found in the cache") {
        guard let digest = digest(), cache.value(for: digest, now: now + 1) != nil else { throw KeyError.noKeys }
    }
}

let secret = try SharedSecret(bytes: [UInt8](repeating: 0x6B, count: 32))
let keys = try PEMKeys.parse(
    Array(TokenSamples.publicKeys.utf8), allowed: AllowedAlgorithms([.rs256, .ps256, .es256, .edDSA]))
let verifier = TokenVerifier(keys: try KeySet(keys + [.hs256(secret)]), policy: TokenPolicy())
let signed = try TokenSigner(secret: secret).sign([
    "sub": "alice", "iss": "https://issuer.example", "aud": "palisade", "iat": 1_700_000_000, "exp": 4_102_444_800,
    "tenant_id": "acme",
])
for (name, token) in [("HS256", signed)] + TokenSamples.tokens { try measure(name, token, verifier) }
