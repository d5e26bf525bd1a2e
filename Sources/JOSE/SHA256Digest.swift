import CGnuTLS

/// The SHA-256 of some bytes.
public struct SHA256Digest: Sendable, Hashable {
    private let words: InlineArray<4, UInt64>

    /// Hashes bytes; nil if the cryptographic library fails.
    public init?(_ bytes: Span<UInt8>) {
        var words = InlineArray<4, UInt64>(repeating: 0)
        var span = words.mutableSpan
        let code = bytes.withUnsafeBytes { bytes in
            span.withUnsafeMutableBytes { digest in
                gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.baseAddress, bytes.count, digest.baseAddress)
            }
        }
        guard code == 0 else { return nil }
        self.words = words
    }

    /// Whether all 32 bytes are the same.
    public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words[0] == right.words[0] && left.words[1] == right.words[1] && left.words[2] == right.words[2]
            && left.words[3] == right.words[3]
    }

    /// Any 64 bits of it are as good as random.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words[0])
    }
}
