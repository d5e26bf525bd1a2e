internal import EventLoop
public import HTTPClient
public import OTLP

/// Sends spans to Jaeger's collector by HTTP, `POST /api/traces`, in
/// [Thrift's binary protocol](https://www.jaegertracing.io/docs/1.62/apis/#thrift-over-http-stable).
public struct JaegerCollectorExporter: SpanExporter {
    private let http: CollectorClient
    private let batch: JaegerBatch

    /// An exporter that posts to `target` of the client's origin.
    public init(client: any HTTPClient, target: String, resource: SpanResource) {
        http = CollectorClient(client: client, target: target + "?format=jaeger.thrift")
        batch = JaegerBatch(resource: resource)
    }

    /// Sends a batch.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        guard let spans = try? spans.spans() else { return .unreadable }
        switch await http.post(
            batch.binary(spans), type: "application/vnd.apache.thrift.binary", within: timeout)
        {
        case .taken: return .taken()
        case .retry(let after, let reason): return .retry(after: after, reason: reason)
        case .failed(let reason): return .failed(reason: reason)
        }
    }

    /// Closes connections.
    public func close() async { await http.close() }
}

/// Sends spans to Jaeger's agent in datagrams, in
/// [Thrift's compact protocol](https://www.jaegertracing.io/docs/1.62/apis/#thrift-over-udp-legacy).
public struct JaegerAgentExporter: SpanExporter {
    /// The agent takes no larger datagram.
    public static let largestPacket = 65_000

    private let host: String
    private let port: UInt16
    private let batch: JaegerBatch

    /// An exporter to the agent at that address.
    public init(host: String, port: UInt16, resource: SpanResource) {
        self.host = host
        self.port = port
        batch = JaegerBatch(resource: resource)
    }

    /// Sends a batch in as many datagrams as it needs. Nobody tells whether they arrive.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        guard let spans = try? spans.spans() else { return .unreadable }
        do {
            let addresses = try await Resolver.addresses(host: host, port: port)
            guard let address = addresses.first else { return .retry(after: nil, reason: "no address") }
            let socket = try DatagramSocket(to: address)
            var rejected = 0
            try Self.send(spans[...], batch, socket, &rejected)
            return .taken(rejected: rejected)
        } catch {
            return .retry(after: nil, reason: "\(error)")
        }
    }

    private static func send(
        _ spans: ArraySlice<TraceSpan>, _ batch: JaegerBatch, _ socket: DatagramSocket, _ rejected: inout Int
    ) throws {
        guard !spans.isEmpty else { return }
        let packet = batch.compactCall(Array(spans))
        if packet.count > largestPacket {
            guard spans.count > 1 else {
                rejected += 1
                return
            }
            let middle = spans.startIndex + spans.count / 2
            try send(spans[..<middle], batch, socket, &rejected)
            try send(spans[middle...], batch, socket, &rejected)
            return
        }
        // Where nobody listens the kernel says so with the packet after the one that was lost.
        if socket.send(packet) != 0, socket.send(packet) != 0 { rejected += spans.count }
    }

    /// There is nothing to let go of.
    public func close() async {}
}
