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
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func fixed32(_ number: UInt32, _ value: UInt32) {
        tag(number, .fixed32)
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func bytes(_ number: UInt32, _ value: some Collection<UInt8>) {
        tag(number, .bytes)
        Self.append(varint: UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    mutating func identifier(_ number: UInt32, _ id: TraceID) {
        begin(number, byteCount: 16)
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: id.value >> 64).bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: id.value).bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func identifier(_ number: UInt32, _ id: SpanID) {
        begin(number, byteCount: 8)
        withUnsafeBytes(of: id.value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// A field that is a message itself, written in its place: what it holds moves up where its length needs more than
    /// one byte.
    mutating func message(_ number: UInt32, _ write: (inout ProtobufWriter) -> Void) {
        tag(number, .bytes)
        let place = bytes.count
        bytes.append(0)
        write(&self)
        let count = bytes.count - place - 1
        if count < 0x80 {
            bytes[place] = UInt8(count)
        } else {
            bytes.replaceSubrange(place...place, with: Self.varint(UInt64(count)))
        }
    }

    /// Writes what stands before the bytes of a field that has that many; they are to follow.
    mutating func begin(_ number: UInt32, byteCount: Int) {
        tag(number, .bytes)
        Self.append(varint: UInt64(byteCount), to: &bytes)
    }

    /// What stands before the bytes of a field that has that many.
    static func prefix(_ number: UInt32, byteCount: Int) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.tag(number, .bytes)
        append(varint: UInt64(byteCount), to: &writer.bytes)
        return writer.bytes
    }

    /// How many bytes a varint of that value has.
    static func varintBytes(_ value: UInt64) -> Int {
        value < 0x80 ? 1 : (UInt64.bitWidth - value.leadingZeroBitCount + 6) / 7
    }

    /// How many bytes a varint of that count has.
    static func varintBytes(_ count: Int) -> Int { varintBytes(UInt64(count)) }

    private mutating func tag(_ number: UInt32, _ type: ProtobufReader.WireType) {
        Self.append(varint: UInt64(number) << 3 | UInt64(type.rawValue), to: &bytes)
    }

    /// A number as a varint.
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        append(varint: value, to: &bytes)
        return bytes
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
