import JSON
import TestSupport
import Testing

@testable import JOSE

@Suite("Token verifier: form, header and signature")
struct TokenVerifierTests {
    let fixture: TokenFixture

    init() throws {
        fixture = try TokenFixture()
    }

    @Test("A valid token gives its claims")
    func accepts() throws {
        let token = try fixture.verifier.verify(fixture.token(), now: TokenFixture.now)
        #expect(token.subject == "alice")
        #expect(token.issuer == "https://issuer.example")
        #expect(token.audience == ["palisade", "other"])
        #expect(token.expiresAt == 1_700_000_600)
        #expect(token.claims == TokenFixture.claims)
    }

    @Test(
        "alg none, in any spelling, with or without signature",
        arguments: ["none", "None", "NONE", "nOnE", "", " none", "none\\u0000"])
    func refusesNone(algorithm: String) throws {
        let signed = try fixture.token(header: #"{"alg":"\#(algorithm)"}"#)
        #expect(fixture.refusal(of: signed) == .unsupportedAlgorithm)
        let end = try #require(signed.lastIndex(of: "."))
        #expect(fixture.refusal(of: String(signed[...end])) == .unsupportedAlgorithm)
    }

    @Test(
        "An algorithm that is not the key's, though the MAC is right",
        arguments: [
            "RS256", "ES256", "PS256", "EdDSA", "HS384", "HS512", "hs256", "HS256 ", "HS256\\u0000", "HMACSHA256",
        ])
    func refusesOtherAlgorithms(algorithm: String) throws {
        let token = try fixture.token(header: #"{"alg":"\#(algorithm)","typ":"JWT"}"#)
        #expect(fixture.refusal(of: token) == .unsupportedAlgorithm)
    }

    @Test(
        "A header without a usable alg",
        arguments: ["{}", #"{"alg":null}"#, #"{"alg":256}"#, #"{"alg":["HS256"]}"#, #"{"ALG":"HS256"}"#])
    func refusesMissingAlgorithm(header: String) throws {
        #expect(fixture.refusal(of: try fixture.token(header: header)) == .malformed("the header has no alg"))
    }

    @Test("A token signed with another secret")
    func refusesOtherSecret() throws {
        let other = TokenSigner(secret: try TokenFixture.secret(1))
        #expect(fixture.refusal(of: try other.sign(TokenFixture.claims)) == .badSignature)
    }

    @Test(
        "Parameters by which a token brings its own key, extends the rules or is encrypted",
        arguments: [
            ("jku", #""https://evil.example/jwks.json""#), ("x5u", #""https://evil.example/chain.pem""#),
            ("jwk", #"{"kty":"oct","k":"AAAA"}"#), ("jwk", "null"), ("crit", #"["exp"]"#), ("crit", "[]"),
            ("crit", #"["b64"]"#), ("zip", #""DEF""#), ("enc", #""A128GCM""#),
            ("\\u006aku", #""https://evil.example""#),
        ])
    func refusesParameters(name: String, value: String) throws {
        let token = try fixture.token(header: #"{"alg":"HS256","\#(name)":\#(value)}"#)
        #expect(fixture.refusal(of: token) == .unsupportedHeader(name.hasPrefix("\\") ? "jku" : name))
    }

    @Test("Unknown parameters and certificates are ignored, not followed")
    func ignoresOtherParameters() throws {
        let token = try fixture.token(header: #"{"alg":"HS256","x5c":["AA=="],"x5t":"AA","foo":{"jku":"x"}}"#)
        #expect(fixture.refusal(of: token) == nil)
    }

    @Test("typ is JWT or at+jwt in any case, or absent")
    func checksType() throws {
        for type in ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "application/JWT"] {
            let token = try fixture.token(header: #"{"alg":"HS256","typ":"\#(type)"}"#)
            #expect(fixture.refusal(of: token) == nil)
        }
        for type in ["", "JWE", "JOSE", "dpop+jwt", "id+jwt", "logout+jwt", "text/jwt", "jwt "] {
            let token = try fixture.token(header: #"{"alg":"HS256","typ":"\#(type)"}"#)
            #expect(fixture.refusal(of: token) == .unsupportedType)
        }
        let token = try fixture.token(header: #"{"alg":"HS256","typ":7}"#)
        #expect(fixture.refusal(of: token) == .malformed("the header's typ is not a string"))
    }

    @Test(
        "A header that is not one strict JSON object",
        arguments: [
            "", "null", "[]", #""HS256""#, "1", #"{"alg":"HS256"} x"#, #"{"alg":"HS256",}"#, "{'alg':'HS256'}",
            #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#,
            #"{"alg":"HS256","kid":"a","kid":"b"}"#, #"{"alg":"HS256","a":{"b":1,"b":2}}"#,
            "\u{FEFF}{\"alg\":\"HS256\"}",
            #"{"alg":"HS256","a":\#(String(repeating: "[", count: 33))\#(String(repeating: "]", count: 33))}"#,
        ])
    func refusesMalformedHeaders(header: String) throws {
        guard case .malformed(let detail) = fixture.refusal(of: try fixture.token(header: header)) else {
            Issue.record("not refused as malformed")
            return
        }
        #expect(detail.hasPrefix("the header "))
    }

    @Test("A header that is not UTF-8")
    func refusesHeaderOutsideUTF8() throws {
        let header = Array(#"{"alg":"HS256","x":""#.utf8) + [0xC0, 0x80] + Array(#""}"#.utf8)
        let token = try fixture.signer.sign(header: header, payload: TokenFixture.claims.serialized())
        #expect(fixture.refusal(of: token) == .malformed("the header is not JSON (byte 20)"))
    }

    @Test("Any number of parts but three; five are an encrypted token")
    func countsParts() throws {
        let wrong = TokenError.malformed("not three parts with dots between them")
        for token in ["", "a", "a.b", "a.b.c.d", "a.b.c.d.e.f", String(repeating: ".", count: 5_000)] {
            #expect(fixture.refusal(of: token) == wrong)
        }
        let valid = try fixture.token()
        #expect(fixture.refusal(of: valid + ".") == wrong)
        #expect(fixture.refusal(of: "." + valid) == wrong)
        #expect(fixture.refusal(of: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA") == .encrypted)
        #expect(fixture.refusal(of: valid + "..") == .encrypted)
    }

    @Test("Empty parts")
    func refusesEmptyParts() throws {
        let parts = try fixture.token().split(separator: ".").map(String.init)
        #expect(fixture.refusal(of: ".\(parts[1]).\(parts[2])") == .malformed("the header is not JSON (byte 0)"))
        #expect(fixture.refusal(of: "\(parts[0])..\(parts[2])") == .badSignature)
        #expect(fixture.refusal(of: "\(parts[0]).\(parts[1]).") == .badSignature)
        #expect(fixture.refusal(of: "..") == .malformed("the header is not JSON (byte 0)"))
        let unsaid = try fixture.token(header: #"{"alg":"HS256"}"#, payload: [])
        #expect(fixture.refusal(of: unsaid) == .malformed("the payload is not JSON (byte 0)"))
    }

    @Test("Other spellings of base64 in any part")
    func refusesOtherBase64() throws {
        let valid = try fixture.token()
        let parts = valid.split(separator: ".").map(String.init)
        for index in parts.indices {
            for wrong in ["=", "==", " ", "\n", "\r\n", "\t", "+", "/", "\u{0}", "é"] {
                for spelling in [parts[index] + wrong, wrong + parts[index]] {
                    var changed = parts
                    changed[index] = spelling
                    let refusal = fixture.refusal(of: changed.joined(separator: "."))
                    // A payload is decoded only after its signature has been checked.
                    if index == 1 {
                        #expect(refusal == .badSignature)
                    } else {
                        let name = index == 0 ? "header" : "signature"
                        #expect(refusal == .malformed("the \(name) is not canonical base64url"))
                    }
                }
            }
        }
        for wrong in [" ", "\n", "Bearer "] { #expect(fixture.refusal(of: wrong + valid) != nil) }
    }

    @Test("A signed payload in another spelling of base64")
    func refusesSignedOtherBase64() throws {
        let secret = try TokenFixture.secret()
        for payload in ["e30=", "e31", "e30 ", "e3 0", "e"] {
            var input = Array(try fixture.token().prefix { $0 != "." }.utf8) + [0x2E] + Array(payload.utf8)
            let mac = try HMAC.sha256.hash(input.span, secret: secret)
            input.append(0x2E)
            Base64URL.encode(mac, into: &input)
            let refusal = fixture.refusal(of: String(decoding: input, as: UTF8.self))
            #expect(refusal == .malformed("the payload is not canonical base64url"))
        }
    }

    @Test("Signatures cut, lengthened or of other sizes")
    func refusesOtherSizes() throws {
        let valid = try fixture.token()
        let end = try #require(valid.lastIndex(of: "."))
        let head = String(valid[...end])
        let text = Array(valid[valid.index(after: end)...].utf8)
        let decoded = Base64URL.decode(text.span)
        let signature = try #require(decoded)
        for other in [
            [], Array(signature.dropLast()), signature + [0], Array(signature.prefix(1)), signature + signature,
        ] {
            var text = Array(head.utf8)
            Base64URL.encode(other, into: &text)
            #expect(fixture.refusal(of: String(decoding: text, as: UTF8.self)) == .badSignature)
        }
    }

    @Test("A token of one megabyte is refused by its size alone")
    func refusesLargeTokens() throws {
        let token = try fixture.token { $0["filler"] = .string(String(repeating: "x", count: 750_000)) }
        #expect(token.utf8.count > 1_000_000)
        #expect(fixture.refusal(of: token) == .tooLarge(limit: 8_192))
        #expect(fixture.refusal(of: String(repeating: "x", count: 8_193)) == .tooLarge(limit: 8_192))
        let valid = try fixture.token()
        let exact = try TokenFixture(policy: TokenPolicy(maximumTokenBytes: valid.utf8.count))
        #expect(exact.refusal(of: valid) == nil)
        let less = try TokenFixture(policy: TokenPolicy(maximumTokenBytes: valid.utf8.count - 1))
        #expect(less.refusal(of: valid) == .tooLarge(limit: valid.utf8.count - 1))
    }

    @Test("The signature is checked before anything of the payload is read")
    func checksSignatureFirst() throws {
        let other = TokenSigner(secret: try TokenFixture.secret(1))
        let header = Array(#"{"alg":"HS256"}"#.utf8)
        for payload in ["", "not JSON", "{}", #"{"exp":1}"#, #"{"exp":"x","exp":1}"#] {
            let token = try other.sign(header: header, payload: Array(payload.utf8))
            #expect(fixture.refusal(of: token) == .badSignature)
        }
    }

    @Test("No token with any one character replaced, inserted, removed or swapped verifies")
    func refusesEveryChange() throws {
        let valid = Array(try fixture.token().utf8)
        #expect(fixture.refusal(of: String(decoding: valid, as: UTF8.self)) == nil)
        let alphabet =
            Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ~".utf8) + [0, 10, 127, 255]
        var random = SeededGenerator(seed: 7)
        func isRefused(_ token: [UInt8]) -> Bool {
            token == valid || (try? fixture.verifier.verify(token.span, now: TokenFixture.now)) == nil
        }
        for place in valid.indices {
            // All characters in the signature, whose last one has unused bits, and a draw of them elsewhere.
            let isSignature = place > valid.count - 44
            for character in isSignature ? alphabet : Array(alphabet.shuffled(using: &random).prefix(6)) {
                var changed = valid
                changed[place] = character
                #expect(isRefused(changed))
            }
            var inserted = valid
            inserted.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            #expect(isRefused(inserted))
            var removed = valid
            removed.remove(at: place)
            #expect(isRefused(removed))
            var swapped = valid
            swapped.swapAt(place, Int.random(in: valid.indices, using: &random))
            #expect(isRefused(swapped))
        }
    }
}
