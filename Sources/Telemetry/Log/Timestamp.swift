#if canImport(Glibc)
    internal import Glibc
#endif

/// The wall clock.
public enum Timestamp {
    /// Now, in whole seconds since 1970 (UTC).
    public static func unixSeconds() -> Int64 { Int64(read().tv_sec) }

    /// Now, in RFC 3339 with milliseconds, UTC.
    public static func now() -> String {
        let time = read()
        return text(seconds: Int64(time.tv_sec), milliseconds: Int(time.tv_nsec / 1_000_000))
    }

    /// An instant in RFC 3339 with milliseconds, UTC.
    public static func text(seconds: Int64, milliseconds: Int) -> String {
        let day = seconds.flooredQuotient(86_400)
        let second = Int(seconds - day * 86_400)
        let date = civilDate(day)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var end = 0
            func put(_ value: Int, _ width: Int, then separator: Unicode.Scalar) {
                var rest = value
                for place in stride(from: width - 1, through: 0, by: -1) {
                    buffer[end + place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                buffer[end + width] = UInt8(ascii: separator)
                end += width + 1
            }
            put(date.year, 4, then: "-")
            put(date.month, 2, then: "-")
            put(date.day, 2, then: "T")
            put(second / 3_600, 2, then: ":")
            put(second / 60 % 60, 2, then: ":")
            put(second % 60, 2, then: ".")
            put(milliseconds, 3, then: "Z")
            return end
        }
    }

    private static func read() -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time
    }

    /// Days since 1970 to a date of the proleptic Gregorian calendar; years are counted from March, so that the leap day
    /// comes last.
    private static func civilDate(_ daysSince1970: Int64) -> (year: Int, month: Int, day: Int) {
        let days = daysSince1970 + 719_468
        let era = days.flooredQuotient(146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
