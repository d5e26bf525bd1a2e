import JSON
import OTLP
import Testing

@testable import MiniTempo

@Suite("Metrics, over sockets")
struct MetricsTests {
    /// From the shop's start on, for so many seconds.
    private static func time(_ seconds: UInt64 = 20, step: String = "10") -> [(String, String)] {
        [("start", "\(Shop.start)"), ("end", "\(Shop.start + seconds)"), ("step", step)]
    }

    private func range(_ tempo: TempoClient, _ query: String, _ more: (String, String)...) throws -> [JSONValue] {
        try tempo.query("/api/metrics/query_range", [("q", query)] + Self.time() + more).list("series")
    }

    /// The labels of series with their values: `name=GET / 1 0`.
    private func lines(_ series: [JSONValue]) -> [String] {
        series.map { series in
            let labels = series.list("labels").map { label in
                let value = label["value"]?.objectValue?.members.first?.value
                return "\(label["key"]?.stringValue ?? "")=\(value?.stringValue ?? value?.numberValue?.text ?? "")"
            }
            let values = series["samples"]?.arrayValue?.map { $0["value"]?.numberValue?.text ?? "0" } ?? []
            let instant = series["value"]?.numberValue.map { [$0.text] } ?? []
            return (labels + values + instant).joined(separator: " ")
        }
    }

    private func lines(_ query: String) async throws -> [String] {
        var lines: [String] = []
        try await withShop { tempo in lines = self.lines(try range(tempo, query)) }
        return lines
    }

