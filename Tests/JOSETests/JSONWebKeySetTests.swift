import TestSupport
import Testing

@testable import JOSE

@Suite("JWK sets")
struct JSONWebKeySetTests {
    private func set(
        _ keys: [String], allowed: [SignatureAlgorithm]? = nil
    ) throws(KeyError) -> JSONWebKeySet {
        try JSONWebKeySet(
            Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8), allowed: AllowedAlgorithms(allowed))
    }

    /// The key with further members.
    private func key(_ json: String, _ members: String) -> String {
        json.dropLast() + "," + members + "}"
    }

    /// Why one key is left out; beside it stands a good one.
    private func warning(_ json: String, allowed: [SignatureAlgorithm]? = nil) throws -> String? {
        let set = try set([SignatureVectors.ed25519JWK, json], allowed: allowed.map { $0 + [.edDSA] })
        #expect(set.keys.map(\.algorithm).contains(.edDSA))
        if set.warnings.isEmpty { return nil }
        #expect(set.keys.count == 1)
        return set.warnings.joined(separator: "; ")
    }

    @Test("Of the set in RFC 7517 A.1 the key for encryption is left out, the other is for RS256 with its id")
    func readsA1() throws {
        let set = try JSONWebKeySet(Array(RFCVectors.rfc7517A1.utf8))
        #expect(set.keys.map(\.algorithm) == [.rs256])
        #expect(set.keys.map(\.id) == ["2011-04-29"])
        #expect(set.warnings == ["key 1 (kid '1') is left out: the use 'enc' is not supported"])
    }

    @Test("Of the set in RFC 7517 A.3 the HMAC key verifies the token of RFC 7515 A.1")
    func readsA3() throws {
        let set = try JSONWebKeySet(Array(RFCVectors.rfc7517A3.utf8))
        #expect(set.keys.map(\.algorithm) == [.hs256])
        #expect(
            set.warnings == ["key 1 is left out: the shared secret has 16 bytes, at least 32 are required"]
                || set.warnings == ["key 1 is left out: the alg 'A128KW' is not supported"])
        let key = try #require(set.keys.first)
        let token = Array(TokenVectorTests.token.utf8)
        let end = try #require(token.lastIndex(of: 0x2E))
        #expect(
            try key.isValid(PublicKeys.signature(of: TokenVectorTests.token), of: token.span.extracting(0..<end)))
    }

    @Test("Keys of every kind verify the tokens of their algorithm")
    func readsKinds() throws {
        let keys = [
            SignatureVectors.rsaJWK, SignatureVectors.p256JWK, SignatureVectors.p384JWK, SignatureVectors.p521JWK,
            SignatureVectors.ed25519JWK,
        ]
        let usual = try set(keys)
        #expect(usual.keys.map(\.algorithm) == [.rs256, .es256, .es384, .es512, .edDSA])
        #expect(usual.warnings.isEmpty)
        let all = try set(keys, allowed: SignatureAlgorithm.allCases)
        for token in SignatureVectors.tokens.values { #expect(try PublicKeys.refusal(all.keys, token) == nil) }
    }

    @Test("alg pins a key to one algorithm, and one that is not the key's leaves it out")
    func respectsAlgorithm() throws {
        let pinned = try set([key(SignatureVectors.rsaJWK, #""alg":"PS256""#)], allowed: [.rs256, .ps256])
        #expect(pinned.keys.map(\.algorithm) == [.ps256])
        let (rs, ps) = (SignatureVectors.tokens["RS256"], SignatureVectors.tokens["PS256"])
        #expect(try PublicKeys.refusal(pinned.keys, #require(ps)) == nil)
        #expect(try PublicKeys.refusal(pinned.keys, #require(rs)) == .unsupportedAlgorithm)
        let cases = [
            (SignatureVectors.rsaJWK, "ES256"), (SignatureVectors.rsaJWK, "HS256"), (SignatureVectors.rsaJWK, "none"),
            (SignatureVectors.rsaJWK, "RSA-OAEP"), (SignatureVectors.rsaJWK, "rs256"),
            (SignatureVectors.p256JWK, "ES384"), (SignatureVectors.p256JWK, "HS256"),
            (SignatureVectors.p521JWK, "ES256"), (SignatureVectors.p256JWK, "ECDH-ES"),
        ]
        for (json, name) in cases {
            #expect(try warning(key(json, #""alg":"\#(name)""#))?.contains("key 2 is left out") == true)
        }
        #expect(try warning(key(SignatureVectors.rsaJWK, #""alg":256"#)) == "key 2 is left out: alg is not a string")
    }

    @Test("Keys for algorithms that are not allowed are left out")
    func respectsList() throws {
        #expect(
            try warning(SignatureVectors.p256JWK, allowed: [.rs256])
                == "key 2 is left out: the key is for ES256, which is not allowed")
        #expect(try warning(SignatureVectors.p256JWK, allowed: [.es256]) == nil)
        #expect(
            try warning(key(SignatureVectors.rsaJWK, #""alg":"RS512""#), allowed: [.rs256])
                == "key 2 is left out: the key is for RS512, which is not allowed")
    }

    @Test("use and key_ops say what a key is for")
    func respectsPurpose() throws {
        for members in [#""use":"sig""#, #""key_ops":["verify"]"#, #""use":"sig","key_ops":["sign","verify"]"#] {
            #expect(try warning(key(SignatureVectors.p256JWK, members)) == nil)
        }
        for members in [
            #""use":"enc""#, #""use":"SIG""#, #""use":""# + "\"", #""use":1"#, #""key_ops":["sign"]"#, #""key_ops":[]"#,
            #""key_ops":"verify""#, #""key_ops":[1]"#, #""use":"enc","key_ops":["verify"]"#,
            #""use":"sig","key_ops":["encrypt"]"#,
        ] {
            #expect(try warning(key(SignatureVectors.p256JWK, members)) != nil, "\(members)")
        }
    }

    @Test(
        "A key that is not understood, incomplete, wrong or weak is left out",
        arguments: [
            "1", "null", "[]", "{}", #"{"kty":7}"#, #"{"kty":"rsa"}"#, #"{"kty":"XYZ","alg":"RS256"}"#,
            #"{"kty":"RSA","n":"AQAB"}"#, #"{"kty":"RSA","e":"AQAB"}"#, #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"RSA","n":"","e":"AQAB"}"#, #"{"kty":"RSA","n":7,"e":"AQAB"}"#,
            #"{"kty":"EC"}"#, #"{"kty":"EC","crv":"P-256"}"#, #"{"kty":"OKP","crv":"Ed25519"}"#,
            #"{"kty":"OKP","crv":"Ed448","x":"AAAA"}"#,
            #"{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#,
            #"{"kty":"EC","crv":"secp256k1","x":"AAAA","y":"AAAA"}"#,
            #"{"kty":"oct"}"#, #"{"kty":"oct","k":""}"#, #"{"kty":"oct","k":"c2hvcnQ"}"#,
            #"{"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}"#,
            #"{"kty":"oct","alg":"RS256","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}"#,
            #"{"kty":"oct","alg":"HS384","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}"#,
            #"{"kty":"oct","alg":"HS512","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}"#,
            SignatureVectors.rsa1024JWK,
        ])
    func leavesOut(json: String) throws {
        #expect(try warning(json)?.hasPrefix("key 2 is left out: ") == true)
    }

    @Test("Points that are not on the curve, not of its size, or of another one")
    func refusesPoints() throws {
        let json = SignatureVectors.p256JWK
        let zero = String(repeating: "A", count: 43)
        let x = try #require(json.firstRange(of: #""x":""#)?.upperBound)
        let y = try #require(json.firstRange(of: #""y":""#)?.upperBound)
        func changed(_ start: String.Index, _ text: String) -> String {
            json.replacingCharacters(start, 43, text)
        }
        let wrong = [
            changed(x, zero), changed(y, zero), changed(x, String(repeating: "_", count: 42) + "8"),
            changed(x, "AAAA"), changed(x, "A" + String(json[x...].prefix(43))),
            changed(y, String(json[x...].prefix(43))), json.replacing("P-256", with: "P-384"),
            json.replacing("P-256", with: "P-521"), json.replacing("EC", with: "OKP"),
            SignatureVectors.p384JWK.replacing("P-384", with: "P-256"),
        ]
        for json in wrong { #expect(try warning(json)?.hasPrefix("key 2 is left out: ") == true, "\(json)") }
    }

    @Test("RSA exponents and moduli of no key")
    func refusesRSANumbers() throws {
        let json = SignatureVectors.rsaJWK
        let exponent = #""e":"AQAB""#
        for value in ["AQ", "Ag", "AA", "AQAA", "AAAB"] {
            #expect(try warning(json.replacing(exponent, with: #""e":"\#(value)""#)) != nil, "e \(value)")
        }
        #expect(try warning(json.replacing(exponent, with: #""e":"Aw""#)) == nil)
        let end = try #require(json.firstRange(of: #"","e""#)?.lowerBound)
        let last = json.index(before: end)
        // An even modulus: the last character's bits for the last byte are cleared.
        #expect(try warning(json.replacingCharacters(last, 1, "A"))?.contains("even") == true)
    }

    @Test("Of a private key only the public part is used, with a warning that tells nothing of it")
    func warnsOfPrivateParts() throws {
        let secret = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
        let set = try set([key(RFCVectors.rfc7515A3.key, #""kid":"a","d":"\#(secret)""#)])
        #expect(set.keys.count == 1)
        #expect(set.warnings == ["key 1 (kid 'a') has a private part, which does not belong here"])
    }

    @Test("Ids: a token finds its key by kid; equal ids are alternatives for different algorithms only")
    func respectsIDs() throws {
        let first = key(SignatureVectors.p256JWK, #""kid":"first""#)
        let other = key(SignatureVectors.otherP256JWK, #""kid":"other""#)
        let keys = try set([first, other]).keys
        #expect(try PublicKeys.refusal(keys, SignatureVectors.es256Named) == nil)
        #expect(try PublicKeys.refusal(keys, SignatureVectors.otherES256Named) == nil)
        #expect(try PublicKeys.refusal(keys, SignatureVectors.otherES256) == .unknownKey)
        #expect(try PublicKeys.refusal(keys, SignatureVectors.rs256Named) == .unsupportedAlgorithm)
        #expect(try PublicKeys.refusal(Array(keys.prefix(1)), SignatureVectors.otherES256Named) == .unknownKey)
        let swapped = try set([
            key(SignatureVectors.otherP256JWK, #""kid":"first""#), key(SignatureVectors.p256JWK, #""kid":"other""#),
        ])
        #expect(try PublicKeys.refusal(swapped.keys, SignatureVectors.es256Named) == .badSignature)
        let alternatives = try set([first, key(SignatureVectors.rsaJWK, #""kid":"first""#)]).keys
        #expect(try PublicKeys.refusal(alternatives, SignatureVectors.es256Named) == nil)
        #expect(try PublicKeys.refusal(alternatives, SignatureVectors.rs256Named) == nil)
        let twice = try set([first, key(SignatureVectors.otherP256JWK, #""kid":"first""#)]).keys
        #expect(throws: KeyError.duplicateID("first")) { try KeySet(twice) }
        #expect(try warning(key(SignatureVectors.p256JWK, #""kid":7"#)) == "key 2 is left out: kid is not a string")
    }

    @Test("A set without any key that can be used says why")
    func refusesUselessSets() {
        #expect(throws: KeyError.malformed("the JWK set has no key that can be used")) { try set([]) }
        #expect(
            throws: KeyError.malformed(
                "the JWK set has no key that can be used: key 1 is left out: the kty 'XYZ' is not supported")
        ) { try set([#"{"kty":"XYZ"}"#]) }
    }

    @Test(
        "What is no JWK set",
        arguments: [
            "", "{}", "[]", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[]"#, #"{"keys":[],"keys":[]}"#, "\u{FEFF}{}",
            SignatureVectors.p256PEM, SignatureVectors.p256JWK, #"{"Keys":[]}"#,
        ])
    func refusesOthers(text: String) {
        #expect(throws: KeyError.self) { try JSONWebKeySet(Array(text.utf8)) }
    }

    @Test("A set with bytes changed is another set or none, and never a crash")
    func survivesChanges() throws {
        let text = Array(
            """
            {"keys":[\(SignatureVectors.rsaJWK),\(SignatureVectors.p521JWK),\(SignatureVectors.ed25519JWK)]}
            """.utf8)
        var random = SeededGenerator(seed: 3)
        var usable = 0
        for _ in 0..<2_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: changed.indices, using: &random)
                changed[place] =
                    Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : changed.randomElement(using: &random) ?? 0
            }
            guard let set = try? JSONWebKeySet(changed, allowed: PublicKeys.all) else { continue }
            usable += 1
            for (name, token) in SignatureVectors.tokens where name != "ES256" && name != "ES384" {
                // A changed key refuses; whatever else, it does not end the process.
                _ = try? PublicKeys.verifier(set.keys).verify(token, now: TokenFixture.now)
            }
        }
        #expect(usable > 100)
    }

    @Test("A secret of the set is never shown")
    func masksSecrets() throws {
        let secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"
        let set = try set([#"{"kty":"oct","kid":"s","k":"\#(secret)"}"#])
        var dumped = ""
        dump(set, to: &dumped)
        #expect(!dumped.contains("0123456789abcdef") && !dumped.contains("- 48"))
        do {
            _ = try JSONWebKeySet(Array(#"{"keys":[{"k":"\#(secret)}]}"#.utf8))
            Issue.record("accepted")
        } catch {
            #expect(!"\(error)".contains("MDEy"))
        }
    }
}

extension String {
    fileprivate func replacingCharacters(_ start: Index, _ count: Int, _ text: String) -> String {
        String(self[..<start]) + text + String(self[index(start, offsetBy: count)...])
    }
}
