import APIRuntime
import HTTPClient
import JSON

/// One side: a gateway, or Prometheus or Tempo itself.
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

    /// Sends the question and reads the whole answer; of rules that come in pages, all pages.
    nonisolated(nonsending) func ask(_ question: Question) async throws -> Answer {
        var answer = try await send(question, question.fields)
        var page = answer.body
        // Both sides have few groups; a gateway that never ends is stopped here, and the answers differ.
        while answer.furtherPages.count < 100, question.fields.contains(where: { $0.name == "group_limit" }),
            let token = (try? JSONParser.parse(page))?["data"]?["groupNextToken"]?.stringValue
        {
            page = try await send(question, question.fields + [("group_next_token", token)]).body
            answer.furtherPages.append(page)
        }
        return answer
    }

    nonisolated(nonsending) private func send(_ question: Question, _ fields: FormFields) async throws -> Answer {
        // One id for all, and one trace, as errors repeat them.
        var headers: HeaderFields = [
            "Accept": question.accept, "X-Request-ID": "non-interference",
            "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        ]
        headers["Authorization"] = "Bearer \(question.picksTenant ? wideToken ?? token : token)"
        if question.picksTenant { headers["X-Tenant"] = tenants.joined(separator: ",") }
        let form = encodeForm(fields)
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
        return Answer(
            status: response.status, headers: response.headers.fields.filter { $0.name != "date" }, body: answer,
            isFederation: question.path.hasSuffix("/federate"),
            isTrace: question.endpoint.hasSuffix("/{trace_id}"))
    }

    private func directPath(_ path: String) -> String {
        if path.hasPrefix("/tempo/") { return String(path.dropFirst("/tempo".count)) }
        if path.hasPrefix("/prometheus/") { return String(path.dropFirst("/prometheus".count)) }
        let own = "/api/v1/metrics/"
        return path.hasPrefix(own) ? "/api/v1/" + path.dropFirst(own.count) : path
    }
}
