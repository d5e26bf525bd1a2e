import APIRuntime
import Tenancy
import Testing

@testable import Server

@Suite("History of requests")
struct RequestHistoryTests {
    private func request(
        _ tenants: [String] = ["acme"], status: Int = 200, milliseconds: UInt64 = 3, failure: ProblemCode? = nil
    ) throws -> FinishedRequest {
        FinishedRequest(
            operation: nil, status: status, failure: failure, isConfinementFailure: false, outcome: .complete, bytes: 0,
            nanoseconds: milliseconds * 1_000_000, trace: nil,
            tenants: try tenants.map { try #require(Tenant($0)) }, context: RequestContext())
    }

    private func tenants(_ names: String...) throws -> [Tenant] { try names.map { try #require(Tenant($0)) } }

    @Test("requests are counted in the step in which they ended, by what they were answered")
    func steps() throws {
        var history = RequestHistory()
        history.add(try request(), now: 1_000)
        history.add(try request(status: 404), now: 1_004.9)
        history.add(try request(status: 502, milliseconds: 400), now: 1_005)
        let spans = history.track(of: nil).spans(from: 970, to: 1_010)
        #expect(spans.map(\.start) == [960, 975, 990, 1_005])
        #expect(spans.map(\.seconds) == [5, 15, 15, 5])
        #expect(spans.map(\.step.count) == [0, 0, 2, 1])
        #expect(spans.map(\.step.refused) == [0, 0, 1, 0])
        #expect(spans.map(\.step.failed) == [0, 0, 0, 1])
        #expect(spans[0].step.quantile(0.5) == nil)
        #expect(try #require(spans[2].step.quantile(0.95)) <= 0.005)
        #expect(try #require(spans[3].step.quantile(0.5)) > 0.25)
    }

    @Test("a tenant's steps are of its own requests alone, whatever others do")
    func own() throws {
        var alone = RequestHistory()
        var crowded = RequestHistory()
        for second in 0..<200 {
            let now = 5_000 + Double(second)
            for _ in 0..<3 { crowded.add(try request(["globex"], status: 500, milliseconds: 900), now: now) }
            guard second % 7 == 0 else { continue }
            alone.add(try request(), now: now)
            crowded.add(try request(), now: now)
        }
        func text(_ history: RequestHistory, _ names: [Tenant]?) -> String {
            history.track(of: names).spans(from: 4_000, to: 5_200).map {
                "\($0.start) \($0.seconds) \($0.step.count) \($0.step.failed) \($0.step.quantile(0.95) ?? -1)"
            }.joined(separator: "\n")
        }
        let acme = try tenants("acme")
        #expect(text(alone, acme) == text(crowded, acme))
        #expect(text(alone, nil) != text(crowded, nil))
        #expect(history(crowded, of: try tenants("acme", "globex")) == 629)
        #expect(history(crowded, of: try tenants("nobody")) == 0)
    }

    private func history(_ history: RequestHistory, of tenants: [Tenant]) -> Int {
        history.track(of: tenants).spans(from: 0, to: 5_200).reduce(0) { $0 + Int($1.step.count) }
    }

    @Test("a quarter of an hour is kept, and no more")
    func window() throws {
        var history = RequestHistory()
        for second in stride(from: 0.0, to: 4_000, by: 5) { history.add(try request(), now: second) }
        let track = history.track(of: nil)
        #expect(track.steps.count == RequestHistory.stepCount)
        let spans = track.spans(from: 0, to: 4_000)
        #expect(spans.count == 60)
        #expect(spans.last?.start == 3_990)
        #expect(spans.dropLast().allSatisfy { $0.step.count == 3 })
        // Nobody asked for a while: what is old is not shown.
        #expect(track.spans(from: 0, to: 9_000).allSatisfy { $0.step.count == 0 })
    }

    @Test("tenants that ask no more are forgotten")
    func forgotten() throws {
        var history = RequestHistory()
        history.add(try request(["globex"]), now: 1_000)
        #expect(!history.track(of: try tenants("globex")).steps.isEmpty)
        for second in stride(from: 1_000.0, to: 4_000, by: 10) { history.add(try request(), now: second) }
        #expect(history.track(of: try tenants("globex")).steps.isEmpty)
        #expect(!history.track(of: try tenants("acme")).steps.isEmpty)
    }

    @Test("a clock that is set back leaves no step in the future")
    func clock() throws {
        var history = RequestHistory()
        for second in [2_000.0, 2_030, 2_060] { history.add(try request(), now: second) }
        history.add(try request(), now: 1_500)
        #expect(history.track(of: nil).steps.map(\.index) == [100])
        #expect(history.track(of: nil).spans(from: 1_400, to: 1_501).map(\.step.count).reduce(0, +) == 1)
    }

    @Test("shards' steps are added up by their times")
    func added() throws {
        var (left, right) = (RequestHistory(), RequestHistory())
        for second in [15.0, 45, 60] { left.add(try request(), now: second) }
        for second in [0.0, 45, 75] { right.add(try request(status: 500), now: second) }
        var sum = left.track(of: nil)
        sum.add(right.track(of: nil))
        #expect(sum.steps.map(\.index) == [0, 1, 3, 4, 5])
        #expect(sum.steps.map(\.count) == [1, 1, 2, 1, 1])
        #expect(sum.steps.map(\.failed) == [1, 0, 1, 0, 1])
    }

    @Test("of requests that were refused or failed the last are kept, and many refusals do not hide a failure")
    func failures() throws {
        var failures = RecentFailures()
        failures.add(try request(status: 502, failure: .upstreamFailed), now: 1)
        failures.add(try request(), now: 2)
        for second in 0..<100 {
            failures.add(try request([], status: 401, failure: .unauthenticated), now: Double(10 + second))
        }
        var others = RecentFailures()
        others.add(try request(["globex"], status: 404, failure: .notFound), now: 108.5)
        failures.add(others)
        let list = failures.latestFirst
        #expect(list.count == RecentFailures.most + 1)
        #expect(list.prefix(3).map(\.seconds) == [109, 108.5, 108])
        #expect(list.last?.status == 502)
        #expect(list.last?.tenants == ["acme"])
        #expect(list.dropLast().allSatisfy { $0.status < 500 })
    }
}
