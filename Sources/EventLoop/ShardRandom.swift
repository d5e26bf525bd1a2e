import CLinux

/// Random numbers of the system, which nobody can foresee; a shard fetches many with one system call.
public enum ShardRandom {
    private static let pools = ShardLocal<Pool>()

    /// 64 random bits.
    public static func next() -> UInt64 {
        guard let loop = ShardLoop.current else { return UInt64.random(in: .min ... .max) }
        if let pool = pools.value(on: loop) { return pool.next() }
        let pool = Pool()
        pools.set(pool, on: loop)
        return pool.next()
    }

    private final class Pool {
        private var numbers = [UInt64](repeating: 0, count: 256)
        private var used = 256

        func next() -> UInt64 {
            if used == numbers.count {
                let isFilled = numbers.withUnsafeMutableBytes { clinux_random($0.baseAddress, $0.count) == 0 }
                guard isFilled else { return UInt64.random(in: .min ... .max) }
                used = 0
            }
            defer {
                // What was given away is not kept.
                numbers[used] = 0
                used += 1
            }
            return numbers[used]
        }
    }
}
