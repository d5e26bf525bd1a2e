/// A time of day with its offset from UTC: the format `time`
/// ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), `full-time`).
public struct TimeOfDay: FormattedValue {
    /// `time`
    public static let format = "time"

    /// The hour, from 0 to 23.
    public let hour: Int
    /// The minute, from 0 to 59.
    public let minute: Int
    /// The second, from 0 to 60: there are leap seconds.
    public let second: Int
    /// What is beyond the second, in nanoseconds; what is finer has a place in the text alone.
    public let nanoseconds: Int
    /// How far local time is ahead of UTC, in minutes.
    public let offsetMinutes: Int
    /// The text, as it was read.
    public let description: String

    /// A time; `nil` for parts beyond their range.
    public init?(hour: Int, minute: Int, second: Int = 0, nanoseconds: Int = 0, offsetMinutes: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second),
            (0..<1_000_000_000).contains(nanoseconds), (-1439...1439).contains(offsetMinutes)
        else { return nil }
        let clock = Clock(
            hour: hour, minute: minute, second: second, nanoseconds: nanoseconds, offsetMinutes: offsetMinutes)
        var text = TextBuilder(capacity: 24)
        clock.append(to: &text)
        self.init(clock, text.text)
    }

    /// A time from its text, `12:30:00.5+02:00`.
    public init?(_ text: String) {
        guard let clock = TextScanner.read(text, { Clock(&$0) }) else { return nil }
        self.init(clock, text)
    }

    private init(_ clock: Clock, _ text: String) {
        hour = clock.hour
        minute = clock.minute
        second = clock.second
        nanoseconds = clock.nanoseconds
        offsetMinutes = clock.offsetMinutes
        description = text
    }

    /// Whether the parts are the same, however they are written.
    public static func == (left: TimeOfDay, right: TimeOfDay) -> Bool {
        (left.hour, left.minute, left.second) == (right.hour, right.minute, right.second)
            && (left.nanoseconds, left.offsetMinutes) == (right.nanoseconds, right.offsetMinutes)
    }

    /// What makes it equal to others.
    public func hash(into hasher: inout Hasher) {
        for part in [hour, minute, second, nanoseconds, offsetMinutes] { hasher.combine(part) }
    }
}

/// The parts of a time of day with an offset.
struct Clock {
    var hour: Int
    var minute: Int
    var second: Int
    var nanoseconds: Int
    var offsetMinutes: Int

    init(hour: Int, minute: Int, second: Int, nanoseconds: Int, offsetMinutes: Int) {
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanoseconds = nanoseconds
        self.offsetMinutes = offsetMinutes
    }

    init?(_ scanner: inout TextScanner) {
        let colon = UInt8(ascii: ":")
        guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(colon),
            let minute = scanner.number(digits: 2), minute < 60, scanner.take(colon),
            let second = scanner.number(digits: 2), second <= 60
        else { return nil }
        self.init(hour: hour, minute: minute, second: second, nanoseconds: 0, offsetMinutes: 0)
        if scanner.take(UInt8(ascii: ".")) {
            guard let fraction = scanner.billionths() else { return nil }
            nanoseconds = fraction
        }
        if scanner.take(UInt8(ascii: "Z"), orSmall: true) { return }
        guard let sign = scanner.pop(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = scanner.number(digits: 2), hours < 24, scanner.take(colon),
            let minutes = scanner.number(digits: 2), minutes < 60
        else { return nil }
        offsetMinutes = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    /// With as many digits of the fraction as it needs: none, 3, 6 or 9.
    func append(to text: inout TextBuilder) {
        text.append(hour, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(minute, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(second, digits: 2)
        if nanoseconds > 0 {
            text.append(UInt8(ascii: "."))
            if nanoseconds.isMultiple(of: 1_000_000) {
                text.append(nanoseconds / 1_000_000, digits: 3)
            } else if nanoseconds.isMultiple(of: 1000) {
                text.append(nanoseconds / 1000, digits: 6)
            } else {
                text.append(nanoseconds, digits: 9)
            }
        }
        guard offsetMinutes != 0 else {
            text.append(UInt8(ascii: "Z"))
            return
        }
        text.append(UInt8(ascii: offsetMinutes < 0 ? "-" : "+"))
        let distance = Int(offsetMinutes.magnitude)
        text.append(distance / 60, digits: 2)
        text.append(UInt8(ascii: ":"))
        text.append(distance % 60, digits: 2)
    }
}
