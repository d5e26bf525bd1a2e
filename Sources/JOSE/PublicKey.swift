import CGnuTLS

/// A public key that signatures are verified with. It is never a shared secret: there is no way from one to the other.
public struct PublicKey: Sendable {
    /// What a key is, and how large.
    public enum Kind: Sendable, Hashable {
        /// RSA with a modulus of so many bits.
        case rsa(bits: Int)
        /// The elliptic curve NIST P-256.
        case p256
        /// The elliptic curve NIST P-384.
        case p384
        /// The elliptic curve NIST P-521.
        case p521
        /// The Edwards curve Ed25519.
        case ed25519

        /// The algorithms that such a key can be used for; the first one where nothing says which.
        public var algorithms: [SignatureAlgorithm] {
            switch self {
            case .rsa: [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
            case .p256: [.es256]
            case .p384: [.es384]
            case .p521: [.es512]
            case .ed25519: [.edDSA]
            }
        }
    }

    /// The fewest bits of an RSA modulus, [RFC 7518, section 3.3](https://www.rfc-editor.org/rfc/rfc7518#section-3.3).
    public static let fewestRSABits = 2_048
    /// More bits than this make one verification too slow.
    static let mostRSABits = 16_384

    /// What the key is.
    public let kind: Kind
    private let handle: Handle

    /// A key from SubjectPublicKeyInfo
    /// ([RFC 5280, section 4.1.2.7](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7)) in a PEM block
    /// `PUBLIC KEY`.
    /// - Throws: ``KeyError`` for what is no such block, for weak keys, and for kinds that ``Kind`` has not.
    public init(pem: [UInt8]) throws(KeyError) {
        let handle = try Handle()
        let code = withDatum(pem) { gnutls_pubkey_import(handle.key, $0, GNUTLS_X509_FMT_PEM) }
        guard code == 0 else { throw .malformed("the PEM block holds no public key that can be read") }
        try self.init(handle)
    }

    /// An RSA key from its modulus and exponent, big-endian.
    init(rsaModulus modulus: [UInt8], exponent: [UInt8]) throws(KeyError) {
        let handle = try Handle()
        let code = withDatum(modulus) { modulus in
            withDatum(exponent) { gnutls_pubkey_import_rsa_raw(handle.key, modulus, $0) }
        }
        guard code == 0 else { throw .malformed("the modulus and exponent are not those of an RSA key") }
        try self.init(handle)
    }

