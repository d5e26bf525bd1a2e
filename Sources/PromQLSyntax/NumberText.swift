// Numbers as Go's strconv reads and writes them.

/// Why a number's text has no value, in strconv's words.
enum NumberFailure: String, Error {
    case syntax = "invalid syntax"
    case range = "value out of range"
}

/// The value of a number token: an integer with Go's prefixes (a leading 0 means octal), else a float.
func parseNumber(_ text: UnsafeBufferPointer<UInt8>) throws(NumberFailure) -> Double {
    if let value = simpleNumber(text) { return value }
    if let word = text.first, word | 0x20 == UInt8(ascii: "i") { return .infinity }
    if let word = text.first, word | 0x20 == UInt8(ascii: "n") { return .nan }
    guard hasOrderlyUnderscores(text) else { throw .syntax }
    let digits = text.filter { $0 != UInt8(ascii: "_") }
    if digits.count >= 2, digits[0] == UInt8(ascii: "0"), digits[1] | 0x20 == UInt8(ascii: "x") {
        guard let value = integer(digits[2...], base: 16) else { throw .syntax }
        return Double(value)
    }
    if digits.count >= 2, digits[0] == UInt8(ascii: "0"), let value = integer(digits[1...], base: 8) {
        return Double(value)
    }
    guard let value = Double(String(decoding: digits, as: UTF8.self)) else { throw .syntax }
    if value.isInfinite { throw .range }
    return value
}

/// Decimal numbers of up to 15 digits without exponent; both halves and the quotient are exact.
private func simpleNumber(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count <= 16, text[0] != UInt8(ascii: "0") || text.count == 1 || text[1] == UInt8(ascii: ".") else {
        return nil
    }
    var mantissa: Int64 = 0
    var scale = 0
    var hasDot = false
    for byte in text {
        if isDigit(byte) {
            mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
            if hasDot { scale += 1 }
        } else if byte == UInt8(ascii: "."), !hasDot {
            hasDot = true
        } else {
            return nil
        }
    }
    guard mantissa < 1_000_000_000_000_000 else { return nil }
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(mantissa) / divisor
}

private func integer(_ digits: ArraySlice<UInt8>, base: UInt32) -> Int64? {
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
        guard let digit = digitValue(byte), digit < base else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: Int64(base))
        let (sum, carry) = product.addingReportingOverflow(Int64(digit))
        if overflow || carry { return nil }
        value = sum
    }
    return value
}

/// Underscores only between digits, or after the base prefix.
private func hasOrderlyUnderscores(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    enum Previous { case digit, underscore, other }
    var previous = Previous.other
    var index = 0
    var isHexadecimal = false
    if text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") {
        isHexadecimal = true
        previous = .digit
        index = 2
    }
    while index < text.count {
        let byte = text[index]
        if isDigit(byte) || isHexadecimal && digitValue(byte) != nil {
            previous = .digit
        } else if byte == UInt8(ascii: "_") {
            guard previous == .digit else { return false }
            previous = .underscore
        } else {
            if previous == .underscore { return false }
            previous = .other
        }
        index += 1
    }
    return previous != .underscore
}

/// The shortest digits that give a number back, and where the point stands: 0.`digits` · 10^`exponent`.
private struct ShortestDigits {
    var digits: [UInt8] = []
    var exponent = 0

    /// `value` is finite and positive.
    init(_ value: Double) {
        var pointAt: Int?
        var scale = 0
        let text = Array(value.description.utf8)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                pointAt = digits.count
            } else if byte | 0x20 == UInt8(ascii: "e") {
                scale = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
            }
            index += 1
        }
        exponent = (pointAt ?? digits.count) + scale
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        exponent -= zeros
    }
}

extension Array where Element == UInt8 {
    /// Appends a number as `FormatFloat(value, 'f', -1)` writes it: never an exponent.
    mutating func append(number value: Double, style: PrintStyle = .canonical) {
        if value.isNaN {
            append("NaN")
        } else if value.isInfinite {
            // "+Inf" reads as a sign and a number, which under `^` is another tree.
            if value < 0 { append("-Inf") } else if style == .exact { append("Inf") } else { append("+Inf") }
        } else {
            if value.sign == .minus { append(UInt8(ascii: "-")) }
            let magnitude = value.magnitude
            if magnitude < 9_007_199_254_740_992, magnitude == Double(UInt64(magnitude)) {
                append(decimal: UInt64(magnitude))
            } else {
                append(plain: ShortestDigits(magnitude))
            }
        }
    }

    /// Appends a number as `%v` writes it: with an exponent below 1e-4 and from 1e21 on.
    mutating func append(generalNumber value: Double) {
        guard value.isFinite, value != 0 else { return append(number: value) }
        let shortest = ShortestDigits(value.magnitude)
        let exponent = shortest.exponent - 1
        guard exponent < -4 || exponent >= 21 else { return append(number: value) }
        if value < 0 { append(UInt8(ascii: "-")) }
        append(shortest.digits[0])
        if shortest.digits.count > 1 {
            append(UInt8(ascii: "."))
            append(contentsOf: shortest.digits[1...])
        }
        append(UInt8(ascii: "e"))
        append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        if exponent.magnitude < 10 { append(UInt8(ascii: "0")) }
        append(decimal: UInt64(exponent.magnitude))
    }

    private mutating func append(plain shortest: ShortestDigits) {
        let (digits, exponent) = (shortest.digits, shortest.exponent)
        if exponent <= 0 {
            append("0.")
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -exponent))
            append(contentsOf: digits)
        } else if exponent >= digits.count {
            append(contentsOf: digits)
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent - digits.count))
        } else {
            append(contentsOf: digits[..<exponent])
            append(UInt8(ascii: "."))
            append(contentsOf: digits[exponent...])
        }
    }
}

extension Array where Element == UInt8 {
    /// Appends milliseconds as seconds with three decimals, rounded as a float of seconds is.
    mutating func append(timestamp milliseconds: Int64) {
        let magnitude = milliseconds.magnitude
        if milliseconds < 0 { append(UInt8(ascii: "-")) }
        var whole = magnitude / 1000
        var rest = magnitude % 1000
        if magnitude >= 1 << 52 {
            let seconds = Double(magnitude) / 1000
            whole = UInt64(seconds)
            rest = roundedToEven((seconds - Double(whole)) * 1000)
            if rest == 1000 { (whole, rest) = (whole + 1, 0) }
        }
        append(decimal: whole)
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / 100))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / 10 % 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    }
}

/// A number as `%f` writes it, for numbers of at least 2^63 and what is no number.
func fixedPointText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    // The significand times a power of two, in limbs of nine decimal digits, lowest first.
    var limbs: [UInt64] = []
    var rest = UInt64(value.magnitude.significandBitPattern) | 1 << 52
    while rest > 0 {
        limbs.append(rest % 1_000_000_000)
        rest /= 1_000_000_000
    }
    for _ in 0..<Swift.max(0, Int(value.exponent) - 52) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let doubled = limbs[index] * 2 + carry
            limbs[index] = doubled % 1_000_000_000
            carry = doubled / 1_000_000_000
        }
        if carry > 0 { limbs.append(carry) }
    }
    var text = value < 0 ? "-" : ""
    for (index, limb) in limbs.reversed().enumerated() {
        let digits = String(limb)
        text += index == 0 ? digits : String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }
    return text + ".000000"
}
