import APIRuntime
import HTTPClient

/// What came back.
struct Answer: Sendable {
    let status: Int
    /// All header fields but those that tell the time, sorted.
    let headers: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// Whether two answers are the same to the byte.
    func isSame(as other: Answer) -> Bool {
        status == other.status && Array(headers.utf8) == Array(other.headers.utf8) && body == other.body
    }
}

/// One side: a gateway, or Prometheus itself.
struct Asker: Sendable {
    let client: SocketHTTPClient
    let token: String
    let wideToken: String?
    /// What `X-Tenant` picks of the wide token.
    let tenants: [String]
    /// Whether the gateway's own paths are to be those of Prometheus.
    let isDirect: Bool

    init(_ origin: HTTPClientOrigin, _ options: Options, isDirect: Bool) {
        client = SocketHTTPClient(origin: origin)
        token = options.token
        wideToken = options.wideToken
        tenants = options.tenants
        self.isDirect = isDirect
    }

    /// Sends the question and reads the whole answer.
    nonisolated(nonsending) func ask(_ question: Question) async throws -> Answer {
        // One id for all, as errors repeat it.
        var headers: HeaderFields = ["Accept": "application/json", "X-Request-ID": "non-interference"]
        headers["Authorization"] = "Bearer \(question.picksTenant ? wideToken ?? token : token)"
        if question.picksTenant { headers["X-Tenant"] = tenants.joined(separator: ",") }
        let form = encodeForm(question.fields)
        var target = isDirect ? directPath(question.path) : question.path
        var body: [UInt8] = []
        if question.method == .post {
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = form
        } else if !form.isEmpty {
            target += "?" + String(decoding: form, as: UTF8.self)
        }
        let response = try await client.send(
            HTTPClientRequest(method: question.method, target: target, headers: headers, body: body, isIdempotent: true)
        )
        var answer: [UInt8] = []
        while let piece = try await response.body.next() { answer += piece }
        let kept = response.headers.fields.filter { $0.name != "date" }.map { "\($0.name): \($0.value)" }
        return Answer(status: response.status, headers: kept.sorted().joined(separator: "; "), body: answer)
    }

    private func directPath(_ path: String) -> String {
        let own = "/api/v1/metrics/"
        return path.hasPrefix(own) ? "/api/v1/" + path.dropFirst(own.count) : path
    }
}
