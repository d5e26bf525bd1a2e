import APIRuntime
import Foundation
import JSON
import OTLP
import Synchronization
import Telemetry
import Testing

@testable import Server

/// The gateway sends its spans to receivers over sockets, which read them with code of their own.
@Suite("Tracing", .serialized)
struct TracingTests {
    private static let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    /// What the upstream and the collector got of one query, behind the gateway's shutdown.
    private func trace(
        _ settings: [String: String], headers: String = "", _ query: String = "sum(up)",
        collector answer: @escaping @Sendable (RecordingUpstream.Received) -> [UInt8] = { _ in
            Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
        }
    ) async throws -> (
        collected: [RecordingUpstream.Received], asked: RecordingUpstream.Received?, lines: [JSONValue], log: String
    ) {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let collector = try RecordingUpstream(answer)
        defer { collector.stop() }
        var settings = settings
        settings["TRACING_ENABLED"] = "true"
        if let endpoint = settings["TRACING_ENDPOINT"] {
            settings["TRACING_ENDPOINT"] = endpoint.replacingOccurrences(of: "PORT", with: "\(collector.port)")
        }
        let sink = try await TestServer.with(upstream: upstream.port, settings) { server in
            let form = String(decoding: encodeForm([("query", query)]), as: UTF8.self)
            let answer = try await server.send(
                "POST /api/v1/metrics/query HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nX-Request-ID: r-1\r\n"
                    + "Authorization: Bearer \(Tokens.token())\r\n\(headers)"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n"
                    + form)
            #expect(answer.status == 200, "\(answer.text)")
            return server.sink
        }
        return (collector.received, upstream.received.first, sink.lines, sink.text)
    }

    /// The spans of OTLP in Protobuf, by their names.
    private func spans(_ body: [UInt8]) throws -> (resource: [String: String], spans: [String: ProtobufFields]) {
        let resourceSpans = try #require(try ProtobufFields(body).messages(1).first)
        let resource = try #require(try resourceSpans.messages(1).first)
        let scope = try #require(try resourceSpans.messages(2).first)
        let spans = try scope.messages(2)
        return (
            try attributes(resource, 1),
            Dictionary(spans.map { ($0.text(5) ?? "", $0) }) { first, _ in first }
        )
    }

    private func attributes(_ message: ProtobufFields, _ number: Int) throws -> [String: String] {
        var attributes: [String: String] = [:]
        for pair in try message.messages(number) {
            let value = try #require(try pair.messages(2).first)
            attributes[pair.text(1) ?? ""] = value.text(1) ?? value.number(3).map { String($0) } ?? "?"
        }
        return attributes
    }

    private func hexadecimal(_ bytes: [UInt8]?) -> String {
        (bytes ?? []).map { String(format: "%02x", $0) }.joined()
    }

