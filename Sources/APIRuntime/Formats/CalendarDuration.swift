/// A length of time in units of the calendar and of the clock: the format `duration`
/// ([RFC 3339, appendix A](https://www.rfc-editor.org/rfc/rfc3339#appendix-A)). A month has no fixed length, nor has a day
/// where clocks are put forward, so the units stay apart: `P1D` is not `PT24H`.
public struct CalendarDuration: FormattedValue {
    /// `duration`
    public static let format = "duration"

    /// How many of each unit.
    public let years: Int
    /// Months.
    public let months: Int
    /// Weeks.
    public let weeks: Int
    /// Days.
    public let days: Int
    /// Hours.
    public let hours: Int
    /// Minutes.
    public let minutes: Int
    /// Seconds.
    public let seconds: Int
    /// The text, as it was read.
    public let description: String

    /// A length of time; `nil` if one of its parts is negative. Units that there are none of are not written.
    public init?(
        years: Int = 0, months: Int = 0, weeks: Int = 0, days: Int = 0, hours: Int = 0, minutes: Int = 0,
        seconds: Int = 0
    ) {
        let counts = [years, months, weeks, days, hours, minutes, seconds]
        guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
        var text = "P"
        for (count, unit) in zip(counts[..<4], ["Y", "M", "W", "D"]) where count > 0 { text += "\(count)\(unit)" }
        if counts[4...].contains(where: { $0 > 0 }) { text += "T" }
        for (count, unit) in zip(counts[4...], ["H", "M", "S"]) where count > 0 { text += "\(count)\(unit)" }
        self.init(counts, text.utf8.count == 1 ? "PT0S" : text)
    }

    /// A length of time from its text, `P1Y2M10DT2H30M`.
    public init?(_ text: String) {
        guard let counts = TextScanner.read(text, Self.counts) else { return nil }
        self.init(counts, text)
    }

    private init(_ counts: [Int], _ text: String) {
        years = counts[0]
        months = counts[1]
        weeks = counts[2]
        days = counts[3]
        hours = counts[4]
        minutes = counts[5]
        seconds = counts[6]
        description = text
    }

    private static let units = Array("YMWDHMS".utf8)

    private static func counts(_ scanner: inout TextScanner) -> [Int]? {
        guard scanner.take(UInt8(ascii: "P")), !scanner.isAtEnd else { return nil }
        var counts = [Int](repeating: 0, count: units.count)
        // Each unit once at most, in their order; those of the clock behind a T.
        var place = 0
        var end = 4
        while !scanner.isAtEnd {
            if end == 4, scanner.take(UInt8(ascii: "T")) {
                place = 4
                end = 7
            }
            guard let count = scanner.number(), let unit = scanner.pop(),
                let found = units[place..<end].firstIndex(of: unit)
            else { return nil }
            counts[found] = count
            place = found + 1
        }
        return counts
    }

    /// The length in units of the clock, if it has no others, and if it is within what a `Duration` can hold.
    public var clockDuration: Duration? {
        guard years == 0, months == 0, weeks == 0, days == 0 else { return nil }
        let (hourSeconds, isFarBeyond) = hours.multipliedReportingOverflow(by: 3600)
        let (minuteSeconds, isBeyond) = minutes.multipliedReportingOverflow(by: 60)
        guard !isFarBeyond, !isBeyond else { return nil }
        return .seconds(hourSeconds) + .seconds(minuteSeconds) + .seconds(seconds)
    }

    /// A length in hours, minutes and seconds; `nil` for a negative one, and for one with a fraction of a second, which
    /// the format cannot write.
    public init?(exactly duration: Duration) {
        let (total, fraction) = duration.components
        guard total >= 0, fraction == 0 else { return nil }
        self.init(hours: Int(total / 3600), minutes: Int(total / 60 % 60), seconds: Int(total % 60))
    }

    private var counts: [Int] { [years, months, weeks, days, hours, minutes, seconds] }

    /// Whether there are as many of each unit, however they are written.
    public static func == (left: CalendarDuration, right: CalendarDuration) -> Bool { left.counts == right.counts }

    /// What makes it equal to others.
    public func hash(into hasher: inout Hasher) { hasher.combine(counts) }
}
