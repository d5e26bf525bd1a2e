import APIRuntime
import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("Values of formats")
struct FormattedValueTests {
    private static let types: [(format: Format, reads: @Sendable (String) -> String?)] = [
        (.dateTime, { DateTime($0)?.description }), (.date, { CalendarDate($0)?.description }),
        (.time, { TimeOfDay($0)?.description }), (.duration, { CalendarDuration($0)?.description }),
        (.uuid, { UniqueIdentifier($0)?.description }), (.uri, { URI($0)?.description }),
    ]

    private static let seeds = [
        "2024-02-29T23:59:60.123456789012+05:30", "1969-12-31t00:00:00z", "0000-01-01T00:00:00-00:00", "2023-02-29",
        "12:00:00Z", "P1Y2M3W4DT5H6M7S", "P0D", "PT007S", "F81D4fae-7dec-11d0-a765-00a0c91e6bf6",
        "https://u@h:1/a%20b?c#d", "urn:x:y", "QUJD", "QUI=", "QQ==", "QR==",
    ]

    @Test("are read exactly where the format's check accepts them, and written to the byte as they were read")
    func agreement() {
        var generator = SeededGenerator(seed: 7)
        let letters = Array("0129-:.+TZtzPYMWDHSaF/=%#?@ é".utf8)
        for round in 0..<30_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
                guard place < bytes.count else { continue }
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(letters.randomElement(using: &generator) ?? 0, at: place)
                default: bytes[place] = letters.randomElement(using: &generator) ?? 0
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for (format, reads) in Self.types {
                let written = reads(text)
                #expect((written != nil) == format.accepts(text), "\(format) \(text)")
                #expect(written.map { $0.utf8.elementsEqual(text.utf8) } ?? true, "\(format) \(text)")
            }
            let decoded = Base64Bytes(text)
            #expect((decoded != nil) == Format.byte.accepts(text), "byte \(text)")
            if let decoded { #expect(Data(base64Encoded: decoded.description) == decoded.data) }
        }
    }

    @Test("an instant is the same whatever its offset, and earlier ones come first")
    func instants() throws {
        let first = try #require(DateTime("2024-02-29T23:30:00.5-01:30"))
        #expect(first.secondsSince1970 == 1_709_254_800)
        #expect(first.nanoseconds == 500_000_000 && first.offsetMinutes == -90)
        #expect(first.calendarDate.description == "2024-02-29")
        let same = try #require(DateTime("2024-03-01t01:00:00.500z"))
        #expect(first == same && Set([first, same]).count == 1)
        let later = try #require(DateTime("2024-03-01T01:00:00.500000001Z"))
        #expect(first < later && first.duration(to: later) == .nanoseconds(1))
        // Leap seconds do not count.
        #expect(DateTime("2016-12-31T23:59:60Z") == DateTime("2017-01-01T00:00:00Z"))
        // What is finer than a nanosecond is in the text.
        #expect(DateTime("2024-01-01T00:00:00.1234567891Z")?.nanoseconds == 123_456_789)
    }

