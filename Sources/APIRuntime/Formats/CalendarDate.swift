/// A day of the calendar, without a time and without a time zone: the format `date`
/// ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), `full-date`).
public struct CalendarDate: FormattedValue, Comparable {
    /// `date`
    public static let format = "date"

    /// The year, from 0 to 9999.
    public let year: Int
    /// The month, from 1 for January to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// A day; `nil` if the calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(in: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day so many days after 1970-01-01, or before it; `nil` beyond the years 0 to 9999.
    public init?(daysSince1970 days: Int) {
        guard days >= Self.firstDay, days <= Self.lastDay else { return nil }
        self.init(days: days)
    }

    /// A day between the first and the last.
    init(days: Int) {
        // Years that begin in March have their leap day at the end; 400 of them are 146,097 days.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// A day from its text, `2024-02-29`.
    public init?(_ text: String) {
        guard let date = TextScanner.read(text, { CalendarDate(&$0) }) else { return nil }
        self = date
    }

    init?(_ scanner: inout TextScanner) {
        guard let year = scanner.number(digits: 4), scanner.take(UInt8(ascii: "-")),
            let month = scanner.number(digits: 2), scanner.take(UInt8(ascii: "-")),
            let day = scanner.number(digits: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// How many days after 1970-01-01 it is; negative before.
    public var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day so many days later, or earlier; `nil` beyond the years 0 to 9999.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, isBeyond) = daysSince1970.addingReportingOverflow(days)
        return isBeyond ? nil : CalendarDate(daysSince1970: sum)
    }

    /// The day of the week, from 1 for Monday to 7 for Sunday as in ISO 8601.
    public var weekday: Int { (daysSince1970 + 719_533) % 7 + 1 }

    /// 0000-01-01 and 9999-12-31.
    static let firstDay = -719_528
    static let lastDay = 2_932_896

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The text, `2024-02-29`.
    public var description: String {
        var text = TextBuilder(capacity: 10)
        append(to: &text)
        return text.text
    }

    func append(to text: inout TextBuilder) {
        text.append(year, digits: 4)
        text.append(UInt8(ascii: "-"))
        text.append(month, digits: 2)
        text.append(UInt8(ascii: "-"))
        text.append(day, digits: 2)
    }

    /// The earlier day comes first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
