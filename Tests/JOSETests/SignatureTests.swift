import Dispatch
import JSON
import Synchronization
import TestSupport
import Testing

@testable import JOSE

/// Public keys of ``SignatureVectors`` and the verifiers of them.
enum PublicKeys {
    static let pem: [(kind: PublicKey.Kind, text: String)] = [
        (.rsa(bits: 2_048), SignatureVectors.rsaPEM), (.p256, SignatureVectors.p256PEM),
        (.p384, SignatureVectors.p384PEM), (.p521, SignatureVectors.p521PEM),
        (.ed25519, SignatureVectors.ed25519PEM),
    ]

    static let names = SignatureVectors.tokens.keys.sorted()

    static let all = AllowedAlgorithms(SignatureAlgorithm.allCases)

    static func verifier(_ keys: [VerificationKey], _ policy: TokenPolicy = TokenFixture.policy) throws -> TokenVerifier
    {
        TokenVerifier(keys: try KeySet(keys), policy: policy)
    }

    /// Why a token is refused, or nil if it is accepted.
    static func refusal(_ keys: [VerificationKey], _ token: String) throws -> TokenError? {
        let verifier = try verifier(keys)
        do throws(TokenError) {
            _ = try verifier.verify(token, now: TokenFixture.now)
            return nil
        } catch {
            return error
        }
    }

