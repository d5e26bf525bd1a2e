import JSON
import Testing

@testable import JOSE

@Suite("Keys and key sets")
struct KeySetTests {
    private func refusal(_ keys: [VerificationKey], _ token: String) throws -> TokenError? {
        let verifier = TokenVerifier(keys: try KeySet(keys), policy: TokenFixture.policy)
        do throws(TokenError) {
            _ = try verifier.verify(token, now: TokenFixture.now)
            return nil
        } catch {
            return error
        }
    }

    @Test("A token's kid picks the key; unknown and missing ones are refused")
    func picksByID() throws {
        let (first, second) = (try TokenFixture.secret(1), try TokenFixture.secret(2))
        let keys: [VerificationKey] = [.hs256(first, id: "1"), .hs256(second, id: "2")]
        func token(_ secret: SharedSecret, _ id: String?) throws -> String {
            try TokenSigner(secret: secret, keyID: id).sign(TokenFixture.claims)
        }
        #expect(try refusal(keys, token(first, "1")) == nil)
        #expect(try refusal(keys, token(second, "2")) == nil)
        #expect(try refusal(keys, token(first, "2")) == .badSignature)
        #expect(try refusal(keys, token(first, "3")) == .unknownKey)
        #expect(try refusal(keys, token(first, "")) == .unknownKey)
        #expect(try refusal(keys, token(first, "1\u{0}")) == .unknownKey)
        #expect(try refusal(keys, token(first, "../../dev/null")) == .unknownKey)
        #expect(try refusal(keys, token(first, nil)) == .unknownKey)
    }

    @Test("Ids are compared by bytes")
    func comparesIDsByBytes() throws {
        let secret = try TokenFixture.secret()
        let token = try TokenSigner(secret: secret, keyID: "cafe\u{301}").sign(TokenFixture.claims)
        #expect(try refusal([.hs256(secret, id: "caf\u{E9}")], token) == .unknownKey)
        #expect(try KeySet([.hs256(secret, id: "caf\u{E9}"), .hs256(secret, id: "cafe\u{301}")]).count == 2)
    }

    @Test("The key without id serves tokens without kid, and all tokens where no key has an id")
    func usesUnnamedKey() throws {
        let (plain, named) = (try TokenFixture.secret(1), try TokenFixture.secret(2))
        let unnamedToken = try TokenSigner(secret: plain).sign(TokenFixture.claims)
        let namedToken = try TokenSigner(secret: plain, keyID: "x").sign(TokenFixture.claims)
        #expect(try refusal([.hs256(plain)], unnamedToken) == nil)
        #expect(try refusal([.hs256(plain)], namedToken) == nil)
        let mixed: [VerificationKey] = [.hs256(plain), .hs256(named, id: "n")]
        #expect(try refusal(mixed, unnamedToken) == nil)
        #expect(try refusal(mixed, namedToken) == .unknownKey)
    }

    @Test("A kid that is not a string", arguments: ["1", "null", #"["1"]"#, #"{"1":1}"#])
    func refusesOtherKeyIDs(json: String) throws {
        let fixture = try TokenFixture()
        let token = try fixture.token(header: #"{"alg":"HS256","kid":\#(json)}"#)
        #expect(fixture.refusal(of: token) == .malformed("the header's kid is not a string"))
    }

    @Test("A set has keys, and no two that a token could not tell apart")
    func refusesAmbiguousSets() throws {
        let secret = try TokenFixture.secret()
        let other = try TokenFixture.secret(1)
        #expect(throws: KeyError.noKeys) { try KeySet([]) }
        #expect(throws: KeyError.duplicateID("a")) { try KeySet([.hs256(secret, id: "a"), .hs256(other, id: "a")]) }
        #expect(throws: KeyError.tooManyKeysWithoutID(.hs256)) {
            try KeySet([VerificationKey](repeating: .hs256(secret), count: 9))
        }
        let set = try KeySet([.hs256(secret), .hs256(other, id: "a")])
        #expect(set.count == 2)
        #expect(set.algorithms == [.hs256])
    }

    @Test("Of several keys without id each is tried")
    func triesUnnamedKeys() throws {
        let keys: [VerificationKey] = [.hs256(try TokenFixture.secret(1)), .hs256(try TokenFixture.secret(2))]
        for seed in [UInt8(1), 2] {
            #expect(try refusal(keys, TokenSigner(secret: TokenFixture.secret(seed)).sign(TokenFixture.claims)) == nil)
        }
        let token = try TokenSigner(secret: TokenFixture.secret(3)).sign(TokenFixture.claims)
        #expect(try refusal(keys, token) == .badSignature)
    }

    @Test("A shared secret is as large as its hash, and a key is only for an algorithm of its kind")
    func pinsKinds() throws {
        let secret = try SharedSecret(bytes: [UInt8](repeating: 7, count: 47))
        #expect(try VerificationKey(secret, algorithm: .hs256).algorithm == .hs256)
        #expect(throws: KeyError.secretTooShort(bytes: 47, fewest: 48)) {
            try VerificationKey(secret, algorithm: .hs384)
        }
        #expect(throws: KeyError.secretTooShort(bytes: 47, fewest: 64)) {
            try VerificationKey(secret, algorithm: .hs512)
        }
        for algorithm in SignatureAlgorithm.allCases.dropFirst(3) {
            #expect(throws: KeyError.wrongAlgorithm(algorithm)) { try VerificationKey(secret, algorithm: algorithm) }
        }
        let key = try PublicKey(pem: Array(SignatureVectors.p256PEM.utf8))
        for algorithm in SignatureAlgorithm.allCases where algorithm != .es256 {
            #expect(throws: KeyError.wrongAlgorithm(algorithm)) { try VerificationKey(key, algorithm: algorithm) }
        }
    }

