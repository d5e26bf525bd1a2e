/// Readers of wire formats that share no code with what writes them.

/// A field of a Protobuf message; what is nested stays bytes.
struct ProtobufFields {
    enum Value: Equatable {
        case number(UInt64)
        case bytes([UInt8])
    }

    struct Broken: Error {}

    private(set) var fields: [(number: Int, value: Value)] = []

    init(_ bytes: [UInt8]) throws {
        var place = 0
        func varint() throws -> UInt64 {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                value |= UInt64(byte & 0x7f) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            throw Broken()
        }
        func take(_ count: Int) throws -> [UInt8] {
            guard count >= 0, place + count <= bytes.count else { throw Broken() }
            defer { place += count }
            return Array(bytes[place..<(place + count)])
        }
        while place < bytes.count {
            let tag = try varint()
            let value: Value
            switch tag & 7 {
            case 0: value = .number(try varint())
            case 1: value = .number(try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            case 2: value = .bytes(try take(Int(varint())))
            case 5: value = .number(try take(4).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            default: throw Broken()
            }
            fields.append((Int(tag >> 3), value))
        }
    }

    func number(_ number: Int) -> UInt64? {
        fields.lazy.compactMap { field in
            if field.number == number, case .number(let value) = field.value { value } else { nil }
        }.last
    }

    func bytes(_ number: Int) -> [UInt8]? { all(number).last }

    func all(_ number: Int) -> [[UInt8]] {
        fields.compactMap { field in
            if field.number == number, case .bytes(let bytes) = field.value { bytes } else { nil }
        }
    }

    func text(_ number: Int) -> String? { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

    func messages(_ number: Int) throws -> [ProtobufFields] { try all(number).map { try ProtobufFields($0) } }
}

/// A value in Thrift.
indirect enum ThriftValue: Equatable {
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case list([ThriftValue])
    case structure([Int: ThriftValue])

    struct Broken: Error {}

    subscript(_ field: Int) -> ThriftValue? {
        if case .structure(let fields) = self { fields[field] } else { nil }
    }

    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    var string: String? { if case .string(let value) = self { value } else { nil } }
    var list: [ThriftValue]? { if case .list(let values) = self { values } else { nil } }

    /// A structure in the binary protocol that ends with the bytes.
    static func binary(_ bytes: [UInt8]) throws -> ThriftValue {
        var reader = Reader(bytes: bytes[...])
        let value = try reader.binaryStructure()
        guard reader.bytes.isEmpty else { throw Broken() }
        return value
    }

    /// A message in the compact protocol: its name, its kind (4 is a call without an answer), and its arguments.
    static func compactMessage(_ bytes: [UInt8]) throws -> (name: String, kind: Int, arguments: ThriftValue) {
        var reader = Reader(bytes: bytes[...])
        guard try reader.byte() == 0x82 else { throw Broken() }
        let version = try reader.byte()
        guard version & 0x1f == 1 else { throw Broken() }
        _ = try reader.varint()
        let name = try reader.text(Int(reader.varint()))
        let arguments = try reader.compactStructure()
        guard reader.bytes.isEmpty else { throw Broken() }
        return (name, Int(version >> 5), arguments)
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func byte() throws -> UInt8 {
            guard let byte = bytes.popFirst() else { throw Broken() }
            return byte
        }

        mutating func big(_ count: Int) throws -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
            return value
        }

        mutating func text(_ count: Int) throws -> String {
            guard count >= 0, count <= bytes.count else { throw Broken() }
            defer { bytes = bytes.dropFirst(count) }
            guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else { throw Broken() }
            return text
        }

        mutating func varint() throws -> UInt64 {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 70, by: 7) {
                let next = try byte()
                value |= UInt64(next & 0x7f) << shift
                if next < 0x80 { return value }
            }
            throw Broken()
        }

        mutating func zigzag() throws -> Int64 {
            let value = try varint()
            return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
        }

        mutating func binaryStructure() throws -> ThriftValue {
            var fields: [Int: ThriftValue] = [:]
            while case let type = try byte(), type != 0 {
                let number = Int(try big(2))
                fields[number] = try binaryValue(type)
            }
            return .structure(fields)
        }

        mutating func binaryValue(_ type: UInt8) throws -> ThriftValue {
            switch type {
            case 2: return .bool(try byte() == 1)
            case 4: return .double(Double(bitPattern: try big(8)))
            case 8: return .integer(Int64(Int32(truncatingIfNeeded: try big(4))))
            case 10: return .integer(Int64(bitPattern: try big(8)))
            case 11: return .string(try text(Int(big(4))))
            case 12: return try binaryStructure()
            case 15:
                let element = try byte()
                let count = Int(try big(4))
                var values: [ThriftValue] = []
                for _ in 0..<count { values.append(try binaryValue(element)) }
                return .list(values)
            default: throw Broken()
            }
        }

        mutating func compactStructure() throws -> ThriftValue {
            var fields: [Int: ThriftValue] = [:]
            var number = 0
            while case let header = try byte(), header != 0 {
                number = header >> 4 == 0 ? Int(try zigzag()) : number + Int(header >> 4)
                fields[number] = try compactValue(header & 15)
            }
            return .structure(fields)
        }

        mutating func compactValue(_ type: UInt8) throws -> ThriftValue {
            switch type {
            case 1: return .bool(true)
            case 2: return .bool(false)
            case 5, 6: return .integer(try zigzag())
            case 7:
                var bits: UInt64 = 0
                for place in UInt64(0)..<8 { bits |= UInt64(try byte()) << (8 * place) }
                return .double(Double(bitPattern: bits))
            case 8: return .string(try text(Int(varint())))
            case 9:
                let header = try byte()
                let count = header >> 4 == 15 ? Int(try varint()) : Int(header >> 4)
                var values: [ThriftValue] = []
                for _ in 0..<count { values.append(try compactValue(header & 15)) }
                return .list(values)
            case 12: return try compactStructure()
            default: throw Broken()
            }
        }
    }
}
