internal import APIRuntime
internal import Compression
internal import HTTPClient

/// Posts to a collector, and tells what may be sent again from what is lost
/// ([failures](https://opentelemetry.io/docs/specs/otlp/#failures-1)).
struct CollectorClient: Sendable {
    /// What came back.
    enum Answer: Sendable {
        /// A good status, with its body.
        case taken([UInt8])
        case retry(after: Duration?, reason: String)
        case failed(reason: String)
    }

    private let client: any HTTPClient
    private let target: String
    private let headers: [(name: String, value: String)]
    private let isCompressed: Bool

    /// - Parameter isCompressed: bodies are sent in gzip.
    init(
        client: any HTTPClient, target: String, headers: [(name: String, value: String)] = [],
        isCompressed: Bool = false
    ) {
        self.client = client
        self.target = target
        self.headers = headers
        self.isCompressed = isCompressed
    }

    nonisolated(nonsending) func post(_ body: [UInt8], type: String, within timeout: Duration) async -> Answer {
        var fields: HeaderFields = ["Content-Type": type, "User-Agent": "palisade"]
        for header in headers { fields[header.name] = header.value }
        var body = body
        if isCompressed, let smaller = gzip(body, level: 6) {
            body = smaller
            fields["Content-Encoding"] = "gzip"
        }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.send(
                HTTPClientRequest(
                    method: .post, target: target, headers: fields, body: body, timeout: timeout,
                    idleTimeout: timeout))
        } catch {
            return error == .cancelled || error == .closed
                ? .failed(reason: "\(error)") : .retry(after: nil, reason: "\(error)")
        }
        let content = try? await RequestBody.stream(response.body).collect(limit: 65_536)
        switch response.status {
        case 200..<300: return .taken(content ?? [])
        case 429, 502, 503, 504:
            let seconds = response.headers["retry-after"].flatMap { Int64($0) }.map { min(max(0, $0), 300) }
            return .retry(
                after: seconds.map { .seconds($0) }, reason: "the collector answered with status \(response.status)")
        default: return .failed(reason: "the collector answered with status \(response.status)")
        }
    }

    func close() async { await client.close() }
}