    @Test("an instant of numbers is written in UTC or with its offset, with the digits that it needs")
    func texts() {
        #expect(DateTime(secondsSince1970: 0)?.description == "1970-01-01T00:00:00Z")
        #expect(
            DateTime(secondsSince1970: -1, nanoseconds: 1_000_000, offsetMinutes: 330)?.description
                == "1970-01-01T05:29:59.001+05:30")
        #expect(
            DateTime(secondsSince1970: 1_700_000_000, nanoseconds: 1000, offsetMinutes: -60)?.description
                == "2023-11-14T21:13:20.000001-01:00")
        #expect(DateTime(secondsSince1970: 0, nanoseconds: 1)?.description == "1970-01-01T00:00:00.000000001Z")
        #expect(DateTime(secondsSince1970: .max) == nil && DateTime(secondsSince1970: .min) == nil)
        #expect(DateTime(secondsSince1970: 253_402_300_800) == nil)
        #expect(DateTime(secondsSince1970: 0, nanoseconds: -1) == nil)
        #expect(DateTime(secondsSince1970: 0, offsetMinutes: 1440) == nil)
    }

    @Test("an instant and Foundation's date become each other")
    func dates() {
        #expect(DateTime(Date(timeIntervalSince1970: 1.25)).description == "1970-01-01T00:00:01.250Z")
        #expect(DateTime(Date(timeIntervalSince1970: -0.25)).description == "1969-12-31T23:59:59.750Z")
        #expect(DateTime(.distantFuture).description == "4001-01-01T00:00:00Z")
        #expect(
            DateTime(Date(timeIntervalSince1970: .infinity)).description.utf8.starts(with: "9999-12-31T23:59:59".utf8))
        #expect(DateTime(Date(timeIntervalSince1970: -.infinity)).description == "0000-01-01T00:00:00Z")
        #expect(DateTime(Date(timeIntervalSince1970: .nan)).secondsSince1970 == 0)
        #expect(DateTime("1970-01-01T00:00:01.5+00:00")?.date == Date(timeIntervalSince1970: 1.5))
        #expect(DateTime.now.date.timeIntervalSinceNow < 1)
    }

    @Test("every day has a number, and the number the day")
    func days() throws {
        var last: CalendarDate?
        for days in stride(from: -719_528, through: 2_932_896, by: 13) {
            let date = try #require(CalendarDate(daysSince1970: days))
            #expect(date.daysSince1970 == days)
            #expect(CalendarDate(date.description) == date)
            if let last { #expect(last < date) }
            last = date
        }
        #expect(CalendarDate(daysSince1970: 0)?.description == "1970-01-01")
        #expect(CalendarDate("2024-02-28")?.adding(days: 2)?.description == "2024-03-01")
        #expect(
            CalendarDate("9999-12-31")?.adding(days: 1) == nil && CalendarDate("0000-01-01")?.adding(days: .min) == nil)
        let week = (0..<7).compactMap { CalendarDate("2026-11-16")?.adding(days: $0)?.weekday }
        #expect(week == Array(1...7))
        #expect(CalendarDate("1969-12-31")?.weekday == 3 && CalendarDate("0000-01-01")?.weekday == 6)
        #expect(CalendarDate(daysSince1970: -719_529) == nil && CalendarDate(daysSince1970: 2_932_897) == nil)
        #expect(
            CalendarDate(year: 2023, month: 2, day: 29) == nil && CalendarDate(year: 10_000, month: 1, day: 1) == nil)
        #expect(try DateTime(startOf: #require(CalendarDate("2024-02-29"))).description == "2024-02-29T00:00:00Z")
    }

    @Test("a duration keeps its units apart")
    func durations() throws {
        let duration = try #require(CalendarDuration("P1Y2M3W4DT5H6M7S"))
        #expect(duration.years == 1 && duration.months == 2 && duration.weeks == 3 && duration.days == 4)
        #expect(duration.hours == 5 && duration.minutes == 6 && duration.seconds == 7)
        #expect(duration.clockDuration == nil)
        #expect(CalendarDuration("PT90M")?.clockDuration == .seconds(5400))
        #expect(CalendarDuration("PT9223372036854775807H")?.clockDuration == nil)
        #expect(CalendarDuration("PT9223372036854775808H") == nil)
        #expect(
            CalendarDuration("P07D") == CalendarDuration(days: 7) && CalendarDuration("P7D") != CalendarDuration("P1W"))
        #expect(CalendarDuration(years: 1, minutes: 2)?.description == "P1YT2M")
        #expect(CalendarDuration()?.description == "PT0S" && CalendarDuration(days: -1) == nil)
        #expect(CalendarDuration(exactly: .seconds(3725))?.description == "PT1H2M5S")
        #expect(CalendarDuration(exactly: .milliseconds(1)) == nil && CalendarDuration(exactly: .seconds(-1)) == nil)
    }

    @Test("identifiers are the same in letters of either kind, and Foundation's")
    func identifiers() throws {
        let text = "F81D4fae-7dec-11d0-a765-00a0c91e6bf6"
        let identifier = try #require(UniqueIdentifier(text))
        #expect(identifier.description == text && identifier == UniqueIdentifier(text.lowercased()))
        #expect(identifier.uuid == UUID(uuidString: text))
        #expect(UniqueIdentifier(identifier.uuid).description == text.lowercased())
        let new = UniqueIdentifier()
        #expect(new != UniqueIdentifier() && UniqueIdentifier(new.description) == new)
        #expect(Array(new.description)[14] == "4" && "89ab".contains(Array(new.description)[19]))
    }

    @Test("a URI tells its parts")
    func parts() throws {
        let uri = try #require(URI("https://user:pass@[::1]:8080/a%20b/c?d=/e?#f?"))
        #expect(uri.scheme == "https" && uri.authority == "user:pass@[::1]:8080" && uri.host == "[::1]")
        #expect(uri.port == 8080 && uri.path == "/a%20b/c" && uri.query == "d=/e?" && uri.fragment == "f?")
        #expect(uri.url?.absoluteString == uri.description)
        let plain = try #require(URI("urn:a:b"))
        #expect(plain.scheme == "urn" && plain.authority == nil && plain.path == "a:b" && plain.query == nil)
        #expect(URI("https://h:99999/")?.port == nil && URI("https://h")?.host == "h")
        #expect(URI(try #require(URL(string: "/a"))) == nil && URI("relative") == nil)
    }

    @Test("bytes are written with padding")
    func bytes() {
        for count in 0..<20 {
            let bytes = (0..<UInt8(count)).map { $0 &* 37 }
            #expect(Base64Bytes(bytes).description == Data(bytes).base64EncodedString())
            #expect(Base64Bytes(Data(bytes).base64EncodedString())?.bytes == bytes)
        }
        #expect(Base64Bytes("QUI") == nil && Base64Bytes("Q===") == nil && Base64Bytes("QU=I") == nil)
        #expect(Base64Bytes("_-==") == nil && ([1, 2] as Base64Bytes).bytes == [1, 2])
    }

    @Test("are strings of JSON, and what is none of them tells its format")
    func coding() throws {
        struct Value: Codable, Equatable {
            var at: DateTime
            var bytes: Base64Bytes?
        }
        let text = #"{"at":"2024-01-01T00:00:00.10+00:00","bytes":"AQI="}"#
        let value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == text)
        #expect { try JSONDecoder().decode(Value.self, from: Data(#"{"at":"2024-01-01"}"#.utf8)) } throws: { error in
            guard case DecodingError.dataCorrupted(let context) = error else { return false }
            return context.debugDescription == "must be a date-time" && context.codingPath.map(\.stringValue) == ["at"]
        }
    }
}
