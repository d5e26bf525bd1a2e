import OTLP
import Testing
import TraceQLSyntax

@testable import MiniTempo

@Suite("Evaluation of sets of spans")
struct PipelineEvaluationTests {
    @Test(
        "&& needs both sides in one trace, || either, and both give the spans of both",
        arguments: [
            ("{ kind = server } && { status = error }", ["GET /", "call db", "SELECT"]),
            ("{ kind = server } && { kind = producer }", []),
            ("{ kind = client } || { kind = producer }", ["call db"]),
            ("({ kind = client } | { true }) || ({ kind = internal } | { true })", ["call db", "render"]),
        ])
    func conjunctions(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Each structural operator gives spans of its right side",
        arguments: [
            (#"{ name = "GET /" } > { }"#, ["call db", "render"]), (#"{ name = "SELECT" } < { }"#, ["call db"]),
            (#"{ name = "GET /" } >> { }"#, ["call db", "SELECT", "render"]),
            (#"{ name = "SELECT" } << { }"#, ["GET /", "call db"]), (#"{ name = "render" } ~ { }"#, ["call db"]),
            (#"{ name = "GET /" } !> { }"#, ["GET /", "SELECT", "lost"]),
            (#"{ name = "SELECT" } !< { }"#, ["GET /", "SELECT", "render", "lost"]),
            (#"{ name = "GET /" } !>> { }"#, ["GET /", "lost"]),
            (#"{ name = "SELECT" } !<< { }"#, ["SELECT", "render", "lost"]),
            (#"{ name = "render" } !~ { }"#, ["GET /", "SELECT", "render", "lost"]),
            (#"{ name = "absent" } !>> { kind = server }"#, ["GET /", "SELECT"]),
            (#"{ name = "GET /" } >> { name = "lost" }"#, []),
            (#"{ name = "GET /" } > { kind = client } > { kind = server }"#, ["SELECT"]),
        ])
    func structure(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "The union forms give the spans of both sides that stand so to each other",
        arguments: [
            (#"{ name = "GET /" } &> { kind = client }"#, ["GET /", "call db"]),
            (#"{ kind = client } &< { name = "GET /" }"#, ["GET /", "call db"]),
            (#"{ name = "GET /" } &>> { kind = server }"#, ["GET /", "SELECT"]),
            (#"{ name = "SELECT" } &<< { }"#, ["GET /", "call db", "SELECT"]),
            (#"{ name = "render" } &~ { }"#, ["call db", "render"]),
            (#"{ name = "SELECT" } &> { }"#, []),
        ])
    func unions(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test("Relations hold through spans that neither side holds")
    func throughOthers() throws {
        #expect(try Shop.spans("{ resource.service.name = \"frontend\" } >> { name = \"SELECT\" }") == ["SELECT"])
        #expect(try Shop.spans("{ name = \"GET /\" } >> { name = \"SELECT\" }") == ["SELECT"])
    }

    @Test("A pipeline feeds each stage with what the one before gave; the first with all spans")
    func stages() throws {
        #expect(try Shop.spans("{ kind = server } | { duration > 50ms }") == ["GET /"])
        #expect(try Shop.spans("select(span.rows)").count == 5)
        #expect(try Shop.spans("{ kind = server } | { } >> { }") == ["SELECT"])
    }

    @Test("by splits a set by values, in the order of their first spans, also by none")
    func groups() throws {
        #expect(
            try Shop.found("{ } | by(resource.service.name)") == [["GET /", "call db"], ["SELECT", "render", "lost"]])
        #expect(try Shop.found("{ } | by(span.rows)") == [["GET /", "call db", "render", "lost"], ["SELECT"]])
        let grouped = try Evaluator().evaluate(
            try Query.spans("{ } | by(kind) | by(duration > 30ms)"), of: try Shop.trace())
        #expect(
            grouped.map { $0.attributes.map { "\($0.name) \($0.value.text)" } } == [
                ["by(kind) server", "by(duration > 30ms) true"], ["by(kind) server", "by(duration > 30ms) false"],
                ["by(kind) client", "by(duration > 30ms) true"], ["by(kind) internal", "by(duration > 30ms) false"],
                ["by(kind) unspecified", "by(duration > 30ms) false"],
            ])
    }

    @Test("coalesce joins the sets of a trace again")
    func coalesce() throws {
        #expect(
            try Shop.found("{ } | by(resource.service.name) | coalesce()") == [
                ["GET /", "call db", "SELECT", "render", "lost"]
            ])
        #expect(try Shop.found("{ false } | coalesce()") == [])
    }

    @Test(
        "Filters by count, max, min, avg and sum keep whole sets",
        arguments: [
            ("{ } | count() = 5", 5), ("{ } | count() > 5", 0), ("{ kind = server } | count() = 2", 2),
            ("{ } | max(duration) = 100ms", 5), ("{ } | max(duration) < 100ms", 0),
            ("{ } | min(duration) = 1ms", 5), ("{ duration = 20ms } | avg(duration) = 20ms", 2),
            ("{ } | sum(duration) = 191ms", 5), ("{ } | max(span.http.status_code) = 500", 5),
            ("{ } | min(span.http.status_code) = 200", 5), ("{ } | avg(span.http.status_code) = 350", 5),
            ("{ } | sum(span.http.status_code) >= 700", 5), ("{ } | sum(span.http.status_code) != 700", 0),
            ("{ } | max(span.absent) > 0", 0), ("{ } | max(span.http.status_code + 1) = 501", 5),
            ("count() > 1", 5),
        ])
    func aggregates(_ query: String, _ count: Int) throws {
        #expect(try Shop.spans(query).count == count)
    }

    @Test("A filter by an aggregate leaves the number with the set, of each group its own")
    func aggregatedGroups() throws {
        let kept = try Evaluator().evaluate(
            try Query.spans("{ } | by(resource.service.name) | count() > 2"), of: try Shop.trace())
        #expect(kept.map { $0.attributes.map(\.name) } == [["by(resource.service.name)", "count()"]])
        #expect(kept.first?.attributes.last?.value == .integer(3))
    }

    @Test("A structural operator after by is an error, in Tempo's words")
    func multipleSets() throws {
        #expect(
            try Shop.failure("({ } | by(kind)) > ({ })")
                == "spanset operators are not supported for multiple spansets per trace. consider using coalesce()")
        #expect(try Shop.failure("{ } | by(kind) | { } > { }") == nil)
    }

    @Test(
        "The greatest numbers that a span can have are computed with, and a span that ends before it begins takes no time"
    )
    func extremes() throws {
        let resource = Shop.resource(
            [:],
            [
                Shop.span(1, name: "long", 0, 0) { span in
                    span.startTimeUnixNano = 0
                    span.endTimeUnixNano = .max
                    span.attributes = [Shop.attribute("least", .integer(.min)), Shop.attribute("nan", .double(.nan))]
                    var event = TraceSpan.Event()
                    event.timeUnixNano = .max
                    span.events = [event]
                }, Shop.span(2, name: "backwards", 10, 5),
            ])
        let trace = SearchTrace(traceID: try #require(TraceID(shortHexadecimal: "1")), [resource])
        func found(_ query: String) throws -> [String] { try Shop.found(query, in: trace).flatMap { $0 } }
        #expect(try found("{ duration = 0s }") == ["backwards"])
        #expect(try found("{ name = \"long\" } | avg(duration) > 1h") == ["long"])
        #expect(try found("{ } | sum(duration) > 1h | max(duration) > 1h") == ["long", "backwards"])
        #expect(try found("{ event:timeSinceStart > 1h && traceDuration > 1h }") == ["long"])
        #expect(
            try found("{ span.least != nil } | { -span.least < 0 && span.least / -1 < 0 && span.least - 1 > 0 }") == [
                "long"
            ])
        #expect(try found("{ span.nan = span.nan || span.nan > 0 }") == [])
        #expect(try found("{ } | max(span.nan) > 0") == [])
    }

    @Test("Spans are ordered by their starts and then their ids, however they came")
    func order() throws {
        let spans = [Shop.span(9, name: "c", 5, 6), Shop.span(2, name: "b", 5, 6), Shop.span(7, name: "a", 1, 2)]
        let traceID = try #require(TraceID(shortHexadecimal: "1"))
        for spans in [spans, spans.reversed()] {
            let trace = SearchTrace(traceID: traceID, [Shop.resource([:], spans)])
            #expect(try Shop.found("{ }", in: trace) == [["a", "b", "c"]])
        }
    }
}

@Suite("Texts of values")
struct ValueTextTests {
    @Test(
        "Durations are printed as Go prints them",
        arguments: [
            (0, "0s"), (1, "1ns"), (1_500, "1.5µs"), (20_000_000, "20ms"), (1_500_000_000, "1.5s"),
            (60_000_000_000, "1m0s"), (5_400_000_000_000, "1h30m0s"), (-1_000_000, "-1ms"),
        ] as [(Int64, String)])
    func durations(_ nanoseconds: Int64, _ text: String) {
        #expect(DurationText.go(nanoseconds) == text)
        #expect(DurationText.nanoseconds(text) == nanoseconds)
    }

    @Test("What is no duration is refused", arguments: ["", "1", "s", "1x", "1h-1m", "-", ".", "1 s"])
    func badDurations(_ text: String) {
        #expect(DurationText.nanoseconds(text) == nil)
    }

    @Test(
        "Expressions are printed as Tempo prints them in messages and names",
        arguments: [
            (#"{ span.a = "x" && !(duration > 1ms) }"#, "(span.a = `x`) && (!(duration > 1ms))"),
            (#"{ .a + 1 = -resource."b c" }"#, #"(.a + 1) = (-resource."b c")"#),
            ("{ span.a != nil }", "span.a != nil"),
        ])
    func expressions(_ query: String, _ text: String) throws {
        guard case .pipeline(let stages) = try Query.spans(query), case .spansets(.filter(let field)) = stages[0] else {
            Issue.record("no filter")
            return
        }
        #expect(FieldText.field(field) == text)
    }

    @Test(
        "Times are seconds, nanoseconds, fractions or RFC 3339",
        arguments: [
            ("1700000000", 1_700_000_000_000_000_000), ("1700000000000000001", 1_700_000_000_000_000_001),
            ("1700000000.5", 1_700_000_000_500_000_000), ("2023-11-14T22:13:20Z", 1_700_000_000_000_000_000),
            ("2023-11-14T23:13:20.25+01:00", 1_700_000_000_250_000_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000),
            ("", nil), ("now", nil), ("2023-11-14", nil), ("2023-13-14T22:13:20Z", nil), ("2023-11-14T22:13:20", nil),
        ] as [(String, UInt64?)])
    func times(_ text: String, _ nanoseconds: UInt64?) {
        #expect(TimeText.nanoseconds(text) == nanoseconds)
    }
}