    @Test("A public key in PEM, DER or JSON is no shared secret")
    func refusesPublicKeys() throws {
        let text = Array(SignatureVectors.derBase64URL.utf8)
        let decoded = Base64URL.decode(text.span)
        let der = try #require(decoded)
        #expect(throws: KeyError.secretIsPublicKey) { try SharedSecret(bytes: der) }
        #expect(throws: KeyError.secretIsPEM) { try SharedSecret(bytes: Array(SignatureVectors.rsaPEM.utf8)) }
        for json in [SignatureVectors.p256JWK, "\n { \"keys\": [\(SignatureVectors.p256JWK)] }\n"] {
            #expect(throws: KeyError.secretIsPublicKey) { try SharedSecret(fileContents: Array(json.utf8)) }
        }
        // What only begins like one is a secret.
        #expect(try SharedSecret(bytes: [0x30] + [UInt8](repeating: 0x59, count: 40)).bytes.count == 41)
        #expect(try SharedSecret(bytes: Array(("{" + String(repeating: "x", count: 40)).utf8)).bytes.count == 41)
    }

    @Test("A shared secret has at least 32 bytes")
    func requiresLength() throws {
        for count in [0, 1, 31] {
            #expect(throws: KeyError.secretTooShort(bytes: count, fewest: 32)) {
                try SharedSecret(bytes: [UInt8](repeating: 7, count: count))
            }
        }
        #expect(try SharedSecret(bytes: [UInt8](repeating: 7, count: 32)).bytes.count == 32)
        let newline = [UInt8](repeating: 7, count: 31) + [0x0A]
        #expect(throws: KeyError.secretTooShort(bytes: 31, fewest: 32)) { try SharedSecret(fileContents: newline) }
    }

    @Test("One trailing newline of a file does not belong to the secret")
    func dropsOneNewline() throws {
        let secret = [UInt8](repeating: 0x61, count: 40)
        for ending: [UInt8] in [[], [0x0A], [0x0D, 0x0A]] {
            #expect(try SharedSecret(fileContents: secret + ending).bytes == secret)
        }
        #expect(try SharedSecret(fileContents: secret + [0x0A, 0x0A]).bytes == secret + [0x0A])
        #expect(try SharedSecret(fileContents: secret + [0x20, 0x0A]).bytes == secret + [0x20])
        #expect(try SharedSecret(fileContents: secret + [0x0D]).bytes == secret + [0x0D])
        #expect(try SharedSecret(bytes: secret + [0x0A]).bytes == secret + [0x0A])
    }

    @Test("A PEM document, such as a public key, is no shared secret")
    func refusesPEM() throws {
        let pem = Array(
            "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n".utf8)
        #expect(throws: KeyError.secretIsPEM) { try SharedSecret(fileContents: pem) }
        #expect(throws: KeyError.secretIsPEM) { try SharedSecret(bytes: pem) }
    }

    @Test("No way of printing shows a secret")
    func masksSecrets() throws {
        let marker = "correct-horse-battery-staple-marker"
        let secret = try SharedSecret(bytes: Array(marker.utf8))
        let key = VerificationKey.hs256(secret, id: "dev")
        let set = try KeySet([key])
        let signer = TokenSigner(secret: secret)
        let verifier = TokenVerifier(keys: set, policy: TokenPolicy())
        for value: Any in [secret, key, set, signer, verifier, [secret], Optional(secret) as Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
                #expect(!text.contains(marker))
                #expect(!text.contains("99, 111"))
                #expect(!text.contains("- 99"))
            }
        }
        #expect("\(secret)" == "SharedSecret(***)")
    }
}