    @Test("OTLP in Protobuf: server span with children, attributes by the conventions")
    func protobuf() async throws {
        let (collected, asked, lines, _) = try await trace([
            "TRACING_ENDPOINT": "http://127.0.0.1:PORT", "OTEL_RESOURCE_ATTRIBUTES": "tenant_id=ops,zone=a%20b",
            "OTEL_EXPORTER_OTLP_HEADERS": "x-api-key=a%20secret", "TRACING_SERVICE_NAME": "gateway-1",
        ])
        let request = try #require(collected.first)
        #expect(collected.count == 1)
        #expect(request.head.hasPrefix("POST /v1/traces HTTP/1.1\r\n"))
        #expect(request.head.lowercased().contains("content-type: application/x-protobuf\r\n"))
        #expect(request.head.lowercased().contains("x-api-key: a secret\r\n"))
        let (resource, spans) = try spans(request.bytes)
        #expect(resource["service.name"] == "gateway-1")
        #expect(resource["tenant_id"] == "ops")
        #expect(resource["zone"] == "a b")
        #expect(resource["service.version"] == Version.current)
        #expect(
            Set(spans.keys) == ["POST /api/v1/metrics/query", "authenticate", "confine", "POST"])
        let server = try #require(spans["POST /api/v1/metrics/query"])
        #expect(server.number(6) == 2)
        #expect(server.bytes(4) == nil)
        let own = try attributes(server, 9)
        #expect(own["http.request.method"] == "POST")
        #expect(own["http.route"] == "/api/v1/metrics/query")
        #expect(own["url.path"] == "/api/v1/metrics/query")
        #expect(own["url.scheme"] == "http")
        #expect(own["http.response.status_code"] == "200")
        #expect(own["client.address"] == "127.0.0.1")
        #expect(own["request.id"] == "r-1")
        #expect(own["palisade.tenant"] == "acme")
        let start = try #require(server.number(7))
        let end = try #require(server.number(8))
        #expect(start <= end)
        #expect(abs(Double(start) / 1e9 - Date().timeIntervalSince1970) < 600)
        let client = try #require(spans["POST"])
        #expect(client.number(6) == 3)
        let called = try attributes(client, 9)
        #expect(called["http.request.method"] == "POST")
        #expect(called["http.response.status_code"] == "200")
        #expect(called["server.address"] == "127.0.0.1")
        #expect(called["url.full"]?.hasSuffix("/api/v1/query") == true)
        let confined = try attributes(try #require(spans["confine"]), 9)
        #expect(confined["palisade.language"] == "promql")
        #expect(confined["palisade.selectors"] == "1")
        // No query text, anywhere.
        #expect(!String(decoding: request.bytes, as: UTF8.self).contains("sum(up"))
        for name in ["authenticate", "confine", "POST"] {
            #expect(spans[name]?.bytes(4) == server.bytes(2))
            #expect(spans[name]?.bytes(1) == server.bytes(1))
        }
        // The upstream was told of the client span, in our trace; and the log has the trace.
        let trace = hexadecimal(server.bytes(1))
        #expect(
            asked?.head.lowercased().contains("traceparent: 00-\(trace)-\(hexadecimal(client.bytes(2)))-01\r\n") == true
        )
        #expect(lines.contains { $0["message"] == "request" && $0["trace_id"]?.stringValue == trace })
    }

    @Test("OTLP in JSON: identifiers in hexadecimal, enumerations and integers as the standard has them")
    func json() async throws {
        let (collected, _, _, _) = try await trace([
            "TRACING_ENDPOINT": "http://127.0.0.1:PORT", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json",
        ])
        let request = try #require(collected.first)
        #expect(request.head.lowercased().contains("content-type: application/json\r\n"))
        let body = try JSONSerialization.jsonObject(with: Data(request.bytes)) as? [String: Any]
        let resource = (body?["resourceSpans"] as? [[String: Any]])?.first
        let scope = (resource?["scopeSpans"] as? [[String: Any]])?.first
        let spans = try #require(scope?["spans"] as? [[String: Any]])
        #expect(spans.count == 4)
        let server = try #require(spans.first { $0["kind"] as? Int == 2 })
        #expect((server["traceId"] as? String)?.utf8.count == 32)
        #expect((server["spanId"] as? String)?.utf8.count == 16)
        #expect((server["startTimeUnixNano"] as? String).flatMap { UInt64($0) } != nil)
        let attributes = try #require(server["attributes"] as? [[String: Any]])
        let status = attributes.first { $0["key"] as? String == "http.response.status_code" }
        #expect((status?["value"] as? [String: Any])?["intValue"] as? String == "200")
        #expect(spans.filter { $0["parentSpanId"] as? String == server["spanId"] as? String }.count == 3)
    }

    @Test("Zipkin: its own JSON, times in microseconds")
    func zipkin() async throws {
        let (collected, _, _, _) = try await trace([
            "TRACING_EXPORTER": "zipkin", "TRACING_ENDPOINT": "http://127.0.0.1:PORT",
        ])
        let request = try #require(collected.first)
        #expect(request.head.hasPrefix("POST /api/v2/spans HTTP/1.1\r\n"))
        let spans = try #require(try JSONSerialization.jsonObject(with: Data(request.bytes)) as? [[String: Any]])
        #expect(spans.count == 4)
        let server = try #require(spans.first { $0["kind"] as? String == "SERVER" })
        #expect(server["parentId"] == nil)
        #expect((server["localEndpoint"] as? [String: Any])?["serviceName"] as? String == "palisade")
        let timestamp = try #require(server["timestamp"] as? Int)
        #expect(abs(Double(timestamp) / 1e6 - Date().timeIntervalSince1970) < 600)
        #expect((server["duration"] as? Int ?? 0) >= 1)
        let tags = try #require(server["tags"] as? [String: String])
        #expect(tags["http.response.status_code"] == "200")
        #expect(
            spans.contains { $0["kind"] as? String == "CLIENT" && $0["parentId"] as? String == server["id"] as? String }
        )
        #expect(spans.filter { $0["kind"] == nil }.count == 2)
    }

    private func checkJaeger(_ batch: ThriftValue) throws {
        #expect(batch[1]?[1]?.string == "palisade")
        let spans = try #require(batch[2]?.list)
        #expect(spans.count == 4)
        let server = try #require(spans.first { $0[5]?.string == "POST /api/v1/metrics/query" })
        #expect(server[4]?.integer == 0)
        #expect(server[7]?.integer == 1)
        let startedAt = try #require(server[8]?.integer)
        #expect(abs(Double(startedAt) / 1e6 - Date().timeIntervalSince1970) < 600)
        #expect(server[9]?.integer.map { $0 >= 0 } == true)
        var tags: [String: ThriftValue] = [:]
        for tag in server[10]?.list ?? [] {
            tags[tag[1]?.string ?? ""] = tag[2]?.integer == 3 ? tag[6] : tag[3]
        }
        #expect(tags["http.response.status_code"] == .integer(200))
        #expect(tags["span.kind"] == .string("server"))
        #expect(tags["palisade.tenant"] == .string("acme"))
        let children = spans.filter { $0[4]?.integer == server[3]?.integer }
        #expect(children.count == 3)
        #expect(children.allSatisfy { $0[1] == server[1] && $0[2] == server[2] })
    }

    @Test("Jaeger's collector: Thrift in the binary protocol")
    func jaegerCollector() async throws {
        let (collected, _, _, _) = try await trace([
            "TRACING_EXPORTER": "jaeger", "TRACING_ENDPOINT": "http://127.0.0.1:PORT/api/traces",
        ])
        let request = try #require(collected.first)
        #expect(request.head.hasPrefix("POST /api/traces?format=jaeger.thrift HTTP/1.1\r\n"))
        #expect(request.head.lowercased().contains("content-type: application/vnd.apache.thrift.binary\r\n"))
        try checkJaeger(try ThriftValue.binary(request.bytes))
    }

    @Test("Jaeger's agent: Thrift in the compact protocol, by UDP")
    func jaegerAgent() async throws {
        let agent = try DatagramReceiver()
        defer { agent.stop() }
        _ = try await trace(["TRACING_EXPORTER": "jaeger", "TRACING_ENDPOINT": "127.0.0.1:\(agent.port)"])
        for _ in 0..<400 where agent.received.isEmpty { try await Task.sleep(for: .milliseconds(25)) }
        let packet = try #require(agent.received.first)
        let (name, kind, arguments) = try ThriftValue.compactMessage(packet)
        #expect(name == "emitBatch")
        #expect(kind == 4)
        try checkJaeger(try #require(arguments[1]))
    }

    @Test("a caller's context is linked, and its trace id, decision and baggage go nowhere")
    func untrusted() async throws {
        let (collected, asked, _, _) = try await trace(
            ["TRACING_ENDPOINT": "http://127.0.0.1:PORT"],
            headers: "traceparent: \(Self.caller)\r\ntracestate: foo=1\r\nbaggage: a=b\r\n")
        let (_, spans) = try spans(try #require(collected.first).bytes)
        let server = try #require(spans["POST /api/v1/metrics/query"])
        #expect(hexadecimal(server.bytes(1)) != "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(server.bytes(4) == nil)
        let link = try #require(try server.messages(13).first)
        #expect(hexadecimal(link.bytes(1)) == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(hexadecimal(link.bytes(2)) == "00f067aa0ba902b7")
        #expect(link.text(3) == "foo=1")
        let head = try #require(asked?.head.lowercased())
        #expect(!head.contains("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(!head.contains("baggage"))
        #expect(!head.contains("foo=1"))
        #expect(head.components(separatedBy: "traceparent: 00-").count == 2)
    }

    @Test("with TRACING_TRUST_PARENT a caller's context is the parent")
    func trusted() async throws {
        let (collected, asked, _, _) = try await trace(
            ["TRACING_ENDPOINT": "http://127.0.0.1:PORT", "TRACING_TRUST_PARENT": "true", "TRACING_SAMPLE_RATE": "0"],
            headers: "traceparent: \(Self.caller)\r\ntracestate: foo=1\r\nbaggage: a=b\r\n")
        let (_, spans) = try spans(try #require(collected.first).bytes)
        let server = try #require(spans["POST /api/v1/metrics/query"])
        #expect(hexadecimal(server.bytes(1)) == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(hexadecimal(server.bytes(4)) == "00f067aa0ba902b7")
        #expect(try server.messages(13).isEmpty)
        let head = try #require(asked?.head.lowercased())
        #expect(head.contains("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"))
        #expect(head.contains("tracestate: foo=1\r\n"))
        #expect(!head.contains("baggage"))
    }

    @Test("at rate 0 nothing is sent, whatever a caller asks for, and the upstream is told so")
    func rateZero() async throws {
        let (collected, asked, lines, _) = try await trace(
            ["TRACING_ENDPOINT": "http://127.0.0.1:PORT", "TRACING_SAMPLE_RATE": "0"],
            headers: "traceparent: \(Self.caller)\r\n")
        #expect(collected.isEmpty)
        #expect(asked?.head.lowercased().contains("-00\r\n") == true)
        #expect(lines.contains { $0["message"] == "request" && $0["trace_id"]?.stringValue?.utf8.count == 32 })
    }

    @Test("a batch is sent again after a 503, and once only")
    func retry() async throws {
        let count = Count()
        let (collected, _, _, log) = try await trace([
            "TRACING_ENDPOINT": "http://127.0.0.1:PORT", "OTEL_BSP_SCHEDULE_DELAY": "1",
        ]) { _ in
            let text =
                count.next() == 1
                ? "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            return Array(text.utf8)
        }
        #expect(collected.map(\.bytes) == Array(repeating: collected.first?.bytes ?? [], count: 2))
        #expect(!log.contains("spans were lost"))
    }

    @Test("a dead collector holds up no request, and the loss is logged once")
    func dead() async throws {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        let (listener, port) = try listeningSocket()
        close(listener)
        let sink = try await TestServer.with(
            upstream: upstream.port,
            [
                "TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:\(port)",
                "OTEL_BSP_SCHEDULE_DELAY": "10", "OTEL_BSP_MAX_QUEUE_SIZE": "16",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "4",
            ]
        ) { server in
            for _ in 0..<40 {
                let answer = try await server.query("up", time: nil)
                #expect(answer.status == 200)
            }
            return server.sink
        }
        #expect(sink.lines.filter { $0["message"] == "spans cannot be exported" }.count == 1)
        let lost = try #require(sink.lines.first { $0["message"] == "spans were lost" })
        #expect(lost["count"]?.numberValue?.integer == 160)
    }

    private final class Count: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }
}
