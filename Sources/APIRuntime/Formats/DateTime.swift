/// An instant with the offset from UTC that it is given in: the format `date-time`
/// ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6)). Two are equal if they are the same instant.
public struct DateTime: FormattedValue, Comparable {
    /// `date-time`
    public static let format = "date-time"

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down; leap seconds do not count, so that `23:59:60` is the
    /// midnight after it.
    public let secondsSince1970: Int
    /// What is beyond those seconds, in nanoseconds; what is finer has a place in the text alone.
    public let nanoseconds: Int
    /// How far local time is ahead of UTC, in minutes.
    public let offsetMinutes: Int
    /// The text, as it was read.
    public let description: String

    /// An instant, written without a fraction or with 3, 6 or 9 digits of one; `nil` for what has no text: years beyond
    /// 0 to 9999 of local time, and parts beyond their range.
    public init?(secondsSince1970 seconds: Int, nanoseconds: Int = 0, offsetMinutes: Int = 0) {
        guard (0..<1_000_000_000).contains(nanoseconds), (-1439...1439).contains(offsetMinutes) else { return nil }
        let (local, isBeyond) = seconds.addingReportingOverflow(offsetMinutes * 60)
        guard !isBeyond else { return nil }
        let (days, second) = Self.divided(local, by: 86400)
        guard let date = CalendarDate(daysSince1970: days) else { return nil }
        var text = TextBuilder(capacity: 35)
        date.append(to: &text)
        text.append(UInt8(ascii: "T"))
        Clock(
            hour: second / 3600, minute: second / 60 % 60, second: second % 60, nanoseconds: nanoseconds,
            offsetMinutes: offsetMinutes
        ).append(to: &text)
        self.init(seconds, nanoseconds, offsetMinutes, text.text)
    }

    /// Midnight in UTC at the start of a day.
    public init(startOf date: CalendarDate) {
        self.init(date.daysSince1970 * 86400, 0, 0, "\(date)T00:00:00Z")
    }

    /// An instant from its text, `2024-02-29T12:30:00.5+02:00`.
    public init?(_ text: String) {
        let parts = TextScanner.read(text) { scanner -> (CalendarDate, Clock)? in
            guard let date = CalendarDate(&scanner), scanner.take(UInt8(ascii: "T"), orSmall: true),
                let clock = Clock(&scanner)
            else { return nil }
            return (date, clock)
        }
        guard let (date, clock) = parts else { return nil }
        let local = date.daysSince1970 * 86400 + clock.hour * 3600 + clock.minute * 60 + clock.second
        self.init(local - clock.offsetMinutes * 60, clock.nanoseconds, clock.offsetMinutes, text)
    }

    static let epoch = DateTime(0, 0, 0, "1970-01-01T00:00:00Z")

    private init(_ seconds: Int, _ nanoseconds: Int, _ offsetMinutes: Int, _ text: String) {
        secondsSince1970 = seconds
        self.nanoseconds = nanoseconds
        self.offsetMinutes = offsetMinutes
        description = text
    }

    /// The day that it is where the clock has its offset.
    public var calendarDate: CalendarDate {
        let days = Self.divided(secondsSince1970 + offsetMinutes * 60, by: 86400).quotient
        // A leap second at the end of all years would be on the day after them.
        return CalendarDate(days: min(days, CalendarDate.lastDay))
    }

    /// How long it is from here to another instant; negative if that is earlier.
    public func duration(to other: DateTime) -> Duration {
        .seconds(other.secondsSince1970 - secondsSince1970) + .nanoseconds(other.nanoseconds - nanoseconds)
    }

    /// Rounded down, so that the remainder is never negative.
    static func divided(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// Whether it is the same instant, whatever the offsets.
    public static func == (left: DateTime, right: DateTime) -> Bool {
        left.secondsSince1970 == right.secondsSince1970 && left.nanoseconds == right.nanoseconds
    }

    /// The earlier instant comes first.
    public static func < (left: DateTime, right: DateTime) -> Bool {
        (left.secondsSince1970, left.nanoseconds) < (right.secondsSince1970, right.nanoseconds)
    }

    /// What makes it equal to others.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(secondsSince1970)
        hasher.combine(nanoseconds)
    }
}
