/// Reads the fields of a message in [Protobuf's encoding](https://protobuf.dev/programming-guides/encoding/), one by one.
struct ProtobufReader {
    /// How a field's value is encoded.
    enum WireType: UInt8 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    /// A field's value.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(ArraySlice<UInt8>)
        case fixed32(UInt32)
    }

    /// One field as it stands in the message.
    struct Field {
        let number: UInt32
        let value: Value
        /// Where it begins.
        let offset: Int
    }

    private var rest: ArraySlice<UInt8>

    /// A reader of a whole message. Offsets in errors are the slice's indices.
    init(_ message: ArraySlice<UInt8>) {
        rest = message
    }

    /// The next field; nil at the message's end.
    mutating func next() throws(ProtobufError) -> Field? {
        guard !rest.isEmpty else { return nil }
        let offset = rest.startIndex
        guard let tag = Self.varint(&rest) else { throw ProtobufError("a field's tag is broken", at: offset) }
        guard let (number, type) = Self.split(tag: tag) else {
            throw ProtobufError("a field has no valid number or type", at: offset)
        }
        guard let value = Self.value(type, &rest) else { throw ProtobufError("a field is cut short", at: offset) }
        return Field(number: number, value: value, offset: offset)
    }

    /// The number and the type in a tag; nil for what no message has: number 0, numbers beyond 2^29 - 1, groups.
    static func split(tag: UInt64) -> (number: UInt32, type: WireType)? {
        guard tag >> 3 > 0, tag >> 3 < 1 << 29, let type = WireType(rawValue: UInt8(tag & 7)) else { return nil }
        return (UInt32(tag >> 3), type)
    }

    /// The number that the bytes begin with; nil if they end within it, or it has more than 64 bits.
    static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            guard shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                bytes = bytes[index...]
                return value
            }
            shift += 7
        }
        return nil
    }

    private static func value(_ type: WireType, _ bytes: inout ArraySlice<UInt8>) -> Value? {
        switch type {
        case .varint: return varint(&bytes).map(Value.varint)
        case .fixed64: return take(8, &bytes).map { .fixed64(littleEndian($0)) }
        case .fixed32: return take(4, &bytes).map { .fixed32(UInt32(truncatingIfNeeded: littleEndian($0))) }
        case .bytes:
            guard let length = varint(&bytes), length <= UInt64(bytes.count) else { return nil }
            return take(Int(length), &bytes).map(Value.bytes)
        }
    }

    private static func take(_ count: Int, _ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.count >= count else { return nil }
        let taken = bytes.prefix(count)
        bytes = bytes.dropFirst(count)
        return taken
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
