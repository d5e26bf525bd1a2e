import Testing

@testable import JOSE

@Suite("Public keys in PEM")
struct PEMKeysTests {
    private func refusal(_ text: String, _ allowed: AllowedAlgorithms = AllowedAlgorithms()) -> KeyError? {
        do throws(KeyError) {
            _ = try PEMKeys.parse(Array(text.utf8), allowed: allowed)
            return nil
        } catch {
            return error
        }
    }

    @Test("A key is for the usual algorithm of its kind")
    func usualAlgorithms() throws {
        let algorithms = try PublicKeys.pem.map { try PEMKeys.parse(Array($0.text.utf8)).map(\.algorithm) }
        #expect(algorithms == [[.rs256], [.es256], [.es384], [.es512], [.edDSA]])
        for (kind, text) in PublicKeys.pem { #expect(try PublicKey(pem: Array(text.utf8)).kind == kind) }
    }

    @Test("A list of algorithms widens what an RSA key is for, and refuses keys that it leaves nothing")
    func listedAlgorithms() throws {
        let allowed = AllowedAlgorithms([.ps256, .rs512, .es256])
        let keys = try PEMKeys.parse(Array((SignatureVectors.rsaPEM + SignatureVectors.p256PEM).utf8), allowed: allowed)
        #expect(keys.map(\.algorithm) == [.rs512, .ps256, .es256])
        #expect(refusal(SignatureVectors.p384PEM, allowed) == .notAllowed([.es384]))
        #expect(
            refusal(SignatureVectors.rsaPEM, AllowedAlgorithms([]))
                == .notAllowed(PublicKey.Kind.rsa(bits: 0).algorithms))
    }

    @Test("Several keys of one kind, as while keys are rotated: a token of any of them verifies")
    func rotation() throws {
        let text =
            "# old\r\n" + SignatureVectors.p256PEM.replacing("\n", with: "\r\n")
            + "\r\nnew: \r\n" + SignatureVectors.otherP256PEM
        let keys = try PEMKeys.parse(Array(text.utf8))
        #expect(keys.count == 2)
        let first = try #require(SignatureVectors.tokens["ES256"])
        for token in [
            first, SignatureVectors.otherES256, SignatureVectors.es256Named, SignatureVectors.otherES256Named,
        ] {
            #expect(try PublicKeys.refusal(keys, token) == nil)
        }
        #expect(try PublicKeys.refusal(Array(keys.suffix(1)), first) == .badSignature)
    }

    @Test("At most eight keys of one kind are tried")
    func boundsKeys() throws {
        let most = try PEMKeys.parse(Array(SignatureVectors.manyP256PEM.prefix(8).joined(separator: "\n").utf8))
        #expect(try PublicKeys.refusal(most, SignatureVectors.eighthES256) == nil)
        let more = try PEMKeys.parse(Array(SignatureVectors.manyP256PEM.joined(separator: "\n").utf8))
        #expect(throws: KeyError.tooManyKeysWithoutID(.es256)) { try KeySet(more) }
    }

    @Test("Weak keys and kinds that are not supported")
    func refusesKinds() {
        #expect(refusal(SignatureVectors.rsa1024PEM) == .tooWeak(bits: 1_024, fewest: 2_048))
        #expect(refusal(SignatureVectors.rsaPEM + SignatureVectors.rsa1024PEM) == .tooWeak(bits: 1_024, fewest: 2_048))
        for text in [
            SignatureVectors.secp256k1PEM, SignatureVectors.p224PEM, SignatureVectors.ed448PEM, SignatureVectors.dsaPEM,
        ] {
            switch refusal(text) {
            case .unsupported, .malformed: break
            case let other: Issue.record("\(String(describing: other))")
            }
        }
    }

    @Test("What is no block PUBLIC KEY is refused with what to do about it")
    func refusesOtherBlocks() {
        #expect(refusal("") == .malformed("there is no block -----BEGIN PUBLIC KEY-----"))
        #expect(refusal("hello") == .malformed("there is no block -----BEGIN PUBLIC KEY-----"))
        #expect(refusal(SignatureVectors.pkcs1PEM)?.description.contains("PKCS #1") == true)
        for kind in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
            let text = SignatureVectors.p256PEM + "\n-----BEGIN \(kind)-----\nAAAA\n-----END \(kind)-----\n"
            #expect(refusal(text)?.description.contains("a private key") == true)
        }
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        #expect(refusal(certificate)?.description.contains("a certificate") == true)
    }

    @Test("Blocks that are cut, nested, mixed or damaged")
    func refusesDamagedBlocks() {
        let text = SignatureVectors.p256PEM
        let cut = text.replacing("-----END PUBLIC KEY-----", with: "")
        #expect(refusal(cut) == .malformed("a PEM block has no end"))
        #expect(refusal(cut + text) == .malformed("a PEM block begins within another"))
        let mixed = text.replacing("-----END PUBLIC KEY-----", with: "-----END CERTIFICATE-----")
        #expect(refusal(mixed) == .malformed("a PEM block ends as one of another sort"))
        let unreadable = KeyError.malformed("the PEM block holds no public key that can be read")
        #expect(refusal("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n") == unreadable)
        #expect(refusal("-----BEGIN PUBLIC KEY-----\n####\n-----END PUBLIC KEY-----\n") == unreadable)
        #expect(refusal("-----BEGIN PUBLIC KEY-----\nAAAAAAAA\n-----END PUBLIC KEY-----\n") == unreadable)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(refusal([lines[0], lines[2], lines[3]].joined(separator: "\n")) == unreadable)
    }

    @Test("A key with any one bit changed is another key or none, and never a crash")
    func survivesChanges() throws {
        let text = Array(SignatureVectors.derBase64URL.utf8)
        let decoded = Base64URL.decode(text.span)
        let der = try #require(decoded)
        let token = try #require(SignatureVectors.tokens["ES256"])
        #expect(PublicKey.isDER(der))
        for bit in 0..<der.count * 8 {
            var changed = der
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let keys = try? PEMKeys.parse(pem(changed)) else { continue }
            let refusal = try PublicKeys.refusal(keys, token)
            // The flag and length bytes allow for a few spellings of the very same key.
            if refusal == nil { #expect(bit / 8 < der.count - 64) }
        }
        for count in 0..<der.count {
            #expect(throws: KeyError.self) { try PEMKeys.parse(pem(Array(der.prefix(count)))) }
        }
    }

    private func pem(_ der: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        Base64URL.encode(der, into: &text)
        for (from, to) in [(UInt8(ascii: "-"), UInt8(ascii: "+")), (UInt8(ascii: "_"), UInt8(ascii: "/"))] {
            for index in text.indices where text[index] == from { text[index] = to }
        }
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return Array("-----BEGIN PUBLIC KEY-----\n".utf8) + text + Array("\n-----END PUBLIC KEY-----\n".utf8)
    }
}
