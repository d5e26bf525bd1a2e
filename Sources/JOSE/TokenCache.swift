/// What verified tokens led to, found again by the tokens' SHA-256: the signature of a token that was verified need not
/// be verified at each of its requests. It holds values for verified tokens only, and has to be emptied when keys change.
///
/// It is not `Sendable`: each shard has its own.
public final class TokenCache<Value> {
    private struct Entry {
        let value: Value
        /// Unix seconds, from when until before when the value is given out.
        let validity: Range<Int64>
    }

    /// The longest a value is kept, in seconds.
    public static var mostSeconds: Int64 { 300 }

    // Values are put into the young half, and those that are used move there. When it is full it becomes the old half,
    // and what was in the old one is forgotten: the least recently used go first, without bookkeeping for each.
    private var young: [SHA256Digest: Entry] = [:]
    private var old: [SHA256Digest: Entry] = [:]
    private let halfCapacity: Int

    /// An empty cache for at most so many values, but at least 2.
    public init(capacity: Int = 4_096) {
        halfCapacity = max(1, capacity / 2)
    }

    /// How many values it holds.
    public var count: Int { young.count + old.count }

    /// The value for the token of this digest; nil if there is none that is valid at the time `now`, Unix seconds.
    public func value(for digest: SHA256Digest, now: Int64) -> Value? {
        if let entry = young[digest] {
            if entry.validity.contains(now) { return entry.value }
            young[digest] = nil
        } else if let entry = old.removeValue(forKey: digest), entry.validity.contains(now) {
            insert(entry, for: digest)
            return entry.value
        }
        return nil
    }

    /// Keeps a value until the token's `exp`, and at most for ``mostSeconds``. A token past its `exp`, which only the
    /// policy's leeway lets pass, is not kept.
    /// - Parameter digest: that of the text which `token` was verified from, at the time `now`.
    public func insert(_ value: Value, for digest: SHA256Digest, of token: VerifiedToken, now: Int64) {
        let (limit, overflow) = now.addingReportingOverflow(Self.mostSeconds)
        let end = min(token.expiresAt, overflow ? .max : limit)
        guard now < end else { return }
        old[digest] = nil
        insert(Entry(value: value, validity: now..<end), for: digest)
    }

    /// Forgets everything.
    public func removeAll() {
        young = [:]
        old = [:]
    }

    private func insert(_ entry: Entry, for digest: SHA256Digest) {
        if young.count >= halfCapacity, young[digest] == nil {
            old = young
            young = Dictionary(minimumCapacity: min(halfCapacity, 64))
        }
        young[digest] = entry
    }
}