    @Test("An answer has labels with types, and samples at the ends of their steps; zeros are left out")
    func answer() async throws {
        try await withShop { (tempo) async throws in
            let series = try range(tempo, #"{ name = "SELECT" } | count_over_time()"#, ("exemplars", "0"))
            let expected = """
                [{"labels":[{"key":"__name__","value":{"stringValue":"count_over_time"}}],\
                "samples":[{"timestampMs":"1700000010000","value":1},{"timestampMs":"1700000020000"}]}]
                """
            #expect(.array(series) == (try JSONParser.parse(Array(expected.utf8))))
        }
    }

    @Test(
        "Each function computes of the spans of a step: of the first, of five, of none",
        arguments: [
            ("{ } | rate()", ["__name__=rate 0.1 0.5 0"]),
            ("{ } | count_over_time()", ["__name__=count_over_time 1 5 0"]),
            ("{ } | min_over_time(duration)", ["__name__=min_over_time 0.1 0.001"]),
            ("{ } | max_over_time(duration)", ["__name__=max_over_time 0.1 0.5"]),
            ("{ } | sum_over_time(span.rows)", ["__name__=sum_over_time 49"]),
            ("{ } | avg_over_time(span.rows)", ["__name__=avg_over_time 24.5"]),
            ("{ } | avg_over_time(span.http.status_code)", ["__name__=avg_over_time 200 500"]),
            ("{ } | max_over_time(span.absent)", []), ("{ false } | rate()", []),
            ("{ kind = server } | { name = \"SELECT\" } | rate()", ["__name__=rate 0 0.1 0"]),
            ("{ } >> { kind = server } | count_over_time()", ["__name__=count_over_time 0 1 0"]),
        ])
    func functions(_ query: String, _ expected: [String]) async throws {
        try await withShop { (tempo) async throws in
            // A step holds what begins after its start, so the shop's first span is in the one that ends there.
            let times = [("start", "\(Shop.start - 1)"), ("end", "\(Shop.start + 20)"), ("step", "10s")]
            let answer = try tempo.query("/api/metrics/query_range", [("q", query)] + times)
            #expect(lines(answer.list("series")) == expected)
        }
    }

    @Test("by makes a series of each combination of values, without those that are not there")
    func groups() async throws {
        #expect(
            try await lines("{ } | count_over_time() by(resource.service.name)") == [
                "resource.service.name=db 3 0", "resource.service.name=frontend 1 0", "resource.service.name=mail 1 0",
            ])
        #expect(
            try await lines("{ kind != server } | count_over_time() by(span.region, kind)") == [
                "kind=internal 1 0", "kind=producer 1 0", "kind=unspecified 1 0", "span.region=south kind=client 1 0",
            ])
        #expect(try await lines("{ name = \"lost\" } | rate() by(span.absent)") == ["span.absent=nil 0.1 0"])
        #expect(try await lines("{ name = \"call db\" } | rate() by(.region)") == [".region=south 0.1 0"])
    }

    @Test("Quantiles are interpolated between powers of two, and histograms count in them")
    func buckets() async throws {
        #expect(
            try await lines("{ span.rows != nil } | quantile_over_time(span.rows, 0.5, 1)") == [
                "p=0.5 8", "p=1 64",
            ])
        #expect(
            try await lines("{ span.rows != nil } | histogram_over_time(span.rows)") == [
                "__bucket=64 1 0", "__bucket=8 1 0",
            ])
        // Of 20 ms twice: 2^25 ns is 33.554432 ms, and the lower half of the bucket begins at 2^24 ns.
        #expect(
            try await lines("{ duration = 20ms } | quantile_over_time(duration, 0.5)").first?.hasPrefix(
                "p=0.5 0.0237265")
                == true)
        #expect(
            try await lines("{ duration = 20ms } | histogram_over_time(duration) by(kind)") == [
                "kind=internal __bucket=0.033554432 1 0", "kind=server __bucket=0.033554432 1 0",
            ])
    }

    @Test("topk and bottomk keep the greatest and the least of each moment, comparisons what meets them")
    func secondStages() async throws {
        let byService = "{ } | count_over_time() by(resource.service.name)"
        #expect(try await lines(byService + " | topk(1)") == ["resource.service.name=db 3 0"])
        #expect(
            try await lines(byService + " | bottomk(1)") == [
                "resource.service.name=db 0", "resource.service.name=frontend 1",
            ])
        #expect(
            try await lines(byService + " | topk(2) | bottomk(1)") == [
                "resource.service.name=db 0", "resource.service.name=frontend 1",
            ])
        #expect(try await lines(byService + " > 2") == ["resource.service.name=db 3"])
        #expect(
            try await lines(byService + " = 1") == ["resource.service.name=frontend 1", "resource.service.name=mail 1"])
        #expect(
            try await lines(byService + " != 0") == [
                "resource.service.name=db 3", "resource.service.name=frontend 1", "resource.service.name=mail 1",
            ])
        #expect(try await lines(byService + " >= 3") == ["resource.service.name=db 3"])
        #expect(try await lines(byService + " < 0") == [])
        #expect(try await lines(byService + " <= 0").count == 3)
    }

    @Test(
        "Arithmetic of queries goes by labels, one without labels with all, and a division by zero gives nothing",
        arguments: [
            (
                "({ status = error } | count_over_time()) / ({ } | count_over_time())",
                ["__name__=(count_over_time / count_over_time) 0.2"]
            ),
            (
                "({ } | count_over_time() by(resource.service.name)) - ({ kind = server } | count_over_time())",
                [
                    "resource.service.name=db 2 0", "resource.service.name=frontend 0 0",
                    "resource.service.name=mail 0 0",
                ]
            ),
            (
                "({ } | count_over_time() by(kind)) + ({ kind = client } | count_over_time() by(kind))",
                ["kind=client 2 0"]
            ),
            ("({ kind = server } | count_over_time()) * 3", ["__name__=count_over_time 3 0"]),
            ("10 - ({ kind = server } | count_over_time())", ["__name__=count_over_time 9 10"]),
            ("({ } | count_over_time() by(kind) | topk(1)) * 2 > 1", ["kind=client 2"]),
        ])
    func arithmetic(_ query: String, _ expected: [String]) async throws {
        #expect(try await lines(query) == expected)
    }

    @Test("compare tells every attribute of the spans that match and of those that do not")
    func compare() async throws {
        let lines = try await lines("{ } | compare({ resource.tenant_id = \"globex\" })")
        #expect(lines.contains("__meta_type=selection span.secret=x 1 0"))
        #expect(lines.contains("__meta_type=baseline resource.service.name=db 3 0"))
        #expect(lines.contains("__meta_type=baseline rootName=GET / 4 0"))
        #expect(lines.contains("__meta_type=baseline_total kind=nil 4 0"))
        let one = try await self.lines("{ } | compare({ kind = client }, 1)")
        #expect(one.filter { $0.hasPrefix("__meta_type=baseline name=") }.count == 1)
    }

    @Test("Each trace gives an exemplar with its id and what the query names of the span")
    func exemplars() async throws {
        try await withShop { (tempo) async throws in
            let series = try range(tempo, "{ span.rows > 1 } | max_over_time(span.rows)")
            let expected = """
                [{"labels":[{"key":"trace:id","value":{"stringValue":"a1"}},\
                {"key":"span:id","value":{"stringValue":"0000000000000003"}},\
                {"key":"span.rows","value":{"intValue":"42"}}],"value":42,"timestampMs":"1700000000020"},\
                {"labels":[{"key":"trace:id","value":{"stringValue":"b2"}},\
                {"key":"span:id","value":{"stringValue":"0000000000000001"}},\
                {"key":"span.rows","value":{"intValue":"7"}}],"value":7,"timestampMs":"1700000010000"}]
                """
            #expect(series.first?["exemplars"] == (try JSONParser.parse(Array(expected.utf8))))
            #expect(try range(tempo, "{ } | rate()", ("exemplars", "1")).first?.list("exemplars").count == 1)
            #expect(try range(tempo, "{ } | rate() with(exemplars=false)").first?["exemplars"] == nil)
            #expect(try range(tempo, "{ } | rate() with(exemplars=1)").first?.list("exemplars").count == 1)
            let quantiles = try range(tempo, "{ } | quantile_over_time(duration, 0.1, 1)")
            #expect(quantiles.reduce(0) { $0 + $1.list("exemplars").count } == 2)
        }
    }

    @Test("An instant query gives one value a series for the whole time")
    func instant() async throws {
        try await withShop { (tempo) async throws in
            func lines(_ query: String) throws -> [String] {
                let times = [("start", "\(Shop.start - 1)"), ("end", "\(Shop.start + 19)")]
                return self.lines(try tempo.query("/api/metrics/query", [("q", query)] + times).list("series"))
            }
            #expect(try lines("{ } | count_over_time()") == ["__name__=count_over_time 6"])
            #expect(try lines("{ } | rate()") == ["__name__=rate 0.3"])
            #expect(
                try lines("{ } | max_over_time(span.rows) by(resource.tenant_id)") == [
                    "resource.tenant_id=acme 42", "resource.tenant_id=globex 7",
                ])
        }
    }

    @Test("Spans outside the time do not count; since counts back from the end, and steps have a default")
    func times() async throws {
        try await withShop { (tempo) async throws in
            func count(_ parameters: (String, String)...) throws -> String? {
                let answer = try tempo.query("/api/metrics/query", [("q", "{ } | count_over_time()")] + parameters)
                return answer.list("series").first?["value"]?.numberValue?.text
            }
            #expect(try count(("start", "\(Shop.start + 1)"), ("end", "\(Shop.start + 20)")) == "1")
            #expect(try count(("end", "\(Shop.start + 1)"), ("since", "2s")) == "5")
            #expect(try count(("end", "2023-11-14T22:13:21Z")) == "5")
            // The last hour, in which nothing began.
            #expect(try count() == nil)
            let series = try tempo.query(
                "/api/metrics/query_range",
                [("q", "{ } | count_over_time()"), ("start", "\(Shop.start)"), ("end", "\(Shop.start + 3_600)")])
            // An hour in steps of 15 seconds, and one more since it does not begin with a step.
            #expect(series.list("series").first?.list("samples").count == 241)
        }
    }

    @Test("More series than maxSeries are cut, and the answer says so")
    func manySeries() async throws {
        try await withShop { (tempo) async throws in
            let answer = try tempo.query(
                "/api/metrics/query_range", [("q", "{ } | rate() by(name)"), ("maxSeries", "2")] + Self.time())
            #expect(answer.list("series").count == 2)
            #expect(answer["status"] == "PARTIAL")
            #expect(answer["message"]?.stringValue?.contains("limit of 2") == true)
        }
    }

    @Test("What is wrong with a request is 400, what fails in evaluation 500")
    func refusals() async throws {
        try await withShop { (tempo) async throws in
            func refusal(_ parameters: (String, String)...) throws -> String {
                let answer = try tempo.get(TempoClient.target("/api/metrics/query_range", parameters))
                return "\(answer.status) \(answer.text)"
            }
            let query = ("q", "{ } | rate()")
            #expect(try refusal() == "400 invalid query: parameter q is required")
            #expect(try refusal(("q", "{ }")) == "400 compiling query: not a metrics query")
            #expect(try refusal(("q", "{ } | rate(")).hasPrefix("400 invalid TraceQL query: "))
            #expect(try refusal(query, ("start", "x")).hasPrefix("400 invalid start"))
            #expect(try refusal(query, ("start", "5"), ("end", "5")) == "400 end must be greater than start")
            #expect(try refusal(query, ("step", "0")).hasPrefix("400 invalid step"))
            #expect(try refusal(query, ("since", "x")).hasPrefix("400 invalid since"))
            #expect(
                try refusal(query, ("start", "1"), ("end", "99999"), ("step", "1")).hasPrefix(
                    "400 the step is too small"))
            #expect(try refusal(("q", "{ !span.rows } | rate()")).hasPrefix("500 expression (!span.rows) expected"))
        }
    }
}
