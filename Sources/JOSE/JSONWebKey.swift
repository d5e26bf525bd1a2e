import JSON

/// One JSON Web Key, [RFC 7517, section 4](https://www.rfc-editor.org/rfc/rfc7517#section-4), read into what it verifies.
struct JSONWebKey {
    /// One key for each algorithm that it is used for.
    let keys: [VerificationKey]
    /// Whether a private half stands beside the public one.
    let hasPrivatePart: Bool
    /// Whether it is a shared secret.
    let isSecret: Bool

    /// Why nobody who can read the key may be believed to be its only owner; nil for a public key.
    var reasonAgainstPublication: String? {
        if isSecret { return "it is a shared secret that others can read" }
        return hasPrivatePart ? "it has its private part, which others can read" : nil
    }

    /// - Throws: ``KeyError`` for a key that is not for signatures, not supported, incomplete, weak or not allowed.
    init(_ json: JSONObject, allowed: AllowedAlgorithms) throws(KeyError) {
        let type = try JSONWebKey.string("kty", of: json, orElse: "there is no kty")
        let id: String?
        if let value = json["kid"] {
            guard let text = value.stringValue else { throw .malformed("kid is not a string") }
            id = text
        } else {
            id = nil
        }
        try JSONWebKey.checkPurpose(json)
        let declared = try JSONWebKey.algorithm(json)
        var keys: [VerificationKey] = []
        if type.utf8.elementsEqual("oct".utf8) {
            let secret = try SharedSecret(bytes: JSONWebKey.bytes("k", of: json))
            // A declared one too large for the secret is refused for the secret's length below.
            let possible: [SignatureAlgorithm] = [.hs256, .hs384, .hs512].filter {
                $0 == declared || HMAC($0).map { $0.size <= secret.bytes.count } ?? false
            }
            for algorithm in try allowed.choose(from: possible, declared: declared) {
                keys.append(try VerificationKey(secret, algorithm: algorithm, id: id))
            }
            hasPrivatePart = false
            isSecret = true
        } else {
            let key = try JSONWebKey.publicKey(json, type: type)
            for algorithm in try allowed.choose(from: key.kind.algorithms, declared: declared) {
                keys.append(try VerificationKey(key, algorithm: algorithm, id: id))
            }
            hasPrivatePart = json.contains("d")
            isSecret = false
        }
        self.keys = keys
    }

    private static func publicKey(_ json: JSONObject, type: String) throws(KeyError) -> PublicKey {
        switch Array(type.utf8) {
        case Array("RSA".utf8):
            return try PublicKey(rsaModulus: bytes("n", of: json), exponent: bytes("e", of: json))
        case Array("EC".utf8):
            let name = try string("crv", of: json, orElse: "there is no crv")
            let curves: [(String, EllipticCurve)] = [("P-256", .p256), ("P-384", .p384), ("P-521", .p521)]
            guard let curve = curves.first(where: { $0.0.utf8.elementsEqual(name.utf8) })?.1 else {
                throw .unsupported("the crv '\(name)'")
            }
            return try PublicKey(curve: curve, x: bytes("x", of: json), y: bytes("y", of: json))
        case Array("OKP".utf8):
            let name = try string("crv", of: json, orElse: "there is no crv")
            guard name.utf8.elementsEqual("Ed25519".utf8) else { throw .unsupported("the crv '\(name)'") }
            return try PublicKey(ed25519: bytes("x", of: json))
        default: throw .unsupported("the kty '\(type)'")
        }
    }

    /// `use` and `key_ops` say what a key is for, where they are there.
    private static func checkPurpose(_ json: JSONObject) throws(KeyError) {
        if let use = json["use"] {
            guard let use = use.stringValue else { throw .malformed("use is not a string") }
            guard use.utf8.elementsEqual("sig".utf8) else { throw .unsupported("the use '\(use)'") }
        }
        if let operations = json["key_ops"] {
            guard case .array(let values) = operations else { throw .malformed("key_ops is not an array") }
            guard values.contains(where: { $0.stringValue?.utf8.elementsEqual("verify".utf8) ?? false }) else {
                throw .unsupported("a key whose key_ops do not include verify")
            }
        }
    }

    private static func algorithm(_ json: JSONObject) throws(KeyError) -> SignatureAlgorithm? {
        guard let value = json["alg"] else { return nil }
        guard let name = value.stringValue else { throw .malformed("alg is not a string") }
        guard let algorithm = SignatureAlgorithm(name: name) else { throw .unsupported("the alg '\(name)'") }
        return algorithm
    }

    private static func string(_ name: String, of json: JSONObject, orElse problem: String) throws(KeyError) -> String {
        guard let text = json[name]?.stringValue else { throw .malformed(problem) }
        return text
    }

    private static func bytes(_ name: String, of json: JSONObject) throws(KeyError) -> [UInt8] {
        let text = Array(try string(name, of: json, orElse: "there is no \(name)").utf8)
        guard let bytes = Base64URL.decode(text.span), !bytes.isEmpty else {
            throw .malformed("\(name) is not canonical base64url")
        }
        return bytes
    }

    /// Whether the bytes are the text of a JSON Web Key or of a set of them.
    static func isText(_ bytes: [UInt8]) -> Bool {
        guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else { return false }
        guard case .object(let object)? = try? JSONParser.parse(bytes) else { return false }
        return object.contains("kty") || object.contains("keys")
    }
}
