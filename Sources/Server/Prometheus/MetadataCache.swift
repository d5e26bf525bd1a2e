import EventLoop
import Synchronization
import Tenancy

/// What was found out about tenants' metrics a short while ago, by tenants. All shards share it.
final class MetadataCache: Sendable {
    /// How long an answer is used.
    static let lifetime = Duration.seconds(30)

    private struct Entry {
        let table: MetadataTable
        let expiry: UInt64
    }

    private struct Kept {
        var entries: [[Tenant]: Entry] = [:]
        var cost = 0
    }

    private let kept = Mutex(Kept())
    private let mostCost: Int
    private let now: @Sendable () -> UInt64

    /// A cache of at most so many bytes, roughly; `now` is a clock in nanoseconds.
    init(mostCost: Int = 16 << 20, now: @escaping @Sendable () -> UInt64 = { MonotonicClock.now }) {
        self.mostCost = mostCost
        self.now = now
    }

    /// The principal's table, if it is young enough.
    func table(of principal: Principal) -> MetadataTable? {
        let now = now()
        return kept.withLock { kept in
            guard let entry = kept.entries[principal.selected], entry.expiry > now else { return nil }
            return entry.table
        }
    }

    /// Keeps the principal's table, in the place of others if there is no room.
    func keep(_ table: MetadataTable, of principal: Principal) {
        let (now, cost) = (now(), table.cost)
        guard cost <= mostCost / 4 else { return }
        let lifetime = UInt64(Self.lifetime.components.seconds) * 1_000_000_000
        kept.withLock { kept in
            if let old = kept.entries.removeValue(forKey: principal.selected) { kept.cost -= old.table.cost }
            if kept.cost + cost > mostCost {
                for (tenants, entry) in kept.entries where entry.expiry <= now {
                    kept.entries[tenants] = nil
                    kept.cost -= entry.table.cost
                }
            }
            while kept.cost + cost > mostCost, let oldest = kept.entries.min(by: { $0.value.expiry < $1.value.expiry })
            {
                kept.entries[oldest.key] = nil
                kept.cost -= oldest.value.table.cost
            }
            kept.entries[principal.selected] = Entry(table: table, expiry: now &+ lifetime)
            kept.cost += cost
        }
    }
}
