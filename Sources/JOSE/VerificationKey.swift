/// A key that verifies signatures of one algorithm and no other, whatever a token's header asks for. Otherwise a token
/// could have a public key used as a shared secret.
public struct VerificationKey: Sendable {
    /// What the key is made of.
    private enum Material: Sendable {
        case hs256(SharedSecret)
    }

    /// The key's id, which a token names in `kid`; nil for a key that stands for all tokens that name none.
    public let id: String?

    private let material: Material

    /// The one algorithm the key is for.
    public var algorithm: SignatureAlgorithm {
        switch material {
        case .hs256: .hs256
        }
    }

    /// A key for HS256.
    public static func hs256(_ secret: SharedSecret, id: String? = nil) -> VerificationKey {
        VerificationKey(id: id, material: .hs256(secret))
    }

    /// Whether `signature` is this key's signature of `signingInput`.
    func isValid(_ signature: [UInt8], of signingInput: Span<UInt8>) throws(TokenError) -> Bool {
        switch material {
        case .hs256(let secret):
            do throws(HMAC.Failure) {
                return HMAC.areEqual(try HMAC.sha256(signingInput, secret: secret), signature)
            } catch {
                throw .cryptographyFailed(code: error.code)
            }
        }
    }
}
