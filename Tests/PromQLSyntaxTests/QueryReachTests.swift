import PromQLSyntax
import Testing

@Suite("What a query touches")
struct QueryReachTests {
    private func reach(_ query: String, _ times: EvaluationTimes) throws -> QueryReach {
        try PromQLExpression.parse(query).reach(at: times)
    }

    @Test(
        "from the earliest to the latest instant, in seconds, of an instant query at 10000",
        arguments: [
            ("1", 10_000, 10_000), ("up", 10_000, 10_000), ("up[5m]", 9_700, 10_000), ("up offset 5m", 9_700, 10_000),
            ("up offset -5m", 10_000, 10_300), ("up[5m] offset 5m", 9_400, 10_000), ("up @ 4", 4, 10_000),
            ("up @ 20000", 10_000, 20_000), ("up @ 20000 offset 5s", 10_000, 19_995), ("up @ start()", 10_000, 10_000),
            ("max_over_time(up[5m:1m])", 9_700, 10_000),
            ("max_over_time(rate(up[1m])[5m:1m] offset 2m)", 9_520, 10_000),
            ("max_over_time(up[5m:1m] @ 1000)", 700, 10_000), ("max_over_time((up @ 4)[5m:])", 4, 10_000),
            ("topk(scalar(up offset 1h), up)", 6_400, 10_000), ("-(a + (b offset 1m))", 9_940, 10_000),
            ("sum by (x) (a or b[1h] or c)", 0, 0), ("info(a, {b=\"c\"} offset 1m)", 9_940, 10_000),
            ("up[5m + 5m]", 9_400, 10_000), ("up offset (2 * 30)", 9_940, 10_000), ("up[2 ^ 3]", 9_992, 10_000),
            ("up offset -(1m)", 10_000, 10_060), ("up[max_of(1m, 2m)]", 9_880, 10_000), ("up[10 / 4]", 9_997, 10_000),
            ("up[min_of(1m, 2m)]", 9_940, 10_000), ("up[10m % 7m]", 9_820, 10_000), ("up[2m - 30]", 9_910, 10_000),
        ])
    func instant(_ query: String, _ earliest: Int64, _ latest: Int64) throws {
        let times = EvaluationTimes(start: 10_000_000, end: 10_000_000)
        guard earliest != latest || earliest != 0 else {
            // No query: the check of types says so first.
            #expect(throws: PromQLError.self) { try reach(query, times) }
            return
        }
        let result = try reach(query, times)
        #expect((result.earliest / 1_000, (result.latest + 999) / 1_000) == (earliest, latest))
        #expect(result.milliseconds == result.latest - result.earliest)
    }

    @Test("step() and range() are those of the range query, and start() and end() its ends")
    func ofTheRange() throws {
        let times = EvaluationTimes(start: 1_000_000, end: 1_600_000, step: 15_000, lookback: 300_000)
        #expect(try reach("up", times).earliest == 700_000)
        #expect(try reach("up[step()]", times).earliest == 985_000)
        #expect(try reach("up[range()]", times).earliest == 400_000)
        #expect(try reach("up offset (step() * 2)", times).earliest == 670_000)
        #expect(try reach("rate(up[1m] anchored)", times).earliest == 640_000)
        #expect(try reach("up @ end() offset -1m", times).latest == 1_660_000)
    }

    @Test("the points are those of the part that is evaluated at the most instants")
    func points() throws {
        let range = EvaluationTimes(start: 0, end: 600_000, step: 60_000)
        #expect(try reach("up", range).points == 11)
        #expect(try reach("max_over_time(up[10m:1s])", range).points == 1_201)
        #expect(try reach("max_over_time(up[10m:])", range).points == 21)
        #expect(try reach("max_over_time(max_over_time(up[10m:1s])[1h:1m])", range).points == 4_801)
        #expect(try reach("max_over_time(up[10m:1s] @ 5)", range).points == 601)
        let instant = EvaluationTimes(start: 0, end: 0)
        #expect(try reach("up", instant).points == 1)
        #expect(try reach("max_over_time(up[1h:1ms])", instant).points == 3_600_001)
    }

    @Test("numbers beyond 64 bits count as the nearest that fits")
    func extremes() throws {
        let times = EvaluationTimes(start: .min, end: .max, step: 1)
        #expect(try reach("up offset 292y", times).earliest == .min)
        #expect(try reach("up", times).milliseconds == .max)
        #expect(try reach("up[9 ^ 999]", times).earliest == .min)
        #expect(
            try reach("max_over_time(up[200y:1ms] @ 0 offset -200y)", EvaluationTimes(start: 0, end: 0)).points
                > 6_000_000_000_000)
    }

    @Test("a deep query is walked without recursion")
    func deep() throws {
        let text = String(repeating: "(", count: 250) + "up offset 1m" + String(repeating: ")", count: 250)
        #expect(try reach(text, EvaluationTimes(start: 0, end: 0)).earliest == -60_000)
        let chain = String(repeating: "a + ", count: 4_000) + "a offset 1m"
        #expect(try reach(chain, EvaluationTimes(start: 0, end: 0)).earliest == -60_000)
    }

    @Test("a restricted query says how long its source was, none being 0")
    func sourceBytes() throws {
        let condition = try TenantCondition(label: "tenant_id", values: ["a"])
        #expect(try restrict("sum(up)", by: condition).sourceByteCount == 7)
        #expect(try restrictSelectors([], by: condition).map(\.sourceByteCount) == [0])
        #expect(try restrictSelectors(["{}", "up"], by: condition).map(\.sourceByteCount) == [2, 2])
    }

    @Test("a matcher as text is as it is printed")
    func matchers() throws {
        let matchers = try PromQLExpression.parse(#"{"a b"=~"x\n",c!="d",e!~'"'}"#).selectors.first?.matchers
        #expect(matchers?.map(\.description) == [#""a b"=~"x\n""#, #"c!="d""#, #"e!~"\"""#])
    }
}
