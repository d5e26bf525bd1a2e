import CGnuTLS

/// Keyed hashes, computed by GnuTLS.
enum HMAC {
    /// GnuTLS refused to compute; its error code.
    struct Failure: Error {
        let code: Int32
    }

    /// The HMAC with SHA-256 of `message`, 32 bytes.
    static func sha256(_ message: Span<UInt8>, secret: SharedSecret) throws(Failure) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let code = message.withUnsafeBytes { message in
            secret.bytes.withUnsafeBytes { key in
                digest.withUnsafeMutableBytes { digest in
                    gnutls_hmac_fast(
                        GNUTLS_MAC_SHA256, key.baseAddress, key.count, message.baseAddress, message.count,
                        digest.baseAddress)
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
