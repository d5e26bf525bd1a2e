import EventLoop
import Foundation
import HTTPClient
import OTLP
import Synchronization
import Telemetry
import Testing

@testable import Server

@Suite("Delivery of spans", .serialized)
struct SpanDeliveryTests {
    /// Does with each batch what the test says.
    private final class ScriptedExporter: SpanExporter {
        let batches = Mutex<[Int]>([])
        private let script: @Sendable (Int) -> ExportResult

        init(_ script: @escaping @Sendable (Int) -> ExportResult) { self.script = script }

        func export(_ spans: EncodedSpans, within timeout: Duration) async -> ExportResult {
            let number = batches.withLock { batches in
                batches.append(spans.count)
                return batches.count
            }
            return script(number)
        }

        func close() async {}
    }

    private func spans(_ count: Int, bytes: Int = 0) -> EncodedSpans {
        var spans = EncodedSpans()
        for number in 1...count {
            let head = EncodedSpans.Head(traceID: TraceID(UInt128(number)), spanID: SpanID(UInt64(number)))
            spans.append(head, name: "span") { $0.append("filler", String(repeating: "x", count: bytes)) }
        }
        return spans
    }

    private func batching(_ change: (inout SpanBatching) -> Void) -> SpanBatching {
        var batching = SpanBatching()
        batching.delay = .milliseconds(1)
        batching.backoff = .milliseconds(1)
        change(&batching)
        return batching
    }

    /// Runs `body` on a shard with a processor that is shut down behind it; its counts then.
    private func deliver(
        _ exporter: ScriptedExporter, _ batching: SpanBatching,
        _ body: @escaping @Sendable (SpanProcessor) async -> Void
    ) async throws -> SpanCounts {
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        let processor = SpanProcessor(exporter: exporter, batching: batching, logger: Logger(sink: MemorySink()))
        let shard = shards.shards[0]
        try await shard.run {
            await body(processor)
            processor.start(on: shard)
            for _ in 0..<500 where processor.counts.waiting > 0 { try? await Shard.sleep(for: .milliseconds(10)) }
            await processor.shutdown(within: .seconds(5))
        }
        return processor.counts
    }

    @Test("what finds no room in the queue is dropped and counted, the rest is sent in batches")
    func bounded() async throws {
        let exporter = ScriptedExporter { _ in .taken() }
        let counts = try await deliver(
            exporter,
            batching {
                $0.queueSize = 10
                $0.batchSize = 4
            }
        ) { processor in
            for _ in 0..<6 { processor.enqueue(spans(2)) }
        }
        #expect(counts == SpanCounts(exported: 10, dropped: 2, failed: 0, waiting: 0))
        #expect(exporter.batches.withLock { $0 } == [4, 4, 2])
    }

    @Test("the spans of a trace go together where a batch takes them, and in parts where none does")
    func whole() async throws {
        let exporter = ScriptedExporter { _ in .taken() }
        let counts = try await deliver(exporter, batching { $0.batchSize = 4 }) { processor in
            for count in [3, 3, 9, 1] { processor.enqueue(spans(count)) }
        }
        #expect(counts == SpanCounts(exported: 16, dropped: 0, failed: 0, waiting: 0))
        #expect(exporter.batches.withLock { $0 } == [3, 3, 4, 4, 2])
    }

    @Test("a batch that may be sent again is, until it is taken or tried often enough; one that is refused is not")
    func attempts() async throws {
        let taken = ScriptedExporter { $0 < 3 ? .retry(after: nil, reason: "busy") : .taken() }
        let first = try await deliver(taken, batching { $0.attempts = 5 }) { $0.enqueue(spans(2)) }
        #expect(first == SpanCounts(exported: 2, dropped: 0, failed: 0, waiting: 0))
        #expect(taken.batches.withLock { $0 } == [2, 2, 2])
        let never = ScriptedExporter { _ in .failed(reason: "no") }
        let second = try await deliver(never, batching { $0.attempts = 5 }) { $0.enqueue(spans(3)) }
        #expect(second == SpanCounts(exported: 0, dropped: 0, failed: 3, waiting: 0))
        #expect(never.batches.withLock { $0 } == [3])
    }

    @Test("spans that the collector rejected are counted as failed")
    func rejected() async throws {
        let exporter = ScriptedExporter { _ in .taken(rejected: 2) }
        let counts = try await deliver(exporter, batching { _ in }) { $0.enqueue(spans(5)) }
        #expect(counts == SpanCounts(exported: 3, dropped: 0, failed: 2, waiting: 0))
        // As a collector says it, in both forms.
        #expect(ExportTraceResponse(protobuf: [0x0a, 0x06, 0x08, 0x02, 0x12, 0x02, 0x6e, 0x6f]).rejectedSpans == 2)
        let json = ExportTraceResponse(
            json: Array(#"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no"}}"#.utf8))
        #expect(json.rejectedSpans == 2)
        #expect(json.message == "no")
        #expect(ExportTraceResponse(json: Array("{}".utf8)).rejectedSpans == 0)
        #expect(ExportTraceResponse(protobuf: [0xff]).rejectedSpans == 0)
    }

    @Test("Jaeger's agent gets a large batch in packets under 65,000 bytes, and nothing twice")
    func packets() async throws {
        let agent = try DatagramReceiver()
        defer { agent.stop() }
        let exporter = JaegerAgentExporter(
            host: "127.0.0.1", port: agent.port, resource: SpanResource(serviceName: "s", version: "1"))
        let shards = try ShardGroup(count: 1)
        try shards.start()
        let result = try await shards.shards[0].run {
            var all = spans(150, bytes: 1_000)
            all.append(spans(1, bytes: 70_000))
            return await exporter.export(all, within: .seconds(1))
        }
        shards.stop()
        shards.join()
        // One that fits in no packet is given up.
        #expect(result == .taken(rejected: 1))
        var ids: [Int64] = []
        for _ in 0..<100 where ids.count < 150 {
            try await Task.sleep(for: .milliseconds(20))
            ids = []
            for packet in agent.received {
                #expect(packet.count < 65_000)
                let batch = try #require(try ThriftValue.compactMessage(packet).arguments[1])
                ids += (batch[2]?.list ?? []).compactMap { $0[3]?.integer }
            }
        }
        #expect(ids.sorted() == (1...150).map { Int64($0) })
        #expect(agent.received.count > 2)
    }
}
