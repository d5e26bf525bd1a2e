import CGnuTLS

/// The two numbers of an ECDSA signature, which JSON Web Signatures write one after the other, each of the curve's full
/// size, [RFC 7518, section 3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4).
struct ECDSASignature {
    private let r: [UInt8]
    private let s: [UInt8]

    /// Splits a signature; nil where it is not of the curve's size or one of the numbers is not within 1 and n - 1.
    init?(_ signature: [UInt8], on curve: EllipticCurve) {
        guard signature.count == 2 * curve.size,
            let r = ECDSASignature.number(signature.prefix(curve.size), on: curve),
            let s = ECDSASignature.number(signature.suffix(curve.size), on: curve)
        else { return nil }
        self.r = r
        self.s = s
    }

    /// The number without zeros in front.
    private static func number(_ bytes: ArraySlice<UInt8>, on curve: EllipticCurve) -> [UInt8]? {
        guard bytes.lexicographicallyPrecedes(curve.order) else { return nil }
        let number = bytes.drop { $0 == 0 }
        return number.isEmpty ? nil : Array(number)
    }

    /// Calls `body` with the form that GnuTLS takes: a DER sequence of both numbers,
    /// [RFC 3279, section 2.2.3](https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3).
    func withEncoded(_ body: (UnsafePointer<gnutls_datum_t>) -> Int32) -> Int32 {
        var encoded = gnutls_datum_t()
        let code = withDatum(r) { r in withDatum(s) { gnutls_encode_rs_value(&encoded, r, $0) } }
        guard code == 0 else { return code }
        defer { cgnutls_free(encoded.data) }
        return body(&encoded)
    }
}

/// Calls `body` with bytes in the form in which GnuTLS reads them.
func withDatum<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<gnutls_datum_t>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
        var datum = gnutls_datum_t(data: UnsafeMutablePointer(mutating: bytes.baseAddress), size: UInt32(bytes.count))
        return withUnsafePointer(to: &datum, body)
    }
}

extension Array where Element == UInt8 {
    /// The bytes that GnuTLS returned.
    init(_ datum: gnutls_datum_t) {
        self.init(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
    }
}
