import OTLP
import Testing
import TraceQLSyntax

@testable import MiniTempo

private let everything = ["GET /", "call db", "SELECT", "render", "lost"]

@Suite("Evaluation of fields")
struct FieldEvaluationTests {
    @Test(
        "Attributes are found in their scope, and without one in the span before its resource",
        arguments: [
            (#"{ span.http.method = "GET" }"#, ["GET /"]), (#"{ resource.http.method = "GET" }"#, []),
            (#"{ resource.service.name = "db" }"#, ["SELECT", "render", "lost"]),
            (#"{ span.service.name = "db" }"#, []), (#"{ .http.method = "GET" }"#, ["GET /"]),
            (#"{ .service.name = "frontend" }"#, ["GET /", "call db"]),
            (#"{ .region = "north" }"#, ["GET /"]), (#"{ .region = "south" }"#, ["call db"]),
            (#"{ resource.region = "north" }"#, ["GET /", "call db"]),
            (#"{ instrumentation.pool = "a" }"#, everything), (#"{ event.type = "io" }"#, ["call db"]),
            (#"{ link.why = "follows" }"#, ["call db"]), (#"{ span."http.method" = "GET" }"#, ["GET /"]),
        ])
    func scopes(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Intrinsics of the span",
        arguments: [
            (#"{ name = "SELECT" }"#, ["SELECT"]), ("{ duration > 30ms }", ["GET /", "call db"]),
            ("{ duration = 20ms }", ["SELECT", "render"]), ("{ status = error }", ["call db"]),
            ("{ status = ok }", ["render"]), ("{ status = unset }", ["GET /", "SELECT", "lost"]),
            (#"{ statusMessage = "boom" }"#, ["call db"]), ("{ kind = server }", ["GET /", "SELECT"]),
            ("{ kind = client }", ["call db"]), ("{ kind = internal }", ["render"]),
            ("{ kind = unspecified }", ["lost"]), (#"{ span:id = "0000000000000003" }"#, ["SELECT"]),
            (#"{ span:parentID = "0000000000000001" }"#, ["call db", "render"]),
            ("{ span:childCount = 2 }", ["GET /"]), ("{ span:childCount = 0 }", ["SELECT", "render", "lost"]),
            (#"{ instrumentation:name = "driver" }"#, ["SELECT", "render", "lost"]),
            (#"{ instrumentation:version = "1.2" }"#, everything),
        ])
    func spanIntrinsics(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Intrinsics of the trace are every span's",
        arguments: [
            (#"{ rootName = "GET /" }"#, everything), (#"{ trace:rootService = "frontend" }"#, everything),
            (#"{ rootServiceName = "db" }"#, []), ("{ traceDuration = 100ms }", everything),
            ("{ trace:duration > 100ms }", []), (#"{ trace:id = "a1" }"#, everything),
            (#"{ trace:id = "00a1" }"#, everything),
        ])
    func traceIntrinsics(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Nested-set numbers enclose those of descendants, and spans without a root have none",
        arguments: [
            ("{ nestedSetParent = -1 }", ["GET /"]), ("{ nestedSetLeft = 1 }", ["GET /"]),
            ("{ nestedSetRight = 8 }", ["GET /"]), ("{ nestedSetLeft = 2 && nestedSetRight = 5 }", ["call db"]),
            ("{ nestedSetParent = 2 }", ["SELECT"]), ("{ nestedSetLeft = 0 }", ["lost"]),
        ])
    func nestedSet(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Of events and links any one suffices",
        arguments: [
            (#"{ event:name = "retry" }"#, ["call db"]), (#"{ event:name = "exception" }"#, ["call db"]),
            (#"{ event:name = "other" }"#, []), ("{ event:timeSinceStart > 10ms }", ["call db"]),
            ("{ event:timeSinceStart > 20ms }", []), (#"{ link:traceID = "b2" }"#, ["call db"]),
            (#"{ link:spanID = "0000000000000009" }"#, ["call db"]),
        ])
    func eventsAndLinks(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Comparisons of numbers, texts and truth values",
        arguments: [
            ("{ span.http.status_code >= 500 }", ["call db"]), ("{ span.http.status_code < 500 }", ["GET /"]),
            ("{ span.http.status_code != 200 }", ["call db"]), ("{ span.http.status_code <= 200 }", ["GET /"]),
            ("{ span.http.status_code > 200 }", ["call db"]), ("{ span.ratio = 0.5 }", ["GET /"]),
            ("{ span.ratio < 1 }", ["GET /"]), ("{ span.cached = true }", ["GET /"]),
            ("{ span.cached != true }", []), (#"{ name > "call" }"#, ["call db", "render", "lost"]),
            (#"{ name <= "SELECT" }"#, ["GET /", "SELECT"]), (#"{ 500 = span.http.status_code }"#, ["call db"]),
            ("{ span.rows < span.rows.limit }", ["SELECT"]),
        ])
    func comparisons(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Types that do not go together, and what is not there, compare to false, also with !=",
        arguments: [
            #"{ span.http.status_code = "200" }"#, #"{ span.http.status_code != "200" }"#, "{ span.http.method > 1 }",
            #"{ span.absent = "x" }"#, #"{ span.absent != "x" }"#, "{ span.absent > 0 }", "{ span.absent + 1 = 1 }",
            "{ span.blob != 1 }", "{ span.http.method }",
        ])
    func mismatches(_ query: String) throws {
        #expect(try Shop.spans(query) == [])
    }

    @Test(
        "Regular expressions match whole texts",
        arguments: [
            (#"{ name =~ "S.*" }"#, ["SELECT"]), (#"{ name =~ "ELEC" }"#, []),
            (#"{ name =~ "GET|SELECT" }"#, ["SELECT"]),
            (#"{ name !~ "S.*|lost" }"#, ["GET /", "call db", "render"]),
            (#"{ name =~ "[a-z ]+" }"#, ["call db", "render", "lost"]),
            (#"{ span.absent !~ "x" }"#, []), (#"{ name =~ "(?i)select" }"#, ["SELECT"]),
        ])
    func regularExpressions(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "An array matches if any element does, a negated comparison if all do",
        arguments: [
            (#"{ span.labels = "red" }"#, ["GET /"]), (#"{ span.labels = "blue" }"#, ["GET /"]),
            (#"{ span.labels = "green" }"#, []), (#"{ span.labels != "red" }"#, []),
            (#"{ span.labels != "green" }"#, ["GET /"]), (#"{ span.labels =~ "r.d" }"#, ["GET /"]),
            (#"{ span.labels !~ "r.d" }"#, []), ("{ span.codes > 1 }", ["GET /"]), ("{ span.codes > 2 }", []),
            ("{ 1 < span.codes }", ["GET /"]),
        ])
    func arrays(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Arithmetic: whole numbers stay whole, others are floats, and whole powers have their sides exchanged",
        arguments: [
            ("{ span.rows + 1 = 43 }", ["SELECT"]), ("{ span.rows - 40 = 2 }", ["SELECT"]),
            ("{ span.rows * 2 = 84 }", ["SELECT"]), ("{ span.rows / 5 = 8 }", ["SELECT"]),
            ("{ span.rows % 5 = 2 }", ["SELECT"]), ("{ span.rows / 5.0 = 8.4 }", ["SELECT"]),
            ("{ span.rows % 5.5 = 3.5 }", ["SELECT"]), ("{ span.ratio ^ 2 = 0.25 }", ["GET /"]),
            ("{ (span.rows - 40) ^ 3 = 9 }", ["SELECT"]), ("{ duration * 2 = 40ms }", ["SELECT", "render"]),
            // A sign is an error where there is no number, so the spans without one are left out first.
            ("{ span.rows != nil } | { -span.rows = -42 }", ["SELECT"]),
            ("{ span.ratio != nil } | { -span.ratio < 0 }", ["GET /"]), ("{ -duration < -50ms }", ["GET /"]),
        ])
    func arithmetic(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "Truth values: && and ||, ! and the existence of attributes",
        arguments: [
            ("{ kind = server && duration > 50ms }", ["GET /"]),
            ("{ status = error || status = ok }", ["call db", "render"]),
            ("{ !(kind = server) }", ["call db", "render", "lost"]), ("{ span.rows != nil }", ["SELECT"]),
            ("{ span.rows = nil }", ["GET /", "call db", "render", "lost"]), ("{ true }", everything),
            ("{ }", everything),
            ("{ false }", []), ("{ span.cached }", ["GET /"]),
        ])
    func truthValues(_ query: String, _ spans: [String]) throws {
        #expect(try Shop.spans(query) == spans)
    }

    @Test(
        "What Tempo fails on fails, in its words, on either side of && and ||",
        arguments: [
            ("{ !span.http.method }", "expression (!span.http.method) expected a boolean, but got TypeString"),
            ("{ !span.absent }", "expression (!span.absent) expected a boolean, but got TypeNil"),
            ("{ -span.http.method = 1 }", "expression (-span.http.method) expected a numeric, but got TypeString"),
            ("{ 1 / (span.rows - 42) = 1 }", "runtime error: integer divide by zero"),
            ("{ 1 % (span.rows - 42) = 1 }", "runtime error: integer divide by zero"),
            (
                "{ kind = producer && !span.labels }",
                "expression (!span.labels) expected a boolean, but got TypeStringArray"
            ),
            (
                "{ kind != producer || !span.codes }",
                "expression (!span.codes) expected a boolean, but got TypeIntArray"
            ),
            ("{ span.labels = span.labels }", "array operators must consist of a scalar and an array operand"),
            ("{ span.codes + 1 = 2 }", "unsupported operation"),
        ])
    func errors(_ query: String, _ message: String) throws {
        #expect(try Shop.failure(query) == message)
    }

    @Test("A stage in front keeps an error from the spans that it leaves out")
    func errorsAreConfined() throws {
        #expect(try Shop.failure("{ name = \"call db\" } | { 1 / (span.rows - 42) = 1 }") == nil)
        #expect(try Shop.failure("{ name = \"SELECT\" } | { 1 / (span.rows - 42) = 1 }") != nil)
    }

    @Test("A name that is there twice counts as an array, and an array of several types as nothing")
    func doubled() throws {
        let resource = Shop.resource(
            [
                "tenant_id": .string("acme"), "tenant_id": .string("globex"),
                "odd": .array([.string("a"), .integer(1)]),
            ],
            [Shop.span(1, name: "s", 0, 1)])
        let trace = SearchTrace(traceID: try #require(TraceID(shortHexadecimal: "1")), [resource])
        for tenant in ["acme", "globex"] {
            #expect(try Shop.found(#"{ resource.tenant_id = "\#(tenant)" }"#, in: trace) == [["s"]])
        }
        #expect(try Shop.found("{ resource.odd != nil }", in: trace) == [])
    }
}
