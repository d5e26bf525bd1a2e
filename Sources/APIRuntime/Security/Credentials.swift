import FoundationEssentials
public import JSON

/// A user's name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
public struct BasicCredentials: Sendable {
    /// The part before the first colon.
    public let user: String
    /// The rest.
    public let password: String

    /// Credentials from their parts.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

/// What an authenticator yields where `generator.yaml` names no type of its own.
public struct AuthenticatedCaller: Sendable {
    /// Who it is.
    public let subject: String
    /// What it may do.
    public let scopes: Set<String>
    /// What else is known.
    public let claims: JSONObject

    /// A caller from its parts.
    public init(subject: String, scopes: Set<String> = [], claims: JSONObject = [:]) {
        self.subject = subject
        self.scopes = scopes
        self.claims = claims
    }
}

/// What stands in `Authorization: Basic …`; `nil` if there is no such field.
///
/// - Throws: ``APIFailure`` with a 401 for several `Authorization` fields or one of another form.
public func basicCredentials(of headers: HeaderFields) throws(APIFailure) -> BasicCredentials? {
    guard headers.contains("authorization") else { return nil }
    guard let credentials = presentBasicCredentials(of: headers) else {
        throw APIFailure(
            .unauthenticated, detail: "The Authorization field must be of the scheme Basic.",
            headers: ["WWW-Authenticate": "Basic realm=\"api\", charset=\"UTF-8\""])
    }
    return credentials
}

/// The same, `nil` for whatever belongs to another scheme.
public func presentBasicCredentials(of headers: HeaderFields) -> BasicCredentials? {
    guard let text = authorization("basic", headers), let data = Data(base64Encoded: text),
        let decoded = String(validating: data, as: UTF8.self),
        let colon = decoded.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return BasicCredentials(
        user: String(decoded[..<colon]), password: String(decoded[decoded.utf8.index(after: colon)...]))
}

/// The token in `Authorization: Bearer …`; `nil` for whatever belongs to another scheme.
public func presentBearerToken(of headers: HeaderFields) -> String? { authorization("bearer", headers) }

private func authorization(_ scheme: String, _ headers: HeaderFields) -> String? {
    let values = headers.values("authorization")
    guard values.count == 1, let value = values.first,
        let space = value.utf8.firstIndex(of: UInt8(ascii: " ")),
        asciiCaseInsensitiveEqual(String(value[..<space]), scheme)
    else { return nil }
    return String(Substring(value.utf8[space...].drop { $0 == UInt8(ascii: " ") }))
}

/// A key in the query string, a header field or a cookie; `nil` if there is none.
///
/// - Throws: ``APIFailure`` with a 401 if there are several, or one that cannot be read.
public func apiKey(
    _ name: String, in location: Violation.Location, of request: Request
) throws(APIFailure) -> String? {
    var keys: [String] = []
    switch location {
    case .header: keys = request.headers.values(name)
    case .cookie:
        for pair in request.headers.values("cookie").flatMap({ $0.utf8.split(separator: UInt8(ascii: ";")) }) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), pair[..<equals].elementsEqual(name.utf8) else {
                continue
            }
            keys.append(String(Substring(pair[pair.index(after: equals)...])))
        }
    case .query:
        guard let query = request.query else { return nil }
        guard let fields = try? decodeForm(query.utf8) else {
            throw APIFailure(.unauthenticated, detail: "The query string cannot be read.")
        }
        keys = fields.filter { bytesEqual($0.name, name) }.map(\.value)
    case .path, .body: break
    }
    guard keys.count <= 1 else {
        throw APIFailure(.unauthenticated, detail: "The key `\(name)` is given more than once.")
    }
    return keys.first
}

/// Refuses a caller whose credential is not good for what the operation needs
/// ([RFC 6750 §3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)).
public func requireScopes(_ needed: [String], of granted: Set<String>) throws(APIFailure) {
    let missing = needed.filter { scope in !granted.contains { bytesEqual($0, scope) } }
    guard !missing.isEmpty else { return }
    let list = needed.joined(separator: " ")
    throw APIFailure(
        .forbidden, detail: "This needs the scopes \(list).",
        headers: ["WWW-Authenticate": "Bearer error=\"insufficient_scope\", scope=\"\(list)\""])
}
