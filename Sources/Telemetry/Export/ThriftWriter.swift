/// The types of fields, by their numbers in Thrift's
/// [binary](https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md) and
/// [compact](https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md) protocols.
enum ThriftType {
    case bool, double, int32, int64, string, list, structure

    var binary: UInt8 {
        switch self {
        case .bool: 2
        case .double: 4
        case .int32: 8
        case .int64: 10
        case .string: 11
        case .structure: 12
        case .list: 15
        }
    }

    /// Of a bool this is the type of its elements in a list; as a field its type is its value.
    var compact: UInt8 {
        switch self {
        case .bool: 1
        case .int32: 5
        case .int64: 6
        case .double: 7
        case .string: 8
        case .list: 9
        case .structure: 12
        }
    }
}

/// Writes values in Thrift, in either protocol. Fields are written in the order of their numbers.
struct ThriftWriter {
    enum Form: Sendable {
        case binary
        case compact
    }

    let form: Form
    private(set) var bytes: [UInt8] = []
    /// The number of the field before, in each structure that is open.
    private var previous: [Int16] = [0]

    init(_ form: Form) {
        self.form = form
    }

    /// What stands before the arguments of a call without an answer.
    mutating func beginOneWay(_ name: String) {
        switch form {
        case .binary:
            append(UInt32(0x8001_0004))
            string(name)
            append(UInt32(0))
        case .compact:
            bytes += [0x82, 4 << 5 | 1]
            varint(0)
            string(name)
        }
    }

    mutating func field(_ number: Int16, string value: String) {
        header(number, .string)
        string(value)
    }

    mutating func field(_ number: Int16, bool value: Bool) {
        switch form {
        case .binary:
            header(number, .bool)
            bytes.append(value ? 1 : 0)
        case .compact: compactHeader(number, value ? 1 : 2)
        }
    }

    mutating func field(_ number: Int16, int32 value: Int32) {
        header(number, .int32)
        switch form {
        case .binary: append(UInt32(bitPattern: value))
        case .compact: varint(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
        }
    }

    mutating func field(_ number: Int16, int64 value: Int64) {
        header(number, .int64)
        switch form {
        case .binary: append(UInt64(bitPattern: value))
        case .compact: varint(UInt64(bitPattern: value << 1 ^ value >> 63))
        }
    }

    /// A double stands with its highest byte first in binary, and, as Apache's own libraries write it, with its lowest
    /// byte first in compact.
    mutating func field(_ number: Int16, double value: Double) {
        header(number, .double)
        switch form {
        case .binary: append(value.bitPattern)
        case .compact:
            for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * place))) }
        }
    }

    mutating func field(_ number: Int16, structure members: (inout ThriftWriter) -> Void) {
        header(number, .structure)
        structure(members)
    }

    mutating func field<Element>(
        _ number: Int16, list elements: [Element], _ members: (inout ThriftWriter, Element) -> Void
    ) {
        header(number, .list)
        switch form {
        case .binary:
            bytes.append(ThriftType.structure.binary)
            append(UInt32(elements.count))
        case .compact:
            if elements.count < 15 {
                bytes.append(UInt8(elements.count) << 4 | ThriftType.structure.compact)
            } else {
                bytes.append(0xf0 | ThriftType.structure.compact)
                varint(UInt64(elements.count))
            }
        }
        for element in elements { structure { members(&$0, element) } }
    }

    mutating func structure(_ members: (inout ThriftWriter) -> Void) {
        previous.append(0)
        members(&self)
        previous.removeLast()
        bytes.append(0)
    }

    private mutating func header(_ number: Int16, _ type: ThriftType) {
        switch form {
        case .binary:
            bytes.append(type.binary)
            bytes += [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
        case .compact: compactHeader(number, type.compact)
        }
    }

    private mutating func compactHeader(_ number: Int16, _ type: UInt8) {
        let before = previous.popLast() ?? 0
        previous.append(number)
        let delta = number - before
        if (1...15).contains(delta) {
            bytes.append(UInt8(delta) << 4 | type)
        } else {
            bytes.append(type)
            varint(UInt64(UInt16(bitPattern: number << 1 ^ number >> 15)))
        }
    }

    private mutating func string(_ value: String) {
        switch form {
        case .binary: append(UInt32(value.utf8.count))
        case .compact: varint(UInt64(value.utf8.count))
        }
        bytes += value.utf8
    }

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        for place in (0..<value.bitWidth / 8).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> (place * 8)))
        }
    }
}
