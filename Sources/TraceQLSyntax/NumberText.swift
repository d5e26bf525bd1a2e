// Floats as Go's strconv writes them in their shortest form.

extension Array where Element == UInt8 {
    /// Appends a finite number as `FormatFloat(value, 'g', -1)` writes it, with `.0` where it would read as an integer.
    mutating func append(float value: Double) {
        if value.sign == .minus { append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 1e6, magnitude == Double(UInt64(magnitude)) {
            append(decimal: UInt64(magnitude))
            append(".0")
            return
        }
        let (digits, point) = shortestDigits(magnitude)
        let exponent = point - 1
        if exponent < -4 || exponent >= 6 {
            append(digits[0])
            if digits.count > 1 {
                append(UInt8(ascii: "."))
                append(contentsOf: digits[1...])
            }
            append(UInt8(ascii: "e"))
            append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            if exponent.magnitude < 10 { append(UInt8(ascii: "0")) }
            append(decimal: UInt64(exponent.magnitude))
        } else if point <= 0 {
            append("0.")
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            append(contentsOf: digits)
        } else if point >= digits.count {
            append(contentsOf: digits)
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
            append(".0")
        } else {
            append(contentsOf: digits[..<point])
            append(UInt8(ascii: "."))
            append(contentsOf: digits[point...])
        }
    }

    /// Appends a finite number, whole ones as integers: for places where both mean the same.
    mutating func append(number value: Double) {
        if value.magnitude < 9_007_199_254_740_992, value == Double(Int64(value)) {
            if value < 0 { append(UInt8(ascii: "-")) }
            append(decimal: UInt64(value.magnitude))
        } else {
            append(float: value)
        }
    }

    /// Appends a number from 0 to 1 with five decimals, as Tempo prints quantiles.
    mutating func append(fiveDecimals value: Double) {
        let scaled = value * 100_000
        var rest = UInt64(scaled)
        if scaled - Double(rest) >= 0.5 { rest += 1 }
        append(decimal: rest / 100_000)
        append(UInt8(ascii: "."))
        rest %= 100_000
        var divisor: UInt64 = 10_000
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor % 10))
            divisor /= 10
        }
    }
}

/// The shortest digits that give a number back, and where the point stands: 0.`digits` · 10^`point`. `value` is finite
/// and positive.
private func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var pointAt: Int?
    var scale = 0
    let text = Array(value.description.utf8)
    for (index, byte) in text.enumerated() {
        if byte == UInt8(ascii: ".") {
            pointAt = digits.count
        } else if byte | 0x20 == UInt8(ascii: "e") {
            scale = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
            break
        } else {
            digits.append(byte)
        }
    }
    var point = (pointAt ?? digits.count) + scale
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let zeros = Swift.min(digits.prefix { $0 == UInt8(ascii: "0") }.count, digits.count - 1)
    digits.removeFirst(zeros)
    point -= zeros
    return (digits, point)
}
