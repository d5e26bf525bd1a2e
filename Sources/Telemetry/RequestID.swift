internal import Synchronization

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

    /// A new id, 32 hexadecimal digits: 64 random bits of this process, and 64 that are another for each id.
    ///
    /// It has to be unique, not secret; asking the system for random bits each time would cost a system call or two.
    public static func make() -> String {
        let number = mixed(made.wrappingAdd(1, ordering: .relaxed).newValue &+ start)
        return String(unsafeUninitializedCapacity: 32) { buffer in
            for half in 0..<2 {
                var bits = half == 0 ? process : number
                for index in 0..<16 {
                    let digit = UInt8(truncatingIfNeeded: bits & 15)
                    buffer[half * 16 + index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                    bits >>= 4
                }
            }
            return 32
        }
    }

    private static let process = UInt64.random(in: .min ... .max)
    private static let start = UInt64.random(in: .min ... .max)
    private static let made = Atomic<UInt64>(0)

    /// A bijection, so that different numbers stay different: the finalizer of SplitMix64.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var number = number
        number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
        return number ^ (number >> 31)
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
