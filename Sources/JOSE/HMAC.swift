import CGnuTLS

/// Keyed hashes, computed by GnuTLS.
struct HMAC {
    /// GnuTLS refused to compute; its error code.
    struct Failure: Error {
        let code: Int32
    }

    /// The bytes of a hash.
    let size: Int
    private let algorithm: gnutls_mac_algorithm_t

    static let sha256 = HMAC(size: 32, algorithm: GNUTLS_MAC_SHA256)
    static let sha384 = HMAC(size: 48, algorithm: GNUTLS_MAC_SHA384)
    static let sha512 = HMAC(size: 64, algorithm: GNUTLS_MAC_SHA512)

    /// The keyed hash of an algorithm; nil for one that has public keys.
    init?(_ algorithm: SignatureAlgorithm) {
        switch algorithm {
        case .hs256: self = .sha256
        case .hs384: self = .sha384
        case .hs512: self = .sha512
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512, .es256, .es384, .es512, .edDSA: return nil
        }
    }

    private init(size: Int, algorithm: gnutls_mac_algorithm_t) {
        self.size = size
        self.algorithm = algorithm
    }

    /// The HMAC of `message`.
    func hash(_ message: Span<UInt8>, secret: SharedSecret) throws(Failure) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        let code = message.withUnsafeBytes { message in
            secret.bytes.withUnsafeBytes { key in
                digest.withUnsafeMutableBytes { digest in
                    gnutls_hmac_fast(
                        algorithm, key.baseAddress, key.count, message.baseAddress, message.count, digest.baseAddress)
                }
            }
        }
        guard code == 0 else { throw Failure(code: code) }
        return digest
    }

    /// Whether two hashes are the same; the time it takes does not tell where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && gnutls_memcmp(left, right, left.count) == 0
    }
}
