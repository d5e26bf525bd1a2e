/// How large a query may be. Tempo limits only its bytes; a gateway needs the others too.
public struct TraceQLLimits: Sendable, Equatable {
    /// The longest query, in bytes.
    public var maximumBytes: Int
    /// How many constructs may be open around a place: parentheses, signs, negations and the right sides of `^`.
    /// Chains such as `a && b && c` are not nested.
    public var maximumDepth: Int
    /// How many operands a query may have: literals, attributes, intrinsics, filters and aggregates.
    public var maximumOperands: Int

    /// Limits of one's own.
    public init(maximumBytes: Int = 65_536, maximumDepth: Int = 256, maximumOperands: Int = 1_024) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumOperands = maximumOperands
    }

    /// 64 KiB, 256 levels, 1,024 operands.
    public static let standard = TraceQLLimits()

    /// For text printed by this module from a query that was within its limits.
    static let verification = TraceQLLimits(
        maximumBytes: Self.addressableBytes, maximumDepth: .max, maximumOperands: .max)

    /// Positions are kept in 32 bits.
    static let addressableBytes = 1 << 30
}
