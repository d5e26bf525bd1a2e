/// Bytes that are written in Base64: the format `byte`
/// ([RFC 4648 §4](https://www.rfc-editor.org/rfc/rfc4648#section-4)), in the standard alphabet and with padding. The
/// bits of a text that belong to no byte are written as zeros.
public struct Base64Bytes: FormattedValue, ExpressibleByArrayLiteral {
    /// `byte`
    public static let format = "byte"

    /// The bytes themselves.
    public var bytes: [UInt8]

    /// Some bytes.
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Some bytes.
    public init(arrayLiteral bytes: UInt8...) { self.bytes = bytes }

    /// Bytes from their text.
    public init?(_ text: String) {
        var text = text
        guard let bytes = text.withUTF8({ Self.decoded($0) }) else { return nil }
        self.bytes = bytes
    }

    private static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var count = text.count
        while count > 0, text.count - count < 2, text[count - 1] == UInt8(ascii: "=") { count -= 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        for (index, byte) in text[..<count].enumerated() {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            if index % 4 > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - index % 4 * 2))) }
        }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text.
    public var description: String {
        var text = TextBuilder(capacity: (bytes.count + 2) / 3 * 4)
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let start = group.startIndex
            let bits =
                UInt32(group[start]) << 16 | UInt32(group.count > 1 ? group[start + 1] : 0) << 8
                | UInt32(group.count > 2 ? group[start + 2] : 0)
            for digit in 0..<4 {
                text.append(
                    digit <= group.count
                        ? Self.alphabet[Int(bits >> UInt32(18 - digit * 6) & 63)] : UInt8(ascii: "="))
            }
        }
        return text.text
    }
}
