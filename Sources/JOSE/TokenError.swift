/// Why a token is refused. Neither text holds anything of the token or of a key.
public enum TokenError: Error, Sendable, Equatable {
    /// It has more bytes than are accepted.
    case tooLarge(limit: Int)
    /// It is not a JSON Web Signature in compact form with a JSON object as its payload; says what is amiss.
    case malformed(String)
    /// It is encrypted ([RFC 7516](https://www.rfc-editor.org/rfc/rfc7516)).
    case encrypted
    /// No key here is for the algorithm its header names, or the key it names is for another.
    case unsupportedAlgorithm
    /// Its header has a parameter, named here, that is never accepted.
    case unsupportedHeader(String)
    /// Its `typ` is that of something other than an access token.
    case unsupportedType
    /// It names no key, or one that is not known.
    case unknownKey
    /// The signature is not that of the key.
    case badSignature
    /// It has no `exp`.
    case missingExpiry
    /// A registered claim, named here, has a value of a wrong type.
    case invalidClaim(String)
    /// `exp` has passed.
    case expired
    /// `nbf` is still to come.
    case notYetValid
    /// `iss` is missing or another one.
    case wrongIssuer
    /// `aud` is missing or does not include this service.
    case wrongAudience
    /// The cryptographic library failed; its error code.
    case cryptographyFailed(code: Int32)

    /// Whether a token that is refused for this could be accepted if there were other keys.
    public var dependsOnKeys: Bool {
        switch self {
        case .unknownKey, .unsupportedAlgorithm, .badSignature: true
        default: false
        }
    }

    /// The reason for a log.
    public var reason: String {
        switch self {
        case .tooLarge(let limit): "the token is larger than \(limit) bytes"
        case .malformed(let detail): "the token is malformed: \(detail)"
        case .encrypted: "the token is encrypted"
        case .unsupportedAlgorithm: "the token's algorithm is not that of a configured key"
        case .unsupportedHeader(let name): "the token's header has the unsupported parameter '\(name)'"
        case .unsupportedType: "the token's typ is neither JWT nor at+jwt"
        case .unknownKey: "the token names no known key"
        case .badSignature: "the token's signature is wrong"
        case .missingExpiry: "the token has no exp"
        case .invalidClaim(let name): "the token's claim '\(name)' has a value of a wrong type"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        case .wrongIssuer: "the token's iss is not the configured one"
        case .wrongAudience: "the token's aud does not include the configured one"
        case .cryptographyFailed(let code): "the cryptographic library failed with code \(code)"
        }
    }

    /// A short reason for the caller, fit for `error_description` in WWW-Authenticate
    /// ([RFC 6750, section 3](https://www.rfc-editor.org/rfc/rfc6750#section-3)). It tells what the caller can mend,
    /// and nothing of the configuration.
    public var publicDescription: String {
        switch self {
        case .expired: "The access token expired"
        case .notYetValid: "The access token is not valid yet"
        case .tooLarge: "The access token is too large"
        case .malformed, .encrypted: "The access token is malformed"
        case .cryptographyFailed: "The access token could not be verified"
        case .unsupportedAlgorithm, .unsupportedHeader, .unsupportedType, .unknownKey, .badSignature, .missingExpiry,
            .invalidClaim, .wrongIssuer, .wrongAudience:
            "The access token is invalid"
        }
    }
}

extension TokenError: CustomStringConvertible {
    /// The reason for a log.
    public var description: String { reason }
}
