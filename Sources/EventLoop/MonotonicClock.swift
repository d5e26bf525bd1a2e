import CLinux

/// The clock of all deadlines: nanoseconds since an unspecified start, never set back.
public enum MonotonicClock {
    /// Now, in nanoseconds.
    public static var now: UInt64 { clinux_monotonic_nanoseconds() }
}

/// The wall clock, for `Date` headers and the times of spans.
public enum WallClock {
    /// Seconds since 1970-01-01T00:00:00Z, to the accuracy of the kernel's tick.
    public static var seconds: Int64 { clinux_realtime_seconds() }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public static var nanoseconds: UInt64 { clinux_realtime_nanoseconds() }
}

extension Duration {
    /// Whole nanoseconds: 0 for a negative duration, `UInt64.max` for one that does not fit.
    public var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return overflow || carry ? .max : sum
    }
}
