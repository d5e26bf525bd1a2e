/// The challenge of a bearer-protected resource ([RFC 6750 §3](https://www.rfc-editor.org/rfc/rfc6750#section-3)).
public enum BearerChallenge: Sendable {
    /// No credentials were sent: the challenge names no error.
    case missing
    /// The request is not of the form that RFC 6750 has.
    case invalidRequest(description: String)
    /// The token does not verify. The description must be free of quotes, backslashes and of the token itself.
    case invalidToken(description: String)

    /// The value of `WWW-Authenticate`.
    public var headerValue: String {
        switch self {
        case .missing: "Bearer"
        case .invalidRequest(let description):
            #"Bearer error="invalid_request", error_description="\#(description)""#
        case .invalidToken(let description):
            #"Bearer error="invalid_token", error_description="\#(description)""#
        }
    }
}

/// The token in `Authorization: Bearer …` ([RFC 6750 §2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)); `nil`
/// if there is no such field. Tokens in forms and query strings are not read.
///
/// - Throws: ``APIFailure`` with a 401 for several `Authorization` fields or one of another form.
public func bearerToken(of headers: HeaderFields) throws(APIFailure) -> String? {
    guard let value = headers["authorization"] else { return nil }
    guard headers.count("authorization") == 1 else {
        throw .unauthenticated(
            .invalidRequest(description: "more than one Authorization field"),
            detail: "The request has more than one Authorization field.")
    }
    guard let space = value.utf8.firstIndex(of: UInt8(ascii: " ")),
        asciiCaseInsensitiveEqual(String(value[..<space]), "bearer")
    else {
        throw .unauthenticated(.missing, detail: "The Authorization field must be of the scheme Bearer.")
    }
    var start = space
    while start != value.utf8.endIndex, value.utf8[start] == UInt8(ascii: " ") {
        start = value.utf8.index(after: start)
    }
    return String(value[start...])
}
