import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

/// What an upstream of the tests was asked, in full.
struct SentRequest: Equatable, CustomStringConvertible {
    let method: String
    let path: String
    /// The fields of the URL and then of the form, in order.
    let fields: [String]

    init(_ request: HTTPClientRequest) throws {
        method = request.method.rawValue
        let parts = request.target.split(separator: "?", maxSplits: 1)
        path = parts.first.map(String.init) ?? ""
        let query = try parts.count == 2 ? decodeForm(parts[1].utf8) : []
        fields = try (query + decodeForm(request.body)).map { "\($0.name)=\($0.value)" }
    }

    init(_ method: String, _ path: String, _ fields: [String]) {
        self.method = method
        self.path = path
        self.fields = fields
    }

    var description: String { "\(method) \(path) \(fields)" }
}

extension FakeUpstream {
    /// Everything that was asked, in order.
    func sent() throws -> [SentRequest] { try received.map(SentRequest.init) }
}

extension TestGateway {
    /// A GET with these parameters.
    func get(
        _ path: String, _ fields: FormFields = [], token: String? = nil, headers: HeaderFields = [:]
    ) async throws -> Answer {
        let query = fields.isEmpty ? nil : String(decoding: encodeForm(fields), as: UTF8.self)
        return try await send(.get, path, query: query, token: try token ?? Tokens.token(), headers: headers)
    }

    /// A POST of these fields as a form.
    func post(
        _ path: String, _ fields: FormFields, token: String? = nil, headers: HeaderFields = [:]
    ) async throws -> Answer {
        try await send(
            .post, path, token: try token ?? Tokens.token(), headers: headers,
            form: String(decoding: encodeForm(fields), as: UTF8.self))
    }
}
