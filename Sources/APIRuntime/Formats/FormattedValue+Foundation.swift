public import FoundationEssentials

// What Foundation has for the same things, for code that works with it.

extension DateTime {
    /// A date in UTC, to the microsecond; the nearest one that has a text for those beyond the years 0 to 9999.
    public init(_ date: Date) {
        let first = CalendarDate.firstDay * 86_400_000_000
        let last = (CalendarDate.lastDay + 1) * 86_400_000_000 - 1
        let exact = date.timeIntervalSince1970 * 1e6
        let microseconds =
            exact.isNaN
            ? 0 : exact <= Double(first) ? first : exact >= Double(last) ? last : Int(exact + (exact < 0 ? -0.5 : 0.5))
        let (seconds, rest) = Self.divided(microseconds, by: 1_000_000)
        // Within these bounds every instant has a text.
        self = DateTime(secondsSince1970: seconds, nanoseconds: rest * 1000) ?? Self.epoch
    }

    /// The instant as Foundation has it, to about a tenth of a microsecond; the offset gets lost.
    public var date: Date {
        Date(timeIntervalSince1970: Double(secondsSince1970) + Double(nanoseconds) / 1_000_000_000)
    }

    /// This instant, to the microsecond, in UTC.
    public static var now: DateTime { DateTime(Date()) }
}

extension UniqueIdentifier {
    /// The same identifier.
    public init(_ uuid: UUID) {
        let bytes = withUnsafeBytes(of: uuid.uuid) { Array($0) }
        func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: half(bytes[..<8]), low: half(bytes[8...]))
    }

    /// The same identifier.
    public var uuid: UUID {
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return UUID(uuid: bytes)
    }
}

extension URI {
    /// A URL as it is written; `nil` for one that is relative.
    public init?(_ url: URL) { self.init(url.absoluteString) }

    /// The URL, if Foundation can read it.
    public var url: URL? { URL(string: description) }
}

extension Base64Bytes {
    /// The bytes.
    public var data: Data { Data(bytes) }
}
