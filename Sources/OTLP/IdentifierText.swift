/// Identifiers of traces and spans as text: hexadecimal in
/// [OTLP/JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), base64 in Tempo's answers, which follow
/// [Protobuf's JSON](https://protobuf.dev/programming-guides/json/).
enum IdentifierText {
    /// The identifier of exactly `byteCount` bytes that the text stands for, whichever of the two forms it has; at most
    /// 16 bytes. The forms never have the same length, so that no text has two meanings.
    static func decode(_ text: some Collection<UInt8>, byteCount: Int) -> UInt128? {
        let length = text.count
        if length == byteCount * 2 { return hexadecimalValue(text) }
        // Padded or not, no other length decodes to that many bytes.
        guard length == (byteCount * 8 + 5) / 6 || length == (byteCount + 2) / 3 * 4,
            let bytes = Base64.decode(text), bytes.count == byteCount
        else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// The number of at most 32 hexadecimal digits of either case.
    static func hexadecimalValue(_ digits: some Collection<UInt8>) -> UInt128? {
        guard digits.count <= 32 else { return nil }
        var value: UInt128 = 0
        for byte in digits {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            value = value << 4 | UInt128(digit)
        }
        return value
    }

    /// Two lower-case digits a byte.
    static func hexadecimal(_ value: UInt128, byteCount: Int) -> [UInt8] {
        (0..<byteCount * 2).map { index in
            let digit = UInt8(truncatingIfNeeded: value >> UInt128((byteCount * 2 - 1 - index) * 4)) & 0xF
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }

    /// Two lower-case digits a byte, as text.
    static func text(_ value: UInt128, byteCount: Int) -> String {
        String(unsafeUninitializedCapacity: byteCount * 2) { buffer in
            write(value, byteCount: byteCount, to: buffer, at: 0)
            return byteCount * 2
        }
    }

    /// Two lower-case digits a byte, into memory that has room for them.
    static func write(_ value: UInt128, byteCount: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        // Eight bytes at a time: numbers of 128 bits are shifted by a function call.
        var rest = UInt64(truncatingIfNeeded: value)
        for index in 0..<byteCount {
            if index == 8 { rest = UInt64(truncatingIfNeeded: value >> 64) }
            let place = start + (byteCount - 1 - index) * 2
            buffer[place] = digit(UInt8(truncatingIfNeeded: rest >> 4) & 0xF)
            buffer[place + 1] = digit(UInt8(truncatingIfNeeded: rest) & 0xF)
            rest >>= 8
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        // 39 lie between the digit 9 and the letter a.
        value + UInt8(ascii: "0") + (value > 9 ? 39 : 0)
    }

    /// Two lower-case digits a byte.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The identifier's bytes in order.
    static func bytes(_ value: UInt128, byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> UInt128((byteCount - 1 - $0) * 8)) }
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
