internal import EventLoop
internal import OTLP

/// The id by which a request is found in every log, here and upstream.
public enum RequestID {
    /// The field that carries it, in requests, in answers and towards the upstream.
    public static let headerName = "X-Request-ID"

    /// A caller's own id, if it is 1 to 128 of `A–Z a–z 0–9 . _ -`: nothing else may come into logs and headers.
    public static func accepted(_ values: [String]) -> String? {
        guard values.count == 1, let value = values.first, (1...128).contains(value.utf8.count),
            value.utf8.allSatisfy(isAllowed)
        else { return nil }
        return value
    }

    /// A new id: 128 random bits in 32 hexadecimal digits.
    ///
    /// They are the system's own random bits: a number that is merely counted on and mixed would tell whoever has two of
    /// them how many requests of all tenants came in between.
    public static func make() -> String {
        let (high, low) = ShardRandom.pair()
        return TraceID(UInt128(high) << 64 | UInt128(low)).hexadecimal
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
