/// A strong entity tag of bytes: two 64-bit FNV-1a sums from different starts, in hexadecimal. It tells versions of a
/// document apart; it proves nothing.
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
enum EntityTag {
    static func tag(of bytes: [UInt8]) -> String {
        hexadecimal(sum(bytes, from: 0xcbf2_9ce4_8422_2325)) + hexadecimal(sum(bytes, from: 0x6c62_272e_07bb_0142))
    }

    private static func sum(_ bytes: [UInt8], from start: UInt64) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
