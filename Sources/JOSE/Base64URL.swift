/// Base64 with the URL-safe alphabet and without padding,
/// [RFC 7515, section 2](https://www.rfc-editor.org/rfc/rfc7515#section-2).
enum Base64URL {
    private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let notInAlphabet: UInt8 = 0xFF

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: notInAlphabet, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The bytes that `text` stands for, or nil unless it is their one canonical text: no padding, no white space, no
    /// bits set that no byte takes up ([RFC 4648, section 3.5](https://www.rfc-editor.org/rfc/rfc4648#section-3.5)).
    /// Were other spellings taken, one signature would have many, and a token that was changed would still verify.
    static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var pending = 0
        for index in 0..<text.count {
            let value = values[Int(text[index])]
            guard value != notInAlphabet else { return nil }
            bits = bits << 6 | UInt32(value)
            pending += 6
            if pending >= 8 {
                pending -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
                bits &= (1 << UInt32(pending)) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    /// Appends the text of `bytes`.
    static func encode(_ bytes: [UInt8], into text: inout [UInt8]) {
        var bits: UInt32 = 0
        var pending = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            pending += 8
            while pending >= 6 {
                pending -= 6
                text.append(alphabet[Int(bits >> UInt32(pending) & 63)])
            }
            bits &= (1 << UInt32(pending)) - 1
        }
        if pending > 0 { text.append(alphabet[Int(bits << UInt32(6 - pending) & 63)]) }
    }
}
