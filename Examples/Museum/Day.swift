import APIRuntime
import Glibc

/// A day of the Gregorian calendar, as the number of days since 1970-01-01.
struct Day {
    private let number: Int

    static var today: Day { Day(number: time(nil) / 86_400) }

    private init(number: Int) { self.number = number }

    /// A date such as `2030-11-18`, which the router has checked.
    init(_ text: String) throws {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { throw APIFailure(.internalError, logDetail: "\(text) is no date") }
        // Years that begin in March end with the leap day.
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let month = (parts[1] + 9) % 12
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * month + 2) / 5 + parts[2] - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    func adding(_ days: Int) -> Day { Day(number: number + days) }

    /// 0 is Sunday.
    var weekday: Int { ((number + 4) % 7 + 7) % 7 }

    private var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    /// Whether its year has four digits.
    var isWritable: Bool { (0...9999).contains(parts.year) }

    var text: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = "\(number)"
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