    /// A key on a curve from a point's coordinates, each of the curve's full size.
    init(curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(KeyError) {
        guard x.count == curve.size, y.count == curve.size else {
            throw .malformed("the coordinates are not of \(curve.size) bytes each")
        }
        let handle = try Handle()
        let code = withDatum(x) { x in
            withDatum(y) { gnutls_pubkey_import_ecc_raw(handle.key, curve.identifier, x, $0) }
        }
        guard code == 0 else { throw .malformed("the coordinates are not those of a point on the curve") }
        try self.init(handle)
    }

    /// An Ed25519 key, [RFC 8032, section 5.1.5](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5).
    init(ed25519 point: [UInt8]) throws(KeyError) {
        guard point.count == 32 else { throw .malformed("the key is not of 32 bytes") }
        let handle = try Handle()
        let code = withDatum(point) { gnutls_pubkey_import_ecc_raw(handle.key, GNUTLS_ECC_CURVE_ED25519, $0, nil) }
        guard code == 0 else { throw .malformed("the bytes are not an Ed25519 key") }
        try self.init(handle)
    }

    /// Looks at what has been imported, and refuses what is weak or of another kind.
    private init(_ handle: Handle) throws(KeyError) {
        var bits: UInt32 = 0
        let algorithm = gnutls_pubkey_get_pk_algorithm(handle.key, &bits)
        switch gnutls_pk_algorithm_t(rawValue: UInt32(max(0, algorithm))) {
        case GNUTLS_PK_RSA:
            kind = .rsa(bits: Int(bits))
            try PublicKey.checkRSA(handle, bits: Int(bits))
        case GNUTLS_PK_ECDSA:
            guard let curve = EllipticCurve(of: handle.key) else { throw .unsupported("the key's curve") }
            kind = curve.kind
            guard gnutls_pubkey_verify_params(handle.key) == 0 else {
                throw .malformed("the coordinates are not those of a point on the curve")
            }
        case GNUTLS_PK_EDDSA_ED25519: kind = .ed25519
        case GNUTLS_PK_RSA_PSS: throw .unsupported("a key restricted to RSA-PSS by its type")
        default: throw .unsupported("a key that is neither RSA nor on P-256, P-384, P-521 or Ed25519")
        }
        self.handle = handle
    }

    /// A modulus that is even, or an exponent that is even or 1, belongs to no RSA key; with 1 anybody could sign.
    private static func checkRSA(_ handle: Handle, bits: Int) throws(KeyError) {
        guard bits >= fewestRSABits else { throw .tooWeak(bits: bits, fewest: fewestRSABits) }
        guard bits <= mostRSABits else { throw .unsupported("an RSA key of more than \(mostRSABits) bits") }
        var modulus = gnutls_datum_t()
        var exponent = gnutls_datum_t()
        guard gnutls_pubkey_export_rsa_raw(handle.key, &modulus, &exponent) == 0 else {
            throw .malformed("the key has no modulus and exponent")
        }
        defer {
            cgnutls_free(modulus.data)
            cgnutls_free(exponent.data)
        }
        let factors = (Array(modulus), Array(exponent).drop { $0 == 0 })
        guard let lowest = factors.0.last, lowest & 1 == 1 else { throw .malformed("the modulus is even") }
        guard let last = factors.1.last, last & 1 == 1, factors.1.count > 1 || last > 1 else {
            throw .malformed("the exponent is even or 1")
        }
    }

    /// Whether `signature` is that of `message` by this algorithm, which has to be one of the kind's.
    func isValid(
        _ signature: [UInt8], of message: Span<UInt8>, algorithm: SignatureAlgorithm
    ) throws(TokenError) -> Bool {
        guard kind.algorithms.contains(algorithm) else { return false }
        let code: Int32
        switch kind {
        case .rsa(let bits):
            // Of exactly the modulus' size: other lengths would give one signature several spellings.
            guard signature.count == (bits + 7) / 8 else { return false }
            code = verify(signature, of: message, algorithm)
        case .ed25519:
            guard signature.count == 64 else { return false }
            code = verify(signature, of: message, algorithm)
        case .p256, .p384, .p521:
            guard let curve = EllipticCurve(kind), let parts = ECDSASignature(signature, on: curve) else {
                return false
            }
            code = parts.withEncoded { verify($0, of: message, algorithm) }
        }
        if code >= 0 { return true }
        guard code == GNUTLS_E_PK_SIG_VERIFY_FAILED else { throw .cryptographyFailed(code: code) }
        return false
    }

    private func verify(_ signature: [UInt8], of message: Span<UInt8>, _ algorithm: SignatureAlgorithm) -> Int32 {
        withDatum(signature) { verify($0, of: message, algorithm) }
    }

    private func verify(
        _ signature: UnsafePointer<gnutls_datum_t>, of message: Span<UInt8>, _ algorithm: SignatureAlgorithm
    ) -> Int32 {
        message.withUnsafeBufferPointer { message in
            var datum = gnutls_datum_t(
                data: UnsafeMutablePointer(mutating: message.baseAddress), size: UInt32(message.count))
            return gnutls_pubkey_verify_data2(handle.key, algorithm.identifier, 0, &datum, signature)
        }
    }

    /// Whether the bytes are a public key in DER.
    static func isDER(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == 0x30, let handle = try? Handle() else { return false }
        return withDatum(bytes) { gnutls_pubkey_import(handle.key, $0, GNUTLS_X509_FMT_DER) } == 0
    }

    /// The memory of GnuTLS. Verifying only reads it, so that several threads may do so at once.
    private final class Handle: @unchecked Sendable {
        let key: gnutls_pubkey_t

        init() throws(KeyError) {
            var key: gnutls_pubkey_t?
            guard gnutls_pubkey_init(&key) == 0, let key else { throw .malformed("there is no memory for a key") }
            self.key = key
        }

        deinit {
            gnutls_pubkey_deinit(key)
        }
    }
}

extension SignatureAlgorithm {
    /// GnuTLS's name for it; the keyed hashes have none.
    fileprivate var identifier: gnutls_sign_algorithm_t {
        switch self {
        case .hs256, .hs384, .hs512: GNUTLS_SIGN_UNKNOWN
        case .rs256: GNUTLS_SIGN_RSA_SHA256
        case .rs384: GNUTLS_SIGN_RSA_SHA384
        case .rs512: GNUTLS_SIGN_RSA_SHA512
        // The names with RSAE are for keys that are not restricted to RSA-PSS by their type.
        case .ps256: GNUTLS_SIGN_RSA_PSS_RSAE_SHA256
        case .ps384: GNUTLS_SIGN_RSA_PSS_RSAE_SHA384
        case .ps512: GNUTLS_SIGN_RSA_PSS_RSAE_SHA512
        case .es256: GNUTLS_SIGN_ECDSA_SHA256
        case .es384: GNUTLS_SIGN_ECDSA_SHA384
        case .es512: GNUTLS_SIGN_ECDSA_SHA512
        case .edDSA: GNUTLS_SIGN_EDDSA_ED25519
        }
    }
}
