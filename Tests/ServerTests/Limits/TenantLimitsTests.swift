import Tenancy
import TestSupport
import Testing

@testable import Server

@Suite("Limits of a tenant")
struct TenantLimitsTests {
    private func tenants(_ names: String...) throws -> [Tenant] { try names.map { try #require(Tenant($0)) } }

    private func limits(
        _ clock: ManualClock, perSecond: Double? = nil, burst: Int? = nil, running: Int? = nil, capacity: Int = 100_000
    ) -> TenantLimits {
        TenantLimits(
            rate: perSecond.map { RequestRate(thousandthsPerSecond: Int($0 * 1_000), burst: burst) },
            mostRunning: running, capacity: capacity, now: { clock.now })
    }

    private func isAdmitted(_ admission: TenantLimits.Admission) -> Bool {
        if case .admitted = admission { true } else { false }
    }

    @Test("a quiet tenant has its burst at once, then what comes back")
    func burstThenRate() throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 2, burst: 3)
        let acme = try tenants("acme")
        for remaining in [2, 1, 0] as [UInt64] {
            guard case .admitted(let allowance?) = limits.admit(acme) else {
                Issue.record("the burst is not there")
                return
            }
            #expect(allowance.remaining == remaining)
        }
        guard case .tooMany(let wait, let allowance) = limits.admit(acme) else {
            Issue.record("there is more than the burst")
            return
        }
        #expect(wait == 500_000_000)
        #expect(allowance.remaining == 0)
        #expect(allowance.reset == 1_500_000_000)
        clock.advance(nanoseconds: wait - 1)
        #expect(!isAdmitted(limits.admit(acme)))
        clock.advance(nanoseconds: 1)
        #expect(isAdmitted(limits.admit(acme)))
        #expect(!isAdmitted(limits.admit(acme)))
        clock.advance(seconds: 3_600)
        for _ in 0..<3 { #expect(isAdmitted(limits.admit(acme))) }
        #expect(!isAdmitted(limits.admit(acme)))
    }

    @Test("without a burst of its own, a bucket holds what comes back in a second, and one at least")
    func defaultBurst() {
        #expect(RequestRate(thousandthsPerSecond: 50_000).burst == 50)
        #expect(RequestRate(thousandthsPerSecond: 2_500).burst == 3)
        #expect(RequestRate(thousandthsPerSecond: 1).burst == 1)
    }

    @Test(
        "the extremes of rate and burst fit",
        arguments: [(1, 1), (1, 1_000_000), (1_000_000_000, 1), (1_000_000_000, 1_000_000), (0, 0), (Int.max, Int.max)])
    func extremes(_ thousandths: Int, _ burst: Int) throws {
        let clock = ManualClock()
        let rate = RequestRate(thousandthsPerSecond: thousandths, burst: burst)
        let limits = TenantLimits(rate: rate, mostRunning: nil, now: { clock.now })
        let acme = try tenants("acme")
        for _ in 0..<min(rate.burst, 1_000) { #expect(isAdmitted(limits.admit(acme))) }
        #expect(isAdmitted(limits.admit(acme)) == (rate.burst > 1_000))
    }

    @Test("in no window are more admitted than burst + rate × time, and never fewer than the wait promises")
    func windows() throws {
        var random = SeededGenerator(seed: 11)
        let acme = try tenants("acme")
        for _ in 0..<60 {
            let clock = ManualClock()
            let thousandths = Int.random(in: 1...(Bool.random(using: &random) ? 5_000 : 2_000_000), using: &random)
            let burst = Int.random(in: 1...20, using: &random)
            let rate = RequestRate(thousandthsPerSecond: thousandths, burst: burst)
            let limits = TenantLimits(rate: rate, mostRunning: nil, now: { clock.now })
            var admitted: [UInt64] = []
            for _ in 0..<300 {
                switch limits.admit(acme) {
                case .admitted: admitted.append(clock.now)
                case .tooMany(let wait, _) where Int.random(in: 0..<4, using: &random) == 0:
                    clock.advance(nanoseconds: wait - 1)
                    #expect(!isAdmitted(limits.admit(acme)))
                    clock.advance(nanoseconds: 1)
                    #expect(isAdmitted(limits.admit(acme)))
                    admitted.append(clock.now)
                default: break
                }
                if Bool.random(using: &random) {
                    clock.advance(nanoseconds: UInt64.random(in: 0...(3 * rate.interval), using: &random))
                }
            }
            #expect(admitted.count > burst)
            for first in admitted.indices {
                for last in first..<admitted.endIndex {
                    // Thousandths a second times nanoseconds: 10^12 of them are one request.
                    let earned = UInt64(thousandths).multipliedFullWidth(by: admitted[last] - admitted[first])
                    let whole = UInt64(1_000_000_000_000).dividingFullWidth(earned).quotient
                    #expect(last - first + 1 <= burst + Int(whole))
                }
            }
        }
    }

    @Test("asked from many threads at one instant, exactly the burst is admitted")
    func threads() async throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 1, burst: 100)
        let acme = try tenants("acme")
        let admitted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<50).count { _ in if case .admitted = limits.admit(acme) { true } else { false } } }
            }
            return await group.reduce(0, +)
        }
        #expect(admitted == 100)
    }

    @Test("every selected tenant is charged, or none of them")
    func together() throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 1, burst: 2)
        let both = try tenants("a", "b")
        #expect(isAdmitted(limits.admit(both)))
        #expect(isAdmitted(limits.admit(try tenants("a"))))
        #expect(!isAdmitted(limits.admit(both)))
        // What was refused because of `a` did not cost `b` anything.
        #expect(isAdmitted(limits.admit(try tenants("b"))))
        #expect(!isAdmitted(limits.admit(try tenants("b"))))
    }

    @Test("as many requests run at once as may; a refused one costs no token")
    func running() throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 1, burst: 3, running: 2)
        let acme = try tenants("acme")
        #expect(isAdmitted(limits.admit(acme)))
        #expect(isAdmitted(limits.admit(acme)))
        guard case .tooManyRunning(let allowance?) = limits.admit(acme) else {
            Issue.record("a third one runs")
            return
        }
        #expect(allowance.remaining == 1)
        #expect(isAdmitted(limits.admit(try tenants("globex"))))
        limits.release(acme)
        #expect(isAdmitted(limits.admit(acme)))
    }

    @Test("releasing what does not run gives nobody a place")
    func releasedTwice() throws {
        let limits = limits(ManualClock(), running: 1)
        let acme = try tenants("acme")
        limits.release(acme)
        limits.release(acme)
        #expect(isAdmitted(limits.admit(acme)))
        #expect(!isAdmitted(limits.admit(acme)))
    }

    @Test("a tenant of which nothing is known but what a new one has too is not kept")
    func idle() throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 10, burst: 1)
        for number in 0..<50_000 {
            let tenant = try tenants("t\(number)")
            #expect(isAdmitted(limits.admit(tenant)))
            limits.release(tenant)
            clock.advance(nanoseconds: 1_000_000)
        }
        // 100 of them are not yet full again at any time.
        #expect(limits.count <= 2_048)
    }

    @Test("a full table refuses newcomers, lets nobody past a limit, and has room again when buckets are full")
    func full() throws {
        let clock = ManualClock()
        let limits = limits(clock, perSecond: 1, burst: 1, capacity: 100)
        for number in 0..<100 { #expect(isAdmitted(limits.admit(try tenants("t\(number)")))) }
        for number in 0..<100 { limits.release(try tenants("t\(number)")) }
        for _ in 0..<10 { #expect(limits.admit(try tenants("new")) == .noRoom) }
        #expect(limits.count == 100)
        for number in 0..<100 {
            guard case .tooMany = limits.admit(try tenants("t\(number)")) else {
                Issue.record("t\(number) is past its limit")
                return
            }
        }
        clock.advance(seconds: 1)
        #expect(isAdmitted(limits.admit(try tenants("new"))))
        #expect(limits.count == 1)
    }

    @Test("a tenant with running requests is kept, however full the table is")
    func fullOfRunning() throws {
        let clock = ManualClock()
        let limits = limits(clock, running: 1, capacity: 100)
        for number in 0..<100 { #expect(isAdmitted(limits.admit(try tenants("t\(number)")))) }
        clock.advance(seconds: 3_600)
        #expect(limits.admit(try tenants("new")) == .noRoom)
        #expect(!isAdmitted(limits.admit(try tenants("t7"))))
        limits.release(try tenants("t7"))
        #expect(isAdmitted(limits.admit(try tenants("new"))))
    }
}
