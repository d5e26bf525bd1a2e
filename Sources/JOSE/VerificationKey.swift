/// A key that verifies signatures of one algorithm and no other, whatever a token's header asks for. Otherwise a token
/// could have a public key used as a shared secret.
public struct VerificationKey: Sendable {
    /// What the key is made of. An algorithm of the one sort never meets a key of the other.
    private enum Material: Sendable {
        case secret(SharedSecret, HMAC)
        case publicKey(PublicKey)
    }

    /// The key's id, which a token names in `kid`; nil for a key that stands for all tokens that name none.
    public let id: String?

    /// The one algorithm the key is for.
    public let algorithm: SignatureAlgorithm

    private let material: Material

    /// A key for HS256.
    public static func hs256(_ secret: SharedSecret, id: String? = nil) -> VerificationKey {
        VerificationKey(id: id, algorithm: .hs256, material: .secret(secret, .sha256))
    }

    /// A shared secret, for HS256, HS384 or HS512.
    /// - Throws: ``KeyError`` for another algorithm, and for a secret of fewer bytes than the algorithm's hash
    ///   ([RFC 7518, section 3.2](https://www.rfc-editor.org/rfc/rfc7518#section-3.2)).
    public init(_ secret: SharedSecret, algorithm: SignatureAlgorithm, id: String? = nil) throws(KeyError) {
        guard let hash = HMAC(algorithm) else { throw .wrongAlgorithm(algorithm) }
        guard secret.bytes.count >= hash.size else {
            throw .secretTooShort(bytes: secret.bytes.count, fewest: hash.size)
        }
        self.init(id: id, algorithm: algorithm, material: .secret(secret, hash))
    }

    /// A public key, for one of its kind's algorithms.
    /// - Throws: ``KeyError`` for another algorithm.
    public init(_ key: PublicKey, algorithm: SignatureAlgorithm, id: String? = nil) throws(KeyError) {
        guard key.kind.algorithms.contains(algorithm) else { throw .wrongAlgorithm(algorithm) }
        self.init(id: id, algorithm: algorithm, material: .publicKey(key))
    }

    private init(id: String?, algorithm: SignatureAlgorithm, material: Material) {
        self.id = id
        self.algorithm = algorithm
        self.material = material
    }

    /// Whether `signature` is this key's signature of `signingInput`.
    func isValid(_ signature: [UInt8], of signingInput: Span<UInt8>) throws(TokenError) -> Bool {
        switch material {
        case .secret(let secret, let hash):
            do throws(HMAC.Failure) {
                return HMAC.areEqual(try hash.hash(signingInput, secret: secret), signature)
            } catch {
                throw .cryptographyFailed(code: error.code)
            }
        case .publicKey(let key):
            return try key.isValid(signature, of: signingInput, algorithm: algorithm)
        }
    }
}

extension VerificationKey {
    /// A key for HS256 from the contents of a file with a shared secret.
    /// - Throws: ``KeyError``, as ``SharedSecret/init(fileContents:)``, and if HS256 is not allowed.
    public init(fileContents: [UInt8], allowed: AllowedAlgorithms = AllowedAlgorithms()) throws(KeyError) {
        _ = try allowed.choose(from: [.hs256])
        self = .hs256(try SharedSecret(fileContents: fileContents))
    }
}
