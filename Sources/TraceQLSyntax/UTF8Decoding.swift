/// One code point of a byte string; anything that is not UTF-8 is U+FFFD of width 1.
struct DecodedScalar {
    static let replacement: UInt32 = 0xFFFD

    let value: UInt32
    let width: Int

    /// True for bytes that are not UTF-8, false for a literal U+FFFD.
    var isInvalid: Bool { value == Self.replacement && width == 1 }

    /// The code point that starts at `index`, which is within `bytes`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        let lead = bytes[index]
        if lead < 0x80 {
            (value, width) = (UInt32(lead), 1)
            return
        }
        let count: Int
        let least: UInt32
        var scalar: UInt32
        switch lead {
        case 0xC2...0xDF: (count, least, scalar) = (2, 0x80, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (count, least, scalar) = (3, 0x800, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (count, least, scalar) = (4, 0x10000, UInt32(lead & 0x07))
        default:
            (value, width) = (Self.replacement, 1)
            return
        }
        for position in index + 1..<index + count {
            guard position < bytes.count, bytes[position] & 0xC0 == 0x80 else {
                (value, width) = (Self.replacement, 1)
                return
            }
            scalar = scalar << 6 | UInt32(bytes[position] & 0x3F)
        }
        guard scalar >= least, scalar <= 0x10FFFF, !(0xD800..<0xE000).contains(scalar) else {
            (value, width) = (Self.replacement, 1)
            return
        }
        (value, width) = (scalar, count)
    }
}

/// Go's `unicode.IsSpace`.
func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
}

extension Array where Element == UInt8 {
    /// Appends a code point in UTF-8; `value` is a Unicode scalar value.
    mutating func appendScalar(_ value: UInt32) {
        switch value {
        case 0..<0x80:
            append(UInt8(truncatingIfNeeded: value))
        case 0x80..<0x800:
            append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        case 0x800..<0x10000:
            append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        default:
            append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18 & 0x07))
            append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
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
