/// Writes fields in [Protobuf's encoding](https://protobuf.dev/programming-guides/encoding/).
struct ProtobufWriter {
    /// What is written so far.
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ number: UInt32, _ value: UInt64) {
        tag(number, .varint)
        Self.append(varint: value, to: &bytes)
    }

    mutating func fixed64(_ number: UInt32, _ value: UInt64) {
        tag(number, .fixed64)
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }

    mutating func fixed32(_ number: UInt32, _ value: UInt32) {
        tag(number, .fixed32)
        for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * place))) }
    }

    mutating func bytes(_ number: UInt32, _ value: some Collection<UInt8>) {
        tag(number, .bytes)
        Self.append(varint: UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    /// The bytes of a number, the highest in front.
    mutating func identifier(_ number: UInt32, _ value: UInt128, byteCount: Int) {
        begin(number, byteCount: byteCount)
        for place in (0..<byteCount).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt128(8 * place)))
        }
    }

    /// Writes what stands before the bytes of a field that has that many; they are to follow.
    mutating func begin(_ number: UInt32, byteCount: Int) {
        tag(number, .bytes)
        Self.append(varint: UInt64(byteCount), to: &bytes)
    }

    /// How many bytes a field of that many has, with what stands before them; its number is less than 16.
    static func size(ofFieldWith byteCount: Int) -> Int {
        var size = 2 + byteCount
        var rest = byteCount >> 7
        while rest > 0 {
            size += 1
            rest >>= 7
        }
        return size
    }

    /// What stands before the bytes of a field that has that many.
    static func prefix(_ number: UInt32, byteCount: Int) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.tag(number, .bytes)
        append(varint: UInt64(byteCount), to: &writer.bytes)
        return writer.bytes
    }

    private mutating func tag(_ number: UInt32, _ type: ProtobufReader.WireType) {
        Self.append(varint: UInt64(number) << 3 | UInt64(type.rawValue), to: &bytes)
    }

    private static func append(varint value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