    /// The token with other bytes for its signature.
    static func token(_ token: String, signature: [UInt8]) throws -> String {
        let end = try #require(token.lastIndex(of: "."))
        var text = Array(token[...end].utf8)
        Base64URL.encode(signature, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    static func signature(of token: String) throws -> [UInt8] {
        let text = Array(try #require(token.split(separator: ".").last).utf8)
        let bytes = Base64URL.decode(text.span)
        return try #require(bytes)
    }
}

@Suite("Signatures with public keys")
struct SignatureTests {
    @Test(
        "The examples of RFC 7515, 7520 and 8037 verify, and no longer with any one bit of the signature changed",
        arguments: [
            RFCVectors.rfc7515A2, RFCVectors.rfc7515A3, RFCVectors.rfc7515A4, RFCVectors.rfc7520PS384,
            RFCVectors.rfc7520ES512, RFCVectors.rfc8037A4,
        ])
    func verifiesExamples(key: String, token: String) throws {
        let keys = try JSONWebKeySet(Array("{\"keys\":[\(key)]}".utf8), allowed: AllowedAlgorithms()).keys
        let key = try #require(keys.first)
        let bytes = Array(token.utf8)
        let end = try #require(bytes.lastIndex(of: 0x2E))
        let signature = try PublicKeys.signature(of: token)
        func isValid(_ signature: [UInt8]) throws -> Bool {
            try key.isValid(signature, of: bytes.span.extracting(0..<end))
        }
        #expect(try isValid(signature))
        for bit in stride(from: 0, to: signature.count * 8, by: 11) {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try !isValid(changed))
        }
    }

    @Test("The tokens of RFC 7515 A.2 and A.3 verify before they expire")
    func verifiesTokens() throws {
        for (key, token) in [RFCVectors.rfc7515A2, RFCVectors.rfc7515A3] {
            let set = try JSONWebKeySet(Array("{\"keys\":[\(key)]}".utf8))
            let verifier = try PublicKeys.verifier(set.keys, TokenPolicy())
            #expect(try verifier.verify(token, now: 1_300_819_379).issuer == "joe")
            #expect(throws: TokenError.expired) { try verifier.verify(token, now: 1_300_819_440) }
        }
    }

    @Test("Each algorithm verifies with the one key for it, and with no other")
    func verifiesEachAlgorithm() throws {
        for (kind, text) in PublicKeys.pem {
            for key in try PEMKeys.parse(Array(text.utf8), allowed: PublicKeys.all) {
                #expect(kind.algorithms.contains(key.algorithm))
                for (name, token) in SignatureVectors.tokens {
                    let expected = name == key.algorithm.rawValue ? nil : TokenError.unsupportedAlgorithm
                    #expect(try PublicKeys.refusal([key], token) == expected, "\(name) with \(key.algorithm)")
                }
            }
        }
        #expect(SignatureVectors.tokens.count == 10)
    }

    @Test("HS384 and HS512 verify as others compute them")
    func verifiesLargerHashes() throws {
        // Computed with Python's hmac over `header.payload`, the key being 64 letters k.
        let secret = try SharedSecret(bytes: [UInt8](repeating: 0x6B, count: 64))
        for (algorithm, token) in SignatureVectors.macs {
            let algorithm = try #require(SignatureAlgorithm(name: algorithm))
            let key = try VerificationKey(secret, algorithm: algorithm)
            #expect(try PublicKeys.refusal([key], token) == nil)
            let other = try VerificationKey(
                SharedSecret(bytes: [UInt8](repeating: 0x6C, count: 64)), algorithm: algorithm)
            #expect(try PublicKeys.refusal([other], token) == .badSignature)
        }
    }

    @Test("Several threads verify with one key at once")
    func verifiesConcurrently() throws {
        var keys: [VerificationKey] = []
        for (_, text) in PublicKeys.pem { keys += try PEMKeys.parse(Array(text.utf8), allowed: PublicKeys.all) }
        let verifier = try PublicKeys.verifier(keys)
        let good = Array(SignatureVectors.tokens.values)
        let bad = SignatureVectors.wrong.values.filter { !$0.hasPrefix("eyJhbGciOiJIUz") }
        let counts = Mutex((accepted: 0, refused: 0))
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for token in good + bad {
                let isValid = (try? verifier.verify(token, now: TokenFixture.now)) != nil
                counts.withLock { if isValid { $0.accepted += 1 } else { $0.refused += 1 } }
            }
        }
        #expect(counts.withLock { $0.accepted } == 8 * good.count)
        #expect(counts.withLock { $0.refused } == 8 * bad.count)
    }

    @Test("A header cannot move a signature to another algorithm of the same key")
    func pinsAlgorithm() throws {
        let keys = try PEMKeys.parse(Array(SignatureVectors.rsaPEM.utf8), allowed: PublicKeys.all)
        #expect(keys.count == 6)
        let token = try #require(SignatureVectors.tokens["RS256"])
        let rest = token.drop { $0 != "." }
        for name in ["RS384", "RS512", "PS256", "PS384", "PS512"] {
            var header: [UInt8] = []
            Base64URL.encode(Array(#"{"alg":"\#(name)","typ":"JWT"}"#.utf8), into: &header)
            let moved = String(decoding: header, as: UTF8.self) + rest
            #expect(try PublicKeys.refusal(keys, moved) == .badSignature)
            #expect(try PublicKeys.refusal(Array(keys.prefix(1)), moved) == .unsupportedAlgorithm)
        }
    }

    @Test("Numbers with zeros or a set bit in front verify", arguments: SignatureVectors.edges)
    func verifiesEdges(token: String) throws {
        let keys =
            try PEMKeys.parse(Array(SignatureVectors.rsaPEM.utf8), allowed: PublicKeys.all)
            + PEMKeys.parse(Array(SignatureVectors.p256PEM.utf8))
        #expect(try PublicKeys.refusal(keys, token) == nil)
        // Without its zero it is another spelling of the same number.
        let signature = try PublicKeys.signature(of: token)
        let shorter = try PublicKeys.token(token, signature: Array(signature.dropFirst()))
        #expect(try PublicKeys.refusal(keys, shorter) == .badSignature)
        let longer = try PublicKeys.token(token, signature: [0] + signature)
        #expect(try PublicKeys.refusal(keys, longer) == .badSignature)
    }

    @Test(
        "Signatures of another form, hash, salt, padding, range or key", arguments: SignatureVectors.wrong.keys.sorted()
    )
    func refusesWrong(name: String) throws {
        let token = try #require(SignatureVectors.wrong[name])
        var keys: [VerificationKey] = []
        for (_, text) in PublicKeys.pem { keys += try PEMKeys.parse(Array(text.utf8), allowed: PublicKeys.all) }
        let expected = name.hasPrefix("HS") ? TokenError.unsupportedAlgorithm : .badSignature
        #expect(try PublicKeys.refusal(keys, token) == expected)
        // Not even beside a secret of its own does a public key become one.
        if name.hasPrefix("HS") {
            #expect(try PublicKeys.refusal(keys + [.hs256(TokenFixture.secret())], token) == .badSignature)
        }
    }

    @Test("No token with a character replaced, inserted, removed or swapped verifies", arguments: PublicKeys.names)
    func refusesEveryChange(name: String) throws {
        var keys: [VerificationKey] = []
        for (_, text) in PublicKeys.pem { keys += try PEMKeys.parse(Array(text.utf8), allowed: PublicKeys.all) }
        let valid = Array(try #require(SignatureVectors.tokens[name]).utf8)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=".utf8)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<150 {
            var changed = valid
            let place = Int.random(in: valid.indices, using: &random)
            let character = alphabet.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: changed[place] = character
            case 1: changed.insert(character, at: place)
            case 2: changed.remove(at: place)
            default: changed.swapAt(place, Int.random(in: valid.indices, using: &random))
            }
            guard changed != valid else { continue }
            #expect(try PublicKeys.refusal(keys, String(decoding: changed, as: UTF8.self)) != nil)
        }
        #expect(try PublicKeys.refusal(keys, String(decoding: valid, as: UTF8.self)) == nil)
    }

    @Test("An RSA or Ed25519 signature of another size", arguments: ["RS256", "PS256", "EdDSA"])
    func refusesOtherSizes(name: String) throws {
        let token = try #require(SignatureVectors.tokens[name])
        let text = name == "EdDSA" ? SignatureVectors.ed25519PEM : SignatureVectors.rsaPEM
        let keys = try PEMKeys.parse(Array(text.utf8), allowed: PublicKeys.all)
        let signature = try PublicKeys.signature(of: token)
        for other in [
            [], [0], Array(signature.dropLast()), signature + [0], signature + signature,
            [UInt8](repeating: 0, count: signature.count), [UInt8](repeating: 0xFF, count: signature.count),
        ] {
            #expect(try PublicKeys.refusal(keys, PublicKeys.token(token, signature: other)) == .badSignature)
        }
    }
}

@Suite("ECDSA signatures")
struct ECDSASignatureTests {
    /// A key, a token of it, and the order of its curve as a hexadecimal number.
    static let curves = [
        (SignatureVectors.p256PEM, "ES256", "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        (
            SignatureVectors.p384PEM, "ES384",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"
        ),
        (
            SignatureVectors.p521PEM, "ES512",
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
                + "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"
        ),
    ]

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private func sum(_ left: [UInt8], _ right: [UInt8]) -> (sum: [UInt8], fits: Bool) {
        var carry = 0
        var result = left
        for index in left.indices.reversed() {
            let total = Int(left[index]) + Int(right[index]) + carry
            result[index] = UInt8(total & 0xFF)
            carry = total >> 8
        }
        return (result, carry == 0)
    }

    @Test("r or s zero, the order or beyond it, or greater by the order", arguments: curves)
    func refusesOutOfRange(pem: String, name: String, order: String) throws {
        let keys = try PEMKeys.parse(Array(pem.utf8))
        let token = try #require(SignatureVectors.tokens[name])
        let order = bytes(order)
        let signature = try PublicKeys.signature(of: token)
        let half = signature.count / 2
        #expect(order.count == half)
        let (r, s) = (Array(signature.prefix(half)), Array(signature.suffix(half)))
        #expect(try PublicKeys.refusal(keys, token) == nil)
        var numbers = [[UInt8](repeating: 0, count: half), order, [UInt8](repeating: 0xFF, count: half)]
        var one = [UInt8](repeating: 0, count: half)
        one[half - 1] = 1
        numbers.append(sum(order, one).sum)
        numbers.append(one)
        for number in numbers {
            for other in [number + s, r + number, number + number] {
                #expect(try PublicKeys.refusal(keys, PublicKeys.token(token, signature: other)) == .badSignature)
            }
        }
        // The same residue, spelled as a number that is too large; on P-521 there is always room for it.
        let greater = [(sum(r, order), s, true), (sum(s, order), r, false)]
        for (number, other, isFirst) in greater where number.fits {
            let signature = isFirst ? number.sum + other : other + number.sum
            #expect(try PublicKeys.refusal(keys, PublicKeys.token(token, signature: signature)) == .badSignature)
        }
        if name == "ES512" { #expect(greater.allSatisfy { $0.0.fits }) }
    }

    @Test("Halves swapped, cut, lengthened or of another curve's size", arguments: curves)
    func refusesOtherSizes(pem: String, name: String, order: String) throws {
        let keys = try PEMKeys.parse(Array(pem.utf8))
        let token = try #require(SignatureVectors.tokens[name])
        let signature = try PublicKeys.signature(of: token)
        let half = signature.count / 2
        let (r, s) = (Array(signature.prefix(half)), Array(signature.suffix(half)))
        let zero: [UInt8] = [0]
        for other in [
            [], s + r, r, r + s.dropLast(), signature + zero, zero + r + zero + s, zero + signature,
            [UInt8](repeating: 0, count: 64) + signature, [UInt8](repeating: 1, count: 132),
        ] {
            #expect(try PublicKeys.refusal(keys, PublicKeys.token(token, signature: other)) == .badSignature)
        }
    }
}
