/// Instants in [RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6).
enum RFC3339 {
    /// Milliseconds since 1970 (UTC); finer digits are cut. `nil` if the text is no such instant.
    static func milliseconds(_ text: String) -> Int64? {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t"), let hour = scanner.digits(2),
            scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"), let second = scanner.digits(2),
            (1...12).contains(month), (1...daysInMonth(month, year)).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if scanner.skip(".") {
            let digits = scanner.rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? Int64(digits[digits.startIndex + place] - 0x30) : 0
                fraction = fraction * 10 + digit
            }
            scanner.rest = scanner.rest.dropFirst(digits.count)
        }
        guard let offset = offsetSeconds(&scanner), scanner.rest.isEmpty else { return nil }
        let seconds = days(year, month, day) * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - offset
        return seconds * 1_000 + fraction
    }

    private static func offsetSeconds(_ scanner: inout Scanner) -> Int64? {
        if scanner.skip("Z") || scanner.skip("z") { return 0 }
        let sign: Int64
        if scanner.skip("+") {
            sign = 1
        } else if scanner.skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), hour < 24, minute < 60
        else { return nil }
        return sign * Int64(hour * 3_600 + minute * 60)
    }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        // Years are counted from March, so that the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = month <= 2 ? month + 9 : month - 3
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        // 400 years have 146,097 days; 719,468 lie between 0000-03-01 and 1970-01-01.
        let whole = 365 * shifted + shifted.flooredDivision(4) - shifted.flooredDivision(100)
        return Int64(whole + shifted.flooredDivision(400) + dayOfYear - 719_468)
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func digits(_ count: Int) -> Int? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropFirst(count)
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }
    }
}

extension Int {
    fileprivate func flooredDivision(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
