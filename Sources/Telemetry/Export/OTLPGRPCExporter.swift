internal import APIRuntime
internal import Compression
internal import EventLoop
public import HTTPClient
public import OTLP

/// Sends spans by [OTLP over gRPC](https://opentelemetry.io/docs/specs/otlp/#otlpgrpc), each batch a call of
/// `TraceService/Export` ([protocol](https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md)).
public struct OTLPGRPCExporter: SpanExporter {
    static let path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
    /// The longest pause that a collector may ask for.
    private static let longestPause = Duration.seconds(300)

    private let client: HTTP2Client
    private let headers: [(name: String, value: String)]
    private let isCompressed: Bool
    private let resource: SpanResource

    /// An exporter to the client's origin, with those fields as metadata.
    ///
    /// - Parameter isCompressed: messages are sent in gzip.
    public init(
        client: HTTP2Client, headers: [(name: String, value: String)] = [], isCompressed: Bool = false,
        resource: SpanResource
    ) {
        self.client = client
        self.headers = headers
        self.isCompressed = isCompressed
        self.resource = resource
    }

    /// Sends a batch.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        var message = GRPCMessage(resource.protobuf(of: spans))
        if isCompressed, let smaller = gzip(message.bytes, level: 6) {
            message = GRPCMessage(smaller, isCompressed: true)
        }
        guard let body = message.framed else { return .failed(reason: "the batch is too large for a message") }
        do throws(HTTPClientError) {
            let answer = try await client.post(
                Self.path, headers: fields(isCompressed: message.isCompressed, timeout), body: body, timeout: timeout)
            return Self.result(of: answer)
        } catch {
            switch error {
            case .cancelled, .closed, .unwritableRequest, .malformedAnswer: return .failed(reason: "\(error)")
            default: return .retry(after: nil, reason: "\(error)")
            }
        }
    }

    /// There is nothing to let go of: no connection outlives its call.
    public func close() async {}

    /// What an answer says of the batch.
    static func result(of answer: HTTP2Answer) -> ExportResult {
        let status = GRPCStatus(answer)
        guard status.code == .ok else {
            guard status.isRetryable else { return .failed(reason: status.reason) }
            return .retry(after: status.retryDelay.map { min($0, longestPause) }, reason: status.reason)
        }
        // No other coding than none was asked for.
        guard let message = GRPCMessage(body: answer.body), !message.isCompressed else { return .taken() }
        let response = ExportTraceResponse(protobuf: message.bytes)
        return .taken(rejected: response.rejectedSpans, message: response.message)
    }

    private func fields(isCompressed: Bool, _ timeout: Duration) -> HeaderFields {
        var fields = HeaderFields()
        for header in headers { fields[header.name.lowercased()] = header.value }
        // At most eight digits.
        fields["grpc-timeout"] = "\(min(max(1, timeout.nanoseconds / 1_000_000), 99_999_999))m"
        fields["te"] = "trailers"
        fields["content-type"] = "application/grpc"
        fields["user-agent"] = "palisade"
        if isCompressed { fields["grpc-encoding"] = "gzip" }
        return fields
    }
}
