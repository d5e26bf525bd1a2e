import FoundationEssentials

/// Where a client has its credentials for one security scheme from: one value, or whatever is good at the moment.
public struct CredentialSource<Value: Sendable>: Sendable {
    let provide: @Sendable () async throws -> Value

    /// Always the same.
    public init(_ value: Value) { provide = { value } }

    /// Asked before each request.
    public init(_ provide: @escaping @Sendable () async throws -> Value) { self.provide = provide }
}

extension CredentialSource: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByStringLiteral
where Value == String {
    /// A token or key for examples and tests.
    public init(stringLiteral value: String) { self.init(value) }
}

/// A security scheme of the document with the client's credentials for it, if it has any.
public enum ClientScheme: Sendable {
    /// A token behind `Bearer`; for OAuth 2 and OpenID Connect as well.
    case bearer(_ name: String, CredentialSource<String>?)
    /// A name and a password behind `Basic`.
    case basic(_ name: String, CredentialSource<BasicCredentials>?)
    /// A key in a header field, a cookie or the query string.
    case apiKey(_ name: String, _ field: String, in: Violation.Location, CredentialSource<String>?)

    var name: String {
        switch self {
        case .bearer(let name, _), .basic(let name, _), .apiKey(let name, _, _, _): name
        }
    }

    var isUsable: Bool {
        switch self {
        case .bearer(_, let source), .apiKey(_, _, _, let source): source != nil
        case .basic(_, let source): source != nil
        }
    }
}

extension RequestEncoder {
    /// Adds the credentials of the first alternative for which the client has all of them; none where the document lets
    /// anybody in.
    public nonisolated(nonsending) mutating func authorize(
        _ alternatives: [[ClientScheme]]
    ) async throws(ClientFailure) {
        let usable = alternatives.first { !$0.isEmpty && $0.allSatisfy(\.isUsable) }
        guard let usable else {
            guard alternatives.contains(where: \.isEmpty) else {
                throw .missingCredentials(alternatives.map { $0.map(\.name) })
            }
            return
        }
        for scheme in usable { try await add(scheme) }
    }

    private nonisolated(nonsending) mutating func add(_ scheme: ClientScheme) async throws(ClientFailure) {
        switch scheme {
        case .bearer(_, let source):
            if let token = try await Self.value(source) { try header("Authorization", "Bearer \(token)") }
        case .basic(_, let source):
            guard let credentials = try await Self.value(source) else { return }
            let text = Data("\(credentials.user):\(credentials.password)".utf8).base64EncodedString()
            try header("Authorization", "Basic \(text)")
        case .apiKey(_, let field, let location, let source):
            guard let key = try await Self.value(source) else { return }
            switch location {
            case .query: try query(field, key, .form(explode: true))
            case .cookie: try cookie(field, key, .form(explode: true))
            case .header, .path, .body: try header(field, key, .simple(explode: false))
            }
        }
    }

    private nonisolated(nonsending) static func value<Value: Sendable>(
        _ source: CredentialSource<Value>?
    ) async throws(ClientFailure) -> Value? {
        do {
            return try await source?.provide()
        } catch {
            throw .credentials(error)
        }
    }
}
