/// One code point of a byte string, decoded as Go's `utf8.DecodeRune` does: anything invalid is U+FFFD of width 1.
struct DecodedScalar {
    static let replacement: UInt32 = 0xFFFD

    let value: UInt32
    let width: Int

    /// True for bytes that are not UTF-8, false for a literal U+FFFD.
    var isInvalid: Bool { value == Self.replacement && width == 1 }

    /// The code point that starts at `index`, which is within `bytes`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        func continuation(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> UInt32? {
            let position = index + distance
            guard position < bytes.count, range.contains(bytes[position]) else { return nil }
            return UInt32(bytes[position] & 0x3F)
        }
        let lead = bytes[index]
        switch lead {
        case 0x00..<0x80:
            self.init(UInt32(lead), 1)
        case 0xC2...0xDF:
            guard let second = continuation(1) else { break }
            self.init(UInt32(lead & 0x1F) << 6 | second, 2)
            return
        case 0xE0...0xEF:
            let allowed: ClosedRange<UInt8> =
                switch lead {
                case 0xE0: 0xA0...0xBF
                case 0xED: 0x80...0x9F
                default: 0x80...0xBF
                }
            guard let second = continuation(1, allowed), let third = continuation(2) else { break }
            self.init(UInt32(lead & 0x0F) << 12 | second << 6 | third, 3)
            return
        case 0xF0...0xF4:
            let allowed: ClosedRange<UInt8> =
                switch lead {
                case 0xF0: 0x90...0xBF
                case 0xF4: 0x80...0x8F
                default: 0x80...0xBF
                }
            guard let second = continuation(1, allowed), let third = continuation(2), let fourth = continuation(3)
            else { break }
            self.init(UInt32(lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
            return
        default:
            break
        }
        if lead >= 0x80 { self.init(Self.replacement, 1) } else { self.init(UInt32(lead), 1) }
    }

    private init(_ value: UInt32, _ width: Int) {
        self.value = value
        self.width = width
    }
}

extension Array where Element == UInt8 {
    /// Appends a code point in UTF-8; `value` is a Unicode scalar value.
    mutating func appendScalar(_ value: UInt32) {
        switch value {
        case 0..<0x80:
            append(UInt8(value))
        case 0x80..<0x800:
            append(UInt8(0xC0 | value >> 6))
            append(UInt8(0x80 | value & 0x3F))
        case 0x800..<0x10000:
            append(UInt8(0xE0 | value >> 12))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        default:
            append(UInt8(0xF0 | value >> 18 & 0x07))
            append(UInt8(0x80 | value >> 12 & 0x3F))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        }
    }

    /// Appends the bytes of a literal.
    @inline(__always)
    mutating func append(_ literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends a part of a buffer.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
    }

    /// Appends an integer in decimal.
    mutating func append(decimal value: UInt64) {
        if value >= 10 { append(decimal: value / 10) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }
}
