import Glibc

/// Times as Tempo's metrics endpoints take them: seconds or nanoseconds since 1970, seconds with a fraction, or
/// [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6).
enum TimeText {
    /// Nanoseconds since 1970; nil for any other text.
    static func nanoseconds(_ text: String) -> UInt64? {
        if let whole = UInt64(text) {
            guard text.utf8.count > 10 else { return whole * 1_000_000_000 }
            return whole
        }
        if let seconds = Double(text) {
            guard seconds >= 0, seconds < 1e10 else { return nil }
            return UInt64(seconds * 1e9)
        }
        return timestamp(Array(text.utf8))
    }

    /// The present.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func timestamp(_ text: [UInt8]) -> UInt64? {
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= text.count, text[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return text[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard text.count >= 20, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            text[4] == 0x2D, text[7] == 0x2D, text[10] == 0x54, text[13] == 0x3A, text[16] == 0x3A,
            (1...12).contains(month), (1...31).contains(day), year >= 1_970, hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        var fraction: UInt64 = 0
        if text[index] == UInt8(ascii: ".") {
            let digits = text[(index + 1)...].prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            index += 1 + digits.count
            fraction = digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
            for _ in digits.count..<9 { fraction *= 10 }
        }
        guard let offset = offset(text[index...], number) else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return seconds < 0 ? nil : UInt64(seconds) * 1_000_000_000 + fraction
    }

    /// Seconds east of Greenwich.
    private static func offset(_ text: ArraySlice<UInt8>, _ number: (Range<Int>) -> Int?) -> Int? {
        let start = text.startIndex
        guard let sign = text.first else { return nil }
        if sign == UInt8(ascii: "Z") { return text.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == 6,
            text[start + 3] == UInt8(ascii: ":"), let hours = number(start + 1..<start + 3),
            let minutes = number(start + 4..<start + 6)
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// Days since 1970. Years begin in March here, so that the leap day is the last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
