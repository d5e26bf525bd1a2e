import EventLoop
import JSON
import Synchronization
import Tenancy

/// The limits of every tenant and where each of them stands: one table for all shards, so that the limits are exact.
///
/// A tenant of which nothing runs and whose bucket is full is as good as one that was never seen, so those are dropped
/// and the table stays small. It is bounded: a tenant for which there is no room is refused, not let through.
final class TenantLimits: Sendable {
    /// The answer to one more request of some tenants.
    enum Admission: Equatable {
        /// It may go on, and ``TenantLimits/release(_:)`` must follow. Where the nearest bucket stands, if there is one.
        case admitted(Allowance?)
        /// A bucket is empty; in so many nanoseconds it will have a token.
        case tooMany(wait: UInt64, Allowance)
        /// Too many of its requests run.
        case tooManyRunning(Allowance?)
        /// There is no room for another tenant.
        case noRoom
    }

    /// Where a tenant's bucket stands.
    struct Allowance: Equatable {
        let rate: RequestRate
        let remaining: UInt64
        /// Until the bucket is full, in nanoseconds.
        let reset: UInt64
    }

    private struct Standing {
        var fullAt: UInt64 = 0
        var running = 0

        func isIdle(at now: UInt64) -> Bool { running == 0 && fullAt <= now }
    }

    private struct Table {
        var standings: [Tenant: Standing] = [:]
        /// So many tenants make it look for those that can be dropped.
        var sweepCount = smallTable
        /// No sweep of a full table before that time: it costs as much as the table is large.
        var nextSweep: UInt64 = 0
    }

    private static let smallTable = 1_024
    private static let sweepPause: UInt64 = 1_000_000_000

    /// `nil` if requests may come as fast as they like.
    let rate: RequestRate?
    /// How many requests of a tenant may run at once; `nil` for any number.
    let mostRunning: Int?
    private let capacity: Int
    private let now: @Sendable () -> UInt64
    private let table = Mutex(Table())

    /// - Parameter capacity: The largest number of tenants that are kept; at least the most that one token may name.
    /// - Parameter now: A clock in nanoseconds that never goes back.
    init(
        rate: RequestRate?, mostRunning: Int?, capacity: Int = 100_000,
        now: @escaping @Sendable () -> UInt64 = { MonotonicClock.now }
    ) {
        self.rate = rate
        self.mostRunning = mostRunning
        self.capacity = max(capacity, Principal.mostTenants)
        self.now = now
    }

    /// What is in force, for people.
    var settings: [String: JSONValue] {
        var settings: [String: JSONValue] = [:]
        if let rate {
            settings["burst"] = .number(JSONNumber(Int(clamping: rate.burst)))
            settings["interval_ns"] = .number(JSONNumber(Int(clamping: rate.interval)))
        }
        if let mostRunning { settings["concurrent_requests"] = .number(JSONNumber(mostRunning)) }
        return settings
    }

    /// How many tenants are kept now.
    var count: Int { table.withLock { $0.standings.count } }

    /// Charges one request to each of the tenants, or to none of them.
    func admit(_ tenants: [Tenant]) -> Admission {
        table.withLock { table in
            // Read under the lock: no shard charges at a time before another's.
            let now = now()
            guard makeRoom(for: tenants, in: &table, at: now) else { return .noRoom }
            let standings = tenants.map { table.standings[$0] ?? Standing() }
            // All buckets have the same rate, so the one that is full last has the fewest tokens.
            let lastFull = standings.reduce(0) { max($0, $1.fullAt) }
            if let rate, case let wait = rate.wait(lastFull, at: now), wait > 0 {
                return .tooMany(wait: wait, allowance(rate, lastFull, at: now))
            }
            if let mostRunning, standings.contains(where: { $0.running >= mostRunning }) {
                return .tooManyRunning(rate.map { allowance($0, lastFull, at: now) })
            }
            for (tenant, standing) in zip(tenants, standings) {
                var standing = standing
                if let rate { standing.fullAt = rate.fullAt(taking: standing.fullAt, at: now) }
                standing.running += 1
                table.standings[tenant] = standing
            }
            return .admitted(rate.map { allowance($0, $0.fullAt(taking: lastFull, at: now), at: now) })
        }
    }

    /// Ends a request that was admitted.
    func release(_ tenants: [Tenant]) {
        table.withLock { table in
            let now = now()
            for tenant in tenants {
                guard var standing = table.standings[tenant], standing.running > 0 else { continue }
                standing.running -= 1
                table.standings[tenant] = standing.isIdle(at: now) ? nil : standing
            }
        }
    }

    private func allowance(_ rate: RequestRate, _ fullAt: UInt64, at now: UInt64) -> Allowance {
        Allowance(rate: rate, remaining: rate.tokens(fullAt, at: now), reset: fullAt > now ? fullAt - now : 0)
    }

    /// Drops idle tenants where the table has doubled since the last time, or would be over its bound.
    private func makeRoom(for tenants: [Tenant], in table: inout Table, at now: UInt64) -> Bool {
        let new = tenants.count { table.standings[$0] == nil }
        guard new > 0, table.standings.count + new > min(table.sweepCount, capacity) else { return true }
        if now >= table.nextSweep || table.standings.count + new <= capacity {
            table.standings = table.standings.filter { !$0.value.isIdle(at: now) }
            table.sweepCount = max(Self.smallTable, 2 * table.standings.count)
            table.nextSweep = now + Self.sweepPause
        }
        return table.standings.count + tenants.count { table.standings[$0] == nil } <= capacity
    }
}
