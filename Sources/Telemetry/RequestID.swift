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

    /// A new id of 128 random bits, 32 hexadecimal digits.
    public static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(unsafeUninitializedCapacity: 32) { buffer in
            for half in 0..<2 {
                var bits = generator.next()
                for index in 0..<16 {
                    let digit = UInt8(truncatingIfNeeded: bits & 15)
                    buffer[half * 16 + index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                    bits >>= 4
                }
            }
            return 32
        }
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
