import CLinux

/// Random numbers of the system, which nobody can foresee; a shard fetches many with one system call.
public enum ShardRandom {
    private static let pools = ShardLocal<Pool>()

    /// 64 random bits.
    public static func next() -> UInt64 {
        guard let pool else { return UInt64.random(in: .min ... .max) }
        return pool.next()
    }

    /// Twice 64 random bits.
    public static func pair() -> (UInt64, UInt64) {
        guard let pool else { return (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)) }
        return (pool.next(), pool.next())
    }

    private static var pool: Pool? {
        guard let loop = ShardLoop.current else { return nil }
        if let pool = pools.value(on: loop) { return pool }
        let pool = Pool()
        pools.set(pool, on: loop)
        return pool
    }

    private final class Pool {
        private static let size = 256
        private var numbers = [UInt64](repeating: 0, count: size)
        private var used = size

        func next() -> UInt64 {
            if used == Self.size {
                let isFilled = numbers.withUnsafeMutableBytes { clinux_random($0.baseAddress, $0.count) == 0 }
                guard isFilled else { return UInt64.random(in: .min ... .max) }
                used = 0
            }
            // What was given away is not kept.
            let number = exchange(&numbers[used], with: 0)
            used += 1
            return number
        }
    }
}
