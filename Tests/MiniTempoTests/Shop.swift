import OTLP
import Testing
import TraceQLSyntax

@testable import MiniTempo

/// A trace of two services, with a span whose parent never came:
///
///     1 "GET /"        frontend, 0–100 ms
///     ├─ 2 "call db"   frontend, 10–60 ms, failed
///     │  └─ 3 "SELECT" db, 20–40 ms
///     └─ 4 "render"    db, 70–90 ms
///     5 "lost"         db, 95–96 ms
enum Shop {
    static let traceID = "000000000000000000000000000000a1"
    /// When the first span begins, in seconds since 1970.
    static let start: UInt64 = 1_700_000_000

    static let resourceSpans: [ResourceSpans] = [
        resource(
            ["service.name": .string("frontend"), "tenant_id": .string("acme"), "region": .string("north")],
            [
                span(1, name: "GET /", kind: 2, 0, 100) { span in
                    span.attributes = [
                        attribute("http.method", .string("GET")), attribute("http.status_code", .integer(200)),
                        attribute("ratio", .double(0.5)), attribute("cached", .bool(true)),
                        attribute("labels", .array([.string("red"), .string("blue")])),
                        attribute("codes", .array([.integer(1), .integer(2)])),
                        attribute("blob", .bytes([1])),
                    ]
                },
                span(2, parent: 1, name: "call db", kind: 3, 10, 60) { span in
                    span.attributes = [
                        attribute("http.status_code", .integer(500)), attribute("region", .string("south")),
                    ]
                    var status = TraceSpan.Status()
                    status.code = 2
                    status.message = "boom"
                    span.status = status
                    var event = TraceSpan.Event()
                    event.name = "exception"
                    event.timeUnixNano = nanoseconds(15)
                    event.attributes = [attribute("type", .string("io"))]
                    var retry = TraceSpan.Event()
                    retry.name = "retry"
                    retry.timeUnixNano = nanoseconds(30)
                    span.events = [event, retry]
                    if let trace = TraceID(shortHexadecimal: "b2"), let other = SpanID(hexadecimal: "0000000000000009")
                    {
                        var link = TraceSpan.Link(traceID: trace, spanID: other)
                        link.attributes = [attribute("why", .string("follows"))]
                        span.links = [link]
                    }
                },
            ]),
        resource(
            ["service.name": .string("db"), "tenant_id": .string("acme")],
            [
                span(3, parent: 2, name: "SELECT", kind: 2, 20, 40) { span in
                    span.attributes = [attribute("rows", .integer(42)), attribute("rows.limit", .integer(100))]
                },
                span(4, parent: 1, name: "render", kind: 1, 70, 90) { span in
                    var status = TraceSpan.Status()
                    status.code = 1
                    span.status = status
                },
                span(5, parent: 99, name: "lost", kind: 0, 95, 96) { _ in },
            ], scope: "driver"),
    ]

    static func trace() throws -> SearchTrace {
        SearchTrace(traceID: try #require(TraceID(hexadecimal: traceID)), resourceSpans)
    }

    /// A moment, in milliseconds after the start.
    static func nanoseconds(_ milliseconds: UInt64) -> UInt64 { start * 1_000_000_000 + milliseconds * 1_000_000 }

    static func attribute(_ key: String, _ value: AttributeValue) -> Attribute { Attribute(key: key, value: value) }

    /// One resource with spans of one scope.
    static func resource(
        _ attributes: KeyValuePairs<String, AttributeValue>, _ spans: [TraceSpan], scope: String = "web"
    ) -> ResourceSpans {
        var resourceSpans = ResourceSpans()
        var resource = ResourceSpans.Resource()
        resource.attributes = attributes.map { attribute($0.key, $0.value) }
        resourceSpans.resource = resource
        var scopeSpans = ResourceSpans.ScopeSpans()
        var instrumentation = ResourceSpans.Scope()
        instrumentation.name = scope
        instrumentation.version = "1.2"
        instrumentation.attributes = [attribute("pool", .string("a"))]
        scopeSpans.scope = instrumentation
        scopeSpans.spans = spans
        resourceSpans.scopeSpans = [scopeSpans]
        return resourceSpans
    }

    /// A span from one moment to another, in milliseconds after the start.
    static func span(
        _ id: UInt8, parent: UInt8? = nil, name: String, kind: Int32 = 0, _ begin: UInt64, _ end: UInt64,
        trace: String = traceID, _ change: (inout TraceSpan) -> Void = { _ in }
    ) -> TraceSpan {
        func identifier(_ number: UInt8) -> SpanID? {
            SpanID(hexadecimal: String(repeating: "0", count: number < 16 ? 15 : 14) + String(number, radix: 16))
        }
        guard let traceID = TraceID(shortHexadecimal: trace), let spanID = identifier(id) else {
            preconditionFailure("no identifiers of a test")
        }
        var span = TraceSpan(traceID: traceID, spanID: spanID)
        span.parentSpanID = parent.flatMap(identifier)
        span.name = name
        span.kind = kind
        span.startTimeUnixNano = nanoseconds(begin)
        span.endTimeUnixNano = nanoseconds(end)
        change(&span)
        return span
    }

    /// The names of the spans that a query finds in the trace, a list for each set.
    static func found(_ query: String, in trace: SearchTrace? = nil) throws -> [[String]] {
        let trace = try trace ?? self.trace()
        return try Evaluator().evaluate(try Query.spans(query), of: trace).map { spanset in
            spanset.spans.map { String(decoding: trace.spans[$0].name, as: UTF8.self) }
        }
    }

    /// The names of all spans that a query finds, by their starts.
    static func spans(_ query: String) throws -> [String] { try found(query).flatMap { $0 } }

    /// What an evaluation fails with.
    static func failure(_ query: String) throws -> String? {
        do {
            _ = try found(query)
            return nil
        } catch let error as EvaluationError {
            return error.message
        }
    }
}
