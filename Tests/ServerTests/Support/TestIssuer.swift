import CGnuTLS
import Foundation
import JSON
import Telemetry
import Testing

/// A key of P-256 that tokens are signed with by ES256, made for a test.
final class TestSigningKey: @unchecked Sendable {
    let id: String
    private let key: gnutls_privkey_t
    private let x: [UInt8]
    private let y: [UInt8]

    init(_ id: String) throws {
        self.id = id
        var made: gnutls_privkey_t?
        try #require(gnutls_privkey_init(&made) == 0)
        key = try #require(made)
        let bits = UInt32(0x8000_0000) | UInt32(GNUTLS_ECC_CURVE_SECP256R1.rawValue)
        try #require(gnutls_privkey_generate(key, GNUTLS_PK_ECDSA, bits, 0) == 0)
        var curve = GNUTLS_ECC_CURVE_INVALID
        var (first, second) = (gnutls_datum_t(), gnutls_datum_t())
        try #require(gnutls_privkey_export_ecc_raw(key, &curve, &first, &second, nil) == 0)
        x = Self.take(&first)
        y = Self.take(&second)
    }

    deinit { gnutls_privkey_deinit(key) }

    /// The public key as a JSON Web Key.
    var jwk: String {
        #"{"kty":"EC","crv":"P-256","kid":"\#(id)","use":"sig","x":"\#(Self.text(x))","y":"\#(Self.text(y))"}"#
    }

    /// A token for the tenant acme that is valid for an hour, with a random `jti`, so that no two are the same.
    func token(
        issuer: String = KeyVectors.issuer, audience: String = KeyVectors.audience, id: String? = nil
    ) throws -> String {
        let claims: JSONObject = [
            "tenant_id": "acme", "exp": .number(JSONNumber(Int(Timestamp.unixSeconds()) + 3_600)),
            "iss": .string(issuer), "aud": .string(audience), "jti": .string(UUID().uuidString),
        ]
        let header: JSONObject = ["alg": "ES256", "kid": .string(id ?? self.id)]
        let input = Self.text(Self.bytes(of: header)) + "." + Self.text(Self.bytes(of: claims))
        var signature = gnutls_datum_t()
        let bytes = Array(input.utf8)
        try bytes.withUnsafeBufferPointer { buffer in
            var data = gnutls_datum_t(
                data: UnsafeMutablePointer(mutating: buffer.baseAddress), size: UInt32(buffer.count))
            try #require(gnutls_privkey_sign_data2(key, GNUTLS_SIGN_ECDSA_SHA256, 0, &data, &signature) == 0)
        }
        var (first, second) = (gnutls_datum_t(), gnutls_datum_t())
        try #require(gnutls_decode_rs_value(&signature, &first, &second) == 0)
        _ = Self.take(&signature)
        return input + "." + Self.text(Self.take(&first) + Self.take(&second))
    }

    private static func bytes(of object: JSONObject) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(.object(object))
        return writer.bytes
    }

    /// A number in 32 bytes, or what else there is as it is; the library's memory is freed.
    private static func take(_ datum: inout gnutls_datum_t) -> [UInt8] {
        defer { cgnutls_free(datum.data) }
        let bytes = Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
        let number = Array(bytes.drop { $0 == 0 })
        return [UInt8](repeating: 0, count: max(0, 32 - number.count)) + number
    }

    private static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// A JWK set of these keys.
func keySet(_ keys: TestSigningKey...) -> String { "{\"keys\":[\(keys.map(\.jwk).joined(separator: ","))]}" }
