/// How large a query may be. Prometheus' parser has no such limits; a gateway needs them.
public struct PromQLLimits: Sendable, Equatable {
    /// The longest query, in bytes.
    public var maximumBytes: Int
    /// How many constructs may be open around a place: parentheses, calls, aggregations, signs and the right sides
    /// of `^`, duration expressions included. Chains such as `a + b + c` are not nested.
    public var maximumDepth: Int
    /// How many operands a query may have: selectors, numbers, durations, strings, calls and aggregations, those
    /// inside duration expressions included.
    public var maximumOperands: Int

    /// Limits of one's own.
    public init(maximumBytes: Int = 65_536, maximumDepth: Int = 256, maximumOperands: Int = 4_096) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumOperands = maximumOperands
    }

    /// 64 KiB, 256 levels, 4,096 operands.
    public static let standard = PromQLLimits()

    /// For text printed by this module from a query that was within its limits.
    public static let restricted = PromQLLimits(
        maximumBytes: Self.addressableBytes, maximumDepth: .max, maximumOperands: .max)

    /// Positions are kept in 32 bits.
    static let addressableBytes = 1 << 30
}
