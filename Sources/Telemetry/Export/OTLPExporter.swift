internal import APIRuntime
public import HTTPClient
public import OTLP

/// Sends spans by [OTLP over HTTP](https://opentelemetry.io/docs/specs/otlp/#otlphttp), `POST /v1/traces`.
public struct OTLPExporter: SpanExporter {
    /// How requests are written.
    public enum Encoding: String, CaseIterable, Sendable {
        /// Protobuf.
        case protobuf = "http/protobuf"
        /// JSON.
        case json = "http/json"
    }

    private let http: CollectorClient
    private let resource: SpanResource
    private let encoding: Encoding

    /// An exporter that posts to `target` of the client's origin, with those header fields.
    ///
    /// - Parameter isCompressed: bodies are sent in gzip.
    public init(
        client: any HTTPClient, target: String, headers: [(name: String, value: String)] = [],
        encoding: Encoding = .protobuf, isCompressed: Bool = false, resource: SpanResource
    ) {
        http = CollectorClient(client: client, target: target, headers: headers, isCompressed: isCompressed)
        self.resource = resource
        self.encoding = encoding
    }

    /// Sends a batch.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        let body: [UInt8]
        let type: String
        switch encoding {
        case .protobuf: (body, type) = (resource.protobuf(of: spans), "application/x-protobuf")
        case .json:
            guard let spans = try? spans.spans() else { return .unreadable }
            (body, type) = (resource.request(with: spans).json(), "application/json")
        }
        switch await http.post(body, type: type, within: timeout) {
        case .taken(let answer):
            let response =
                encoding == .protobuf ? ExportTraceResponse(protobuf: answer) : ExportTraceResponse(json: answer)
            return .taken(rejected: response.rejectedSpans, message: response.message)
        case .retry(let after, let reason): return .retry(after: after, reason: reason)
        case .failed(let reason): return .failed(reason: reason)
        }
    }

    /// Closes connections.
    public func close() async { await http.close() }
}
