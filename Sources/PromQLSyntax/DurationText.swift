// Durations as github.com/prometheus/common/model reads and writes them.

private let nanosecondsPerMillisecond: Int64 = 1_000_000

/// Why a duration's text has no value.
struct DurationFailure: Error {
    let message: String
}

/// The nanoseconds of a duration token.
func parseDuration(_ text: UnsafeBufferPointer<UInt8>) throws(DurationFailure) -> Int64 {
    var total: UInt64 = 0
    var lastRank = 0
    var index = 0
    let invalid = { DurationFailure(message: "not a valid duration string: " + quoted(text)) }
    while index < text.count {
        let digitsStart = index
        var amount: UInt64 = 0
        while index < text.count, isDigit(text[index]) {
            let (product, overflow) = amount.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(text[index] - UInt8(ascii: "0")))
            if overflow || carry { throw invalid() }
            amount = sum
            index += 1
        }
        let unitStart = index
        while index < text.count, !isDigit(text[index]) { index += 1 }
        guard digitsStart < unitStart, unitStart < index else { throw invalid() }
        guard let unit = DurationUnit(UnsafeBufferPointer(rebasing: text[unitStart..<index])) else {
            let name = quoted(UnsafeBufferPointer(rebasing: text[unitStart..<index]))
            throw DurationFailure(message: "unknown unit \(name) in duration " + quoted(text))
        }
        guard unit.rank > lastRank else { throw invalid() }
        lastRank = unit.rank
        let multiple = unit.milliseconds * UInt64(nanosecondsPerMillisecond)
        guard amount <= (1 << 63) / multiple else { throw DurationFailure(message: "duration out of range") }
        total += amount * multiple
        guard total <= UInt64(Int64.max) else { throw DurationFailure(message: "duration out of range") }
    }
    return Int64(total)
}

private struct DurationUnit {
    /// Units stand in the order of their ranks.
    let rank: Int
    let milliseconds: UInt64

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        switch (text.count, text[0]) {
        case (1, UInt8(ascii: "y")): (rank, milliseconds) = (1, 31_536_000_000)
        case (1, UInt8(ascii: "w")): (rank, milliseconds) = (2, 604_800_000)
        case (1, UInt8(ascii: "d")): (rank, milliseconds) = (3, 86_400_000)
        case (1, UInt8(ascii: "h")): (rank, milliseconds) = (4, 3_600_000)
        case (1, UInt8(ascii: "m")): (rank, milliseconds) = (5, 60_000)
        case (1, UInt8(ascii: "s")): (rank, milliseconds) = (6, 1000)
        case (2, UInt8(ascii: "m")) where text[1] == UInt8(ascii: "s"): (rank, milliseconds) = (7, 1)
        default: return nil
        }
    }
}

/// `time.Duration.Seconds()`, whose rounding shows in printed numbers.
func seconds(ofNanoseconds nanoseconds: Int64) -> Double {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Double(whole) + Double(rest) / 1e9
}

/// Whole nanoseconds of a number of seconds, nil if out of range.
func nanosecondsOf(seconds: Double) -> Int64? {
    roundedAwayFromZero(seconds * 1e9)
}

extension Array where Element == UInt8 {
    /// Appends a duration, which Prometheus writes in whole milliseconds.
    ///
    /// In the exact style a duration with a fraction of a millisecond becomes a number of seconds.
    mutating func append(duration nanoseconds: Int64, style: PrintStyle) {
        if style == .exact, nanoseconds % nanosecondsPerMillisecond != 0 {
            return append(number: scaledDown(nanoseconds, by: 1e9))
        }
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        append(milliseconds: nanoseconds.magnitude / UInt64(nanosecondsPerMillisecond))
    }

    /// Appends a number of seconds that was written as a duration, which has at most 63 bits of nanoseconds.
    mutating func append(durationLiteral seconds: Double, style: PrintStyle) {
        let magnitude = seconds.magnitude
        if seconds < 0 || style == .exact && seconds.sign == .minus { append(UInt8(ascii: "-")) }
        switch style {
        case .canonical:
            // Go converts to nanoseconds by truncation and loses a millisecond here and there: 1s1ms prints as 1s.
            append(milliseconds: UInt64(magnitude * 1e9) / 1_000_000)
        case .exact:
            append(milliseconds: UInt64(magnitude * 1e3 + 0.5))
        }
    }

    private mutating func append(milliseconds: UInt64) {
        guard milliseconds > 0 else { return append("0s") }
        var rest = milliseconds
        func take(_ unit: UInt64, exactly: Bool = false) -> UInt64? {
            guard rest >= unit, !exactly || rest % unit == 0 else { return nil }
            let amount = rest / unit
            rest %= unit
            return amount
        }
        if let amount = take(31_536_000_000, exactly: true) {
            append(decimal: amount)
            append(UInt8(ascii: "y"))
        }
        if let amount = take(604_800_000, exactly: true) {
            append(decimal: amount)
            append(UInt8(ascii: "w"))
        }
        if let amount = take(86_400_000) {
            append(decimal: amount)
            append(UInt8(ascii: "d"))
        }
        if let amount = take(3_600_000) {
            append(decimal: amount)
            append(UInt8(ascii: "h"))
        }
        if let amount = take(60_000) {
            append(decimal: amount)
            append(UInt8(ascii: "m"))
        }
        if let amount = take(1000) {
            append(decimal: amount)
            append(UInt8(ascii: "s"))
        }
        if let amount = take(1) {
            append(decimal: amount)
            append("ms")
        }
    }
}
