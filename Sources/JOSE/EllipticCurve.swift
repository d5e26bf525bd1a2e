import CGnuTLS

/// The curves of ECDSA, [RFC 7518, section 6.2.1.1](https://www.rfc-editor.org/rfc/rfc7518#section-6.2.1.1).
enum EllipticCurve: CaseIterable {
    case p256, p384, p521

    init?(_ kind: PublicKey.Kind) {
        guard let match = Self.allCases.first(where: { $0.kind == kind }) else { return nil }
        self = match
    }

    /// The curve of a key; nil for others.
    init?(of key: gnutls_pubkey_t) {
        var curve = GNUTLS_ECC_CURVE_INVALID
        guard gnutls_pubkey_export_ecc_raw2(key, &curve, nil, nil, 0) == 0,
            let match = Self.allCases.first(where: { $0.identifier == curve })
        else { return nil }
        self = match
    }

    var kind: PublicKey.Kind {
        switch self {
        case .p256: .p256
        case .p384: .p384
        case .p521: .p521
        }
    }

    /// The bytes of a coordinate, and of each half of a signature.
    var size: Int { order.count }

    var identifier: gnutls_ecc_curve_t {
        switch self {
        case .p256: GNUTLS_ECC_CURVE_SECP256R1
        case .p384: GNUTLS_ECC_CURVE_SECP384R1
        case .p521: GNUTLS_ECC_CURVE_SECP521R1
        }
    }

    /// The order of the base point, big-endian: n in
    /// [SP 800-186, section 3.2.1](https://doi.org/10.6028/NIST.SP.800-186).
    var order: [UInt8] {
        switch self {
        case .p256: EllipticCurve.orderOfP256
        case .p384: EllipticCurve.orderOfP384
        case .p521: EllipticCurve.orderOfP521
        }
    }

    private static let orderOfP256: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6,
        0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]
    private static let orderOfP384: [UInt8] =
        [UInt8](repeating: 0xFF, count: 24) + [
            0xC7, 0x63, 0x4D, 0x81, 0xF4, 0x37, 0x2D, 0xDF, 0x58, 0x1A, 0x0D, 0xB2, 0x48, 0xB0, 0xA7, 0x7A, 0xEC, 0xEC,
            0x19, 0x6A, 0xCC, 0xC5, 0x29, 0x73,
        ]
    private static let orderOfP521: [UInt8] =
        [0x01] + [UInt8](repeating: 0xFF, count: 32) + [
            0xFA, 0x51, 0x86, 0x87, 0x83, 0xBF, 0x2F, 0x96, 0x6B, 0x7F, 0xCC, 0x01, 0x48, 0xF7, 0x09, 0xA5, 0xD0, 0x3B,
            0xB5, 0xC9, 0xB8, 0x89, 0x9C, 0x47, 0xAE, 0xBB, 0x6F, 0xB7, 0x1E, 0x91, 0x38, 0x64, 0x09,
        ]
}
