import JSON
import TestSupport
import Testing

@testable import JOSE

/// Tokens damaged by chance, before they are signed and after.
@Suite("Damaged tokens")
struct TokenFuzzTests {
    private let fixture: TokenFixture

    init() throws { fixture = try TokenFixture() }

    private static func damage(
        _ text: [UInt8], _ splinters: [String], using random: inout SeededGenerator
    ) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<max(1, text.count), using: &random)
            switch Int.random(in: 0...4, using: &random) {
            case 0 where place < text.count: text[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1 where place < text.count: text.remove(at: place)
            case 2 where place < text.count:
                let end = min(text.count, place + Int.random(in: 1...30, using: &random))
                text.insert(contentsOf: text[place..<end], at: place)
            case 3 where place < text.count: text.removeSubrange(place..<min(text.count, place + 5))
            default:
                let splinter = splinters.randomElement(using: &random) ?? ""
                text.insert(contentsOf: Array(splinter.utf8), at: min(place, text.count))
            }
        }
        return text
    }

    @Test("No token that was damaged after it was signed verifies")
    func afterSigning() throws {
        let valid = Array(try fixture.token().utf8)
        for seed in FuzzSeeds(rounds: 4_000, parts: 2) {
            var random = SeededGenerator(seed: seed)
            let damaged = Self.damage(
                valid, [".", "=", "..", "AA", "eyJ", "-", "/", " ", "\n", "\0", "é"], using: &random)
            let verified = try? fixture.verifier.verify(damaged.span, now: TokenFixture.now)
            #expect(verified == nil || damaged == valid, "seed \(seed)")
        }
    }

    @Test("A rightly signed token is accepted only with a whole header of the one algorithm and whole, timely claims")
    func beforeSigning() throws {
        let header = Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)
        let payload = TokenFixture.claims.serialized()
        let splinters = [
            "\"alg\":\"none\",", "\"crit\":[\"b64\"],", "\"exp\":1,", "\"exp\":\"x\",", "\"nbf\":1e30,", ",", "{", "}",
            "[",
            "\"", "\\u0000", "\\ud800", "null", "1e999", "\"aud\":[],", " ", "\0", "é", "}{",
        ]
        var (accepted, rounds) = (0, 0)
        for seed in FuzzSeeds(rounds: 4_000, parts: 2) {
            rounds += 1
            var random = SeededGenerator(seed: seed)
            let changed = Bool.random(using: &random) ? header : Self.damage(header, splinters, using: &random)
            let claims = Bool.random(using: &random) ? payload : Self.damage(payload, splinters, using: &random)
            let token = try fixture.signer.sign(header: changed, payload: claims)
            guard fixture.refusal(of: token) == nil else { continue }
            accepted += 1
            let readHeader = try? JSONParser.parse(changed)
            #expect(readHeader?["alg"] == "HS256" && readHeader?["crit"] == nil, "seed \(seed): \(changed)")
            let readClaims = try? JSONParser.parse(claims)
            #expect(readClaims?["iss"] == "https://issuer.example", "seed \(seed): \(claims)")
            let expiry = readClaims?["exp"]?.numberValue?.double ?? 0
            #expect(expiry > Double(TokenFixture.now) - 61, "seed \(seed): \(claims)")
        }
        #expect(rounds < 100 || (rounds / 10..<rounds).contains(accepted))
    }
}
