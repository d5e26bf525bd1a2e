// Durations as github.com/prometheus/common/model and Go's time package read them, and as Go writes them.

/// Nanoseconds of a duration such as `1d2h`: whole numbers, each unit of `y w d h m s ms` once, the greatest first.
func prometheusDuration(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var total: UInt64 = 0
    var lastRank = 0
    var index = 0
    while index < text.count {
        guard isDigit(text[index]), let (amount, unitStart) = leadingInteger(text, index), unitStart < text.count else {
            return nil
        }
        index = unitStart + 1
        let rank: Int
        let milliseconds: UInt64
        switch text[unitStart] {
        case UInt8(ascii: "y"): (rank, milliseconds) = (1, 31_536_000_000)
        case UInt8(ascii: "w"): (rank, milliseconds) = (2, 604_800_000)
        case UInt8(ascii: "d"): (rank, milliseconds) = (3, 86_400_000)
        case UInt8(ascii: "h"): (rank, milliseconds) = (4, 3_600_000)
        case UInt8(ascii: "m"):
            if index < text.count, text[index] == UInt8(ascii: "s") {
                index += 1
                (rank, milliseconds) = (7, 1)
            } else {
                (rank, milliseconds) = (5, 60_000)
            }
        case UInt8(ascii: "s"): (rank, milliseconds) = (6, 1000)
        default: return nil
        }
        guard rank > lastRank else { return nil }
        lastRank = rank
        let multiple = milliseconds * 1_000_000
        guard amount <= (1 << 63) / multiple else { return nil }
        total += amount * multiple
        guard total <= UInt64(Int64.max) else { return nil }
    }
    return Int64(total)
}

/// Nanoseconds of a duration such as `1h30m` or `1.5µs`, without a sign.
func goDuration(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var total: UInt64 = 0
    var index = 0
    while index < text.count {
        guard isDigit(text[index]) || text[index] == UInt8(ascii: "."),
            let (whole, wholeEnd) = leadingInteger(text, index)
        else { return nil }
        var hasDigits = wholeEnd > index
        index = wholeEnd
        var fraction: UInt64 = 0
        var scale = 1.0
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            var isFull = false
            while index < text.count, isDigit(text[index]) {
                hasDigits = true
                let next = fraction &* 10 &+ UInt64(text[index] - UInt8(ascii: "0"))
                if isFull || fraction > (1 << 63 - 1) / 10 || next > 1 << 63 {
                    isFull = true
                } else {
                    fraction = next
                    scale *= 10
                }
                index += 1
            }
        }
        guard hasDigits else { return nil }
        let unitStart = index
        while index < text.count, !isDigit(text[index]), text[index] != UInt8(ascii: ".") { index += 1 }
        guard let unit = goUnit(UnsafeBufferPointer(rebasing: text[unitStart..<index])) else { return nil }
        guard whole <= (1 << 63) / unit else { return nil }
        var part = whole * unit
        if fraction > 0 {
            part += UInt64(Double(fraction) * (Double(unit) / scale))
            guard part <= 1 << 63 else { return nil }
        }
        total += part
        guard total <= 1 << 63 else { return nil }
    }
    return total <= UInt64(Int64.max) ? Int64(total) : nil
}

private func leadingInteger(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (value: UInt64, end: Int)? {
    var value: UInt64 = 0
    var index = start
    while index < text.count, isDigit(text[index]) {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(text[index] - UInt8(ascii: "0")))
        if overflow || carry || sum > 1 << 63 { return nil }
        value = sum
        index += 1
    }
    return (value, index)
}

private func goUnit(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    if isWord(text, "ns") { return 1 }
    if isWord(text, "us") || isWord(text, "µs") { return 1000 }
    if isWord(text, "ms") { return 1_000_000 }
    if isWord(text, "s") { return 1_000_000_000 }
    if isWord(text, "m") { return 60_000_000_000 }
    if isWord(text, "h") { return 3_600_000_000_000 }
    return nil
}

extension Array where Element == UInt8 {
    /// Appends a duration as Go's `Duration.String` writes it: `1h30m0s`, `1.5ms`.
    mutating func append(duration nanoseconds: Int64) {
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        let magnitude = nanoseconds.magnitude
        switch magnitude {
        case 0:
            append("0s")
        case ..<1_000:
            append(decimal: magnitude)
            append("ns")
        case ..<1_000_000:
            append(magnitude, decimals: 3)
            append("µs")
        case ..<1_000_000_000:
            append(magnitude, decimals: 6)
            append("ms")
        default:
            let minutes = magnitude / 60_000_000_000
            if minutes >= 60 {
                append(decimal: minutes / 60)
                append(UInt8(ascii: "h"))
            }
            if minutes > 0 {
                append(decimal: minutes % 60)
                append(UInt8(ascii: "m"))
            }
            append(magnitude % 60_000_000_000, decimals: 9)
            append(UInt8(ascii: "s"))
        }
    }

    /// Appends `value` · 10^-`decimals` without zeros at the end.
    private mutating func append(_ value: UInt64, decimals: Int) {
        var divisor: UInt64 = 1
        for _ in 0..<decimals { divisor *= 10 }
        append(decimal: value / divisor)
        var rest = value % divisor
        if rest == 0 { return }
        append(UInt8(ascii: "."))
        while rest > 0 {
            divisor /= 10
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
        }
    }
}
