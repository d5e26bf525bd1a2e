import APIRuntime
import EventLoop
import HTTPClient
import OTLP
import Synchronization
import Telemetry
import Testing

@testable import Server

@Suite("Spans of upstream calls", .serialized)
struct UpstreamSpanTests {
    /// Answers with pieces, and then ends or fails.
    private final class Answer: HTTPClient, @unchecked Sendable {
        private final class Body: ByteStream {
            var pieces: [[UInt8]]
            let failure: HTTPClientError?
            let length: Int?

            init(_ pieces: [[UInt8]], _ failure: HTTPClientError?, _ length: Int?) {
                self.pieces = pieces
                self.failure = failure
                self.length = length
            }

            func next() async throws -> [UInt8]? {
                if !pieces.isEmpty { return pieces.removeFirst() }
                if let failure { throw failure }
                return nil
            }

            func cancel() {}
        }

        private let status: Int
        private let body: Body

        init(status: Int = 200, _ pieces: [[UInt8]], failure: HTTPClientError? = nil, length: Int? = nil) {
            self.status = status
            body = Body(pieces, failure, length)
        }

        func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
            HTTPClientResponse(status: status, headers: [:], body: body)
        }

        func close() async {}
    }

    private final class Kept: SpanExporter {
        let spans = Mutex<[TraceSpan]>([])

        func export(_ spans: EncodedSpans, within timeout: Duration) async -> ExportResult {
            guard let spans = try? spans.spans() else { return .failed(reason: "cannot be read") }
            self.spans.withLock { $0 += spans }
            return .taken()
        }

        func close() async {}
    }

    /// The client span of a call whose body `read` reads, and when the trace ended.
    private func span(
        _ answer: Answer, read: @escaping @Sendable (HTTPClientResponse) async throws -> Void
    ) async throws -> (span: TraceSpan, attributes: [String: String]) {
        let exporter = Kept()
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        let processor = SpanProcessor(exporter: exporter, logger: Logger(sink: MemorySink()))
        let shard = shards.shards[0]
        try await shard.run {
            let trace = Tracer(processor: processor).trace([:], receivedAt: MonotonicClock.now)
            let client = ObservedClient(http: answer, upstream: .prometheus, metrics: GatewayMetrics())
            try await RequestTrace.$current.withValue(trace) {
                let response = try await client.send(HTTPClientRequest(target: "/"))
                try? await read(response)
            }
            trace.end("GET /", at: MonotonicClock.now)
            processor.start(on: shard)
            await processor.shutdown(within: .seconds(5))
        }
        let clients = exporter.spans.withLock { $0.filter { $0.kind == SpanKind.client.rawValue } }
        #expect(clients.count == 1)
        let span = try #require(clients.first)
        return (span, Dictionary(span.attributes.map { ($0.key, text($0.value)) }) { $1 })
    }

    private func text(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        default: "?"
        }
    }

    private static let whole: @Sendable (HTTPClientResponse) async throws -> Void = { response in
        while try await response.body.next() != nil {}
    }

    @Test("a call lasts until the last byte of the answer's body, whose size it says")
    func whole() async throws {
        let (span, attributes) = try await span(Answer([[1, 2], [3]])) { response in
            _ = try await response.body.next()
            try await Shard.sleep(for: .milliseconds(20))
            try await Self.whole(response)
        }
        #expect(span.endTimeUnixNano - span.startTimeUnixNano >= 20_000_000)
        #expect(attributes["http.response.status_code"] == "200")
        #expect(attributes["http.response.body.size"] == "3")
        #expect(span.status == nil)
    }

    @Test("a body of a known length is whole at its last byte, also if nobody asks for its end")
    func announced() async throws {
        let (span, attributes) = try await span(Answer([[1, 2, 3]], length: 3)) { _ = try await $0.body.next() }
        #expect(attributes["http.response.body.size"] == "3")
        #expect(span.status == nil)
    }

    @Test("a body that breaks off makes the call a failure, with the status that came")
    func cut() async throws {
        let (span, attributes) = try await span(Answer([[1]], failure: .cut), read: Self.whole)
        #expect(span.status?.code == 2)
        #expect(attributes["http.response.status_code"] == "200")
        #expect(attributes["error.type"] == "cut")
        #expect(attributes["http.response.body.size"] == nil)
        let late = try await self.span(Answer([[1]], failure: .timedOut(.body)), read: Self.whole)
        #expect(late.attributes["error.type"] == "timeout")
    }

    @Test("a body that nobody reads to its end has a span all the same: cancelled, let go of, or still held")
    func unread() async throws {
        let cancelled = try await span(Answer([[1], [2]])) { response in
            _ = try await response.body.next()
            response.body.cancel()
        }
        #expect(cancelled.attributes["error.type"] == "cancelled")
        let dropped = try await span(Answer([[1], [2]])) { _ in }
        #expect(dropped.attributes["error.type"] == "cancelled")
        let held = Mutex<[Held]>([])
        let kept = try await span(Answer([[1], [2]])) { response in
            let body = Held(response.body)
            held.withLock { $0.append(body) }
        }
        #expect(kept.attributes["error.type"] == "cancelled")
        #expect(held.withLock { $0.count } == 1)
    }

    /// Keeps a body beyond its request.
    private final class Held: @unchecked Sendable {
        let body: any ByteStream
        init(_ body: any ByteStream) { self.body = body }
    }

    @Test("an error of the upstream's is one, however its body ends")
    func refused() async throws {
        let (span, attributes) = try await span(Answer(status: 503, [[1]]), read: Self.whole)
        #expect(span.status?.code == 2)
        #expect(attributes["error.type"] == "503")
        #expect(attributes["http.response.body.size"] == "1")
    }
}
