import Synchronization

/// A place for one object on each shard, for example a connection pool.
public struct ShardLocal<Value: AnyObject>: Sendable {
    private let slot: Int

    /// A place that is empty on every shard. Places are never given back, so make few.
    public init() {
        slot = shardLocalSlots.add(1, ordering: .relaxed).oldValue
    }

    /// The object of this shard, if one has been put there.
    public func value(on loop: ShardLoop) -> Value? {
        guard slot < loop.locals.count, let object = loop.locals[slot] else { return nil }
        return unsafeDowncast(object, to: Value.self)
    }

    /// Puts an object there, or takes it away.
    public func set(_ value: Value?, on loop: ShardLoop) {
        while loop.locals.count <= slot { loop.locals.append(nil) }
        loop.locals[slot] = value
    }
}

private let shardLocalSlots = Atomic<Int>(0)
