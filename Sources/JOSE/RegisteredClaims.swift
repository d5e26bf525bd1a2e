import JSON

/// The claims that [RFC 7519, section 4.1](https://www.rfc-editor.org/rfc/rfc7519#section-4.1) registers, of the types
/// it gives them.
struct RegisteredClaims {
    let subject: String?
    let issuer: String?
    let audience: [String]
    /// Unix seconds; a fraction is rounded so that the token is valid for less, not more.
    let expiresAt: Int64
    let notBefore: Int64?

    init(_ claims: JSONObject) throws(TokenError) {
        guard let expiry = claims["exp"] else { throw .missingExpiry }
        expiresAt = try RegisteredClaims.seconds(expiry, claim: "exp", rounding: .down)
        if let value = claims["nbf"] {
            notBefore = try RegisteredClaims.seconds(value, claim: "nbf", rounding: .up)
        } else {
            notBefore = nil
        }
        if let value = claims["iat"] {
            _ = try RegisteredClaims.seconds(value, claim: "iat", rounding: .down)
        }
        subject = try RegisteredClaims.string(claims["sub"], claim: "sub")
        issuer = try RegisteredClaims.string(claims["iss"], claim: "iss")
        audience = try RegisteredClaims.audience(claims["aud"])
    }

    /// Holds the claims against the policy at the time `now`, Unix seconds.
    func check(_ policy: TokenPolicy, now: Int64) throws(TokenError) {
        guard now < RegisteredClaims.saturatingSum(expiresAt, policy.leeway) else { throw .expired }
        if let notBefore, RegisteredClaims.saturatingSum(now, policy.leeway) < notBefore { throw .notYetValid }
        if let expected = policy.issuer {
            guard let issuer, issuer.utf8.elementsEqual(expected.utf8) else { throw .wrongIssuer }
        }
        if let expected = policy.audience {
            guard audience.contains(where: { $0.utf8.elementsEqual(expected.utf8) }) else { throw .wrongAudience }
        }
    }

    private enum Rounding {
        case down, up
    }

    private static func seconds(
        _ value: JSONValue, claim: String, rounding: Rounding
    ) throws(TokenError) -> Int64 {
        guard let number = value.numberValue else { throw .invalidClaim(claim) }
        if let whole = number.integer { return Int64(whole) }
        // Within these bounds neither the conversion nor the step to the next second can overflow.
        guard let time = number.double, time > -9e18, time < 9e18 else { throw .invalidClaim(claim) }
        let truncated = Int64(time)
        let fraction = time - Double(truncated)
        switch rounding {
        case .down: return fraction < 0 ? truncated - 1 : truncated
        case .up: return fraction > 0 ? truncated + 1 : truncated
        }
    }

    private static func string(_ value: JSONValue?, claim: String) throws(TokenError) -> String? {
        guard let value else { return nil }
        guard let string = value.stringValue else { throw .invalidClaim(claim) }
        return string
    }

    private static func audience(_ value: JSONValue?) throws(TokenError) -> [String] {
        switch value {
        case nil: return []
        case .string(let one): return [one]
        case .array(let values):
            let strings = values.compactMap(\.stringValue)
            guard strings.count == values.count else { throw .invalidClaim("aud") }
            return strings
        default: throw .invalidClaim("aud")
        }
    }

    private static func saturatingSum(_ value: Int64, _ seconds: Int64) -> Int64 {
        let (sum, overflow) = value.addingReportingOverflow(seconds)
        return overflow ? (seconds < 0 ? .min : .max) : sum
    }
}
