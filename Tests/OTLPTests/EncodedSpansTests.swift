import OTLP
import Testing

@Suite("Spans as they are sent")
struct EncodedSpansTests {
    /// Sizes around those where a length takes another byte: of a text, of an attribute, of a span.
    private static let sizes = [0, 1, 14, 15, 16, 60, 100, 110, 118, 119, 120, 121, 122, 126, 127, 128, 129]
    private static let largeSizes = [16_200, 16_290, 16_300, 16_310, 16_383, 16_384, 70_000]
    private static let numbers = [0, 1, -1, 127, 128, -5, 1 << 40, .max, .min]

    /// Adds a span with everything that a span may have, and says what it has to be read as.
    private func add(_ number: Int, size: Int, to spans: inout EncodedSpans) -> TraceSpan {
        let text = String(repeating: "x", count: size)
        var head = EncodedSpans.Head(traceID: TraceID(1 << 100 | 7), spanID: SpanID(1 << 60 | UInt64(number)))
        head.flags = 0x301
        head.kind = 2
        head.startTimeUnixNano = 1_767_366_245_000_000_001
        head.endTimeUnixNano = 1_767_366_245_000_000_002
        var span = TraceSpan(traceID: head.traceID, spanID: head.spanID)
        span.flags = head.flags
        span.kind = head.kind
        span.startTimeUnixNano = head.startTimeUnixNano
        span.endTimeUnixNano = head.endTimeUnixNano
        span.name = "nämé" + text
        span.attributes = [
            Attribute(key: "text", value: .string(text)), Attribute(key: "k", value: .string("é-path/a")),
        ]
        span.attributes += Self.numbers.map { Attribute(key: "number", value: .integer(Int64($0))) }
        guard number % 2 == 0 else {
            spans.append(head, name: span.name) { Self.write(text, to: &$0) }
            return span
        }
        head.parentSpanID = SpanID(3)
        span.parentSpanID = SpanID(3)
        span.traceState = "a=b"
        var link = TraceSpan.Link(traceID: TraceID(11), spanID: SpanID(12))
        link.traceState = "c=d"
        link.flags = 0x300
        span.links = [link]
        var status = TraceSpan.Status()
        status.code = 2
        status.message = "broken"
        span.status = status
        spans.append(head, name: span.name, traceState: "a=b", error: "broken", link: link) {
            Self.write(text, to: &$0)
        }
        return span
    }

    private static func write(_ text: String, to attributes: inout EncodedAttributes) {
        attributes.append("text", text)
        var before = EncodedAttributes()
        before.append("k", "é-", "/path/a?b".dropFirst().prefix(6).utf8)
        attributes.append(before)
        for number in numbers { attributes.append("number", number) }
    }

    private func everything() -> (spans: EncodedSpans, expected: [TraceSpan]) {
        var spans = EncodedSpans()
        var expected: [TraceSpan] = []
        for (number, size) in (Self.sizes + Self.sizes + Self.largeSizes).enumerated() {
            expected.append(add(number + 1, size: size, to: &spans))
        }
        let least = EncodedSpans.Head(traceID: TraceID(1), spanID: SpanID(2))
        spans.append(least, name: "")
        expected.append(TraceSpan(traceID: TraceID(1), spanID: SpanID(2)))
        return (spans, expected)
    }

    @Test("what is written reads back as it was")
    func read() throws {
        let (spans, expected) = everything()
        #expect(spans.count == expected.count)
        #expect(try spans.spans() == expected)
    }

    @Test("a request has the resource, the scope and the spans, as any reader of OTLP finds them")
    func request() throws {
        let (spans, expected) = everything()
        let resource: [Attribute] = [
            Attribute(key: "service.name", value: .string("s")), Attribute(key: "b", value: .bool(false)),
            Attribute(key: "d", value: .double(-0.5)), Attribute(key: "i", value: .integer(-5)),
            Attribute(key: "a", value: .array([.string("x"), .integer(1)])),
            Attribute(key: "m", value: .keyValueList([Attribute(key: "n", value: .bool(true))])),
            Attribute(key: "y", value: .bytes([0, 255])), Attribute(key: "e", value: .empty),
            Attribute(key: String(repeating: "k", count: 200), value: .string(String(repeating: "v", count: 20_000))),
        ]
        let request = try ExportTraceRequest(
            protobuf: spans.request(resource: resource, scope: "scope", version: "1"))
        let element = try #require(request.resourceSpans.first)
        #expect(request.resourceSpans.count == 1)
        #expect(element.resource?.attributes == resource)
        #expect(element.scopeSpans.count == 1)
        #expect(element.scopeSpans.first?.scope?.name == "scope")
        #expect(element.scopeSpans.first?.scope?.version == "1")
        #expect(element.scopeSpans.first?.spans == expected)
        #expect(try ExportTraceRequest(json: request.json()) == request)
    }

    @Test("the first spans can be taken out, and those of several joined")
    func parts() throws {
        let (all, expected) = everything()
        for count in [0, 1, 5, expected.count, expected.count + 1] {
            var rest = all
            var first = rest.removeFirst(count)
            let taken = min(count, expected.count)
            #expect(first.count == taken)
            #expect(try first.spans() == Array(expected[..<taken]))
            #expect(rest.count == expected.count - taken)
            #expect(try rest.spans() == Array(expected[taken...]))
            first.append(rest)
            #expect(first == all)
        }
    }
}
