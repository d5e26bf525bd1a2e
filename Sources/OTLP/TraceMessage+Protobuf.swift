import JSON

extension TraceMessage {
    /// How deep values may be nested, messages around them included.
    static let greatestDepth = 100

    /// A field of this message on the wire and what is known of it; nil for one that is not known.
    ///
    /// - Throws: ``ProtobufError`` if it is not encoded as such a field is.
    func known(_ field: ProtobufReader.Field) throws(ProtobufError) -> Field? {
        guard let known = self.field(numbered: field.number) else { return nil }
        switch (known.type, field.value) {
        case (.message, .bytes), (.messages, .bytes), (.bytes, .bytes): break
        case (.signed64, .varint), (.enumeration, .varint), (.bool, .varint), (.unsigned32, .varint): break
        case (.fixed64, .fixed64), (.double, .fixed64), (.fixed32, .fixed32): break
        case (.string, .bytes(let bytes)):
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw ProtobufError("the field \(known.text) is not UTF-8", at: field.offset)
            }
        case (.identifier(let byteCount, let mayBeEmpty), .bytes(let bytes)):
            guard bytes.count == byteCount || bytes.isEmpty && mayBeEmpty else {
                throw ProtobufError("the field \(known.text) must have \(byteCount) bytes", at: field.offset)
            }
        default: throw ProtobufError("the field \(known.text) has another type", at: field.offset)
        }
        return known
    }

    /// Checks that bytes are such a message as far as its fields are known.
    ///
    /// - Throws: ``ProtobufError`` for the first offending field.
    func check(_ bytes: ArraySlice<UInt8>, depth: Int = 0) throws(ProtobufError) {
        guard depth < Self.greatestDepth else {
            throw ProtobufError("values are nested too deeply", at: bytes.startIndex)
        }
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            guard let known = try known(field), case .bytes(let content) = field.value else { continue }
            switch known.type {
            case .message(let message), .messages(let message): try message.check(content, depth: depth + 1)
            default: break
            }
        }
    }

    /// Writes such a message as [OTLP/JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Fields that
    /// are not known are left out: JSON has no names for them.
    ///
    /// - Throws: ``ProtobufError`` for the first offending field.
    func writeJSON(
        _ bytes: ArraySlice<UInt8>, to writer: inout JSONWriter, depth: Int = 0
    ) throws(ProtobufError) {
        guard depth < Self.greatestDepth else {
            throw ProtobufError("values are nested too deeply", at: bytes.startIndex)
        }
        var found: [(known: Field, field: ProtobufReader.Field)] = []
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            if let known = try known(field) { found.append((known, field)) }
        }
        writer.beginObject()
        for known in fields where known.number != 0 {
            let occurrences = found.filter { $0.known.number == known.number }.map(\.field)
            guard let last = occurrences.last else { continue }
            writer.name(known.text)
            if case .messages(let message) = known.type {
                writer.beginArray()
                for case .bytes(let content) in occurrences.map(\.value) {
                    try message.writeJSON(content, to: &writer, depth: depth + 1)
                }
                writer.endArray()
            } else {
                // Of several, Protobuf takes the last, but joins messages; nobody writes such.
                guard occurrences.count == 1 else {
                    throw ProtobufError("the field \(known.text) is there twice", at: last.offset)
                }
                try Self.writeJSON(last.value, of: known.type, to: &writer, depth: depth)
            }
        }
        writer.endObject()
    }

    private static func writeJSON(
        _ value: ProtobufReader.Value, of type: FieldType, to writer: inout JSONWriter, depth: Int
    ) throws(ProtobufError) {
        switch (type, value) {
        case (.message(let message), .bytes(let bytes)): try message.writeJSON(bytes, to: &writer, depth: depth + 1)
        case (.identifier, .bytes(let bytes)): writer.string(IdentifierText.hexadecimal(bytes))
        case (.string, .bytes(let bytes)): writer.string(String(decoding: bytes, as: UTF8.self))
        case (.bytes, .bytes(let bytes)): writer.string(Base64.encode(Array(bytes)))
        case (.signed64, .varint(let value)): writer.string(String(Int64(bitPattern: value)))
        case (.enumeration, .varint(let value)): writer.integer(Int(Int32(truncatingIfNeeded: value)))
        case (.unsigned32, .varint(let value)): writer.integer(Int(UInt32(truncatingIfNeeded: value)))
        case (.bool, .varint(let value)): writer.bool(value != 0)
        case (.fixed64, .fixed64(let value)): writer.string(String(value))
        case (.fixed32, .fixed32(let value)): writer.integer(Int(value))
        case (.double, .fixed64(let value)):
            let double = Double(bitPattern: value)
            if double.isFinite {
                writer.double(double)
            } else {
                writer.string(double.isNaN ? "NaN" : double < 0 ? "-Infinity" : "Infinity")
            }
        // `known` has seen to it that there are no others.
        default: writer.null()
        }
    }

    /// Encodes an object of JSON as such a message. Fields that are not known are left out, and those that have their
    /// type's zero, but for the one value of an attribute.
    ///
    /// - Throws: ``OTLPError`` for the first offending place.
    func protobuf(_ object: OTLPObject) throws(OTLPError) -> [UInt8] {
        var writer = ProtobufWriter()
        let writesZero = self == .anyValue
        for field in fields where object.has(String(decoding: field.name, as: UTF8.self)) {
            let name = String(decoding: field.name, as: UTF8.self)
            // An old name has today's number.
            let number = field.number != 0 ? field.number : fields.first { $0.text == field.text }?.number ?? 0
            switch field.type {
            case .message(let message):
                if let value = try object.object(name) { writer.bytes(number, try message.protobuf(value)) }
            case .messages(let message):
                for encoded in try object.list(name, { element throws(OTLPError) in try message.protobuf(element) }) {
                    writer.bytes(number, encoded)
                }
            case .identifier(let byteCount, let mayBeEmpty):
                let bytes = try object.identifier(name, byteCount: byteCount, mayBeEmpty: mayBeEmpty)
                if !bytes.isEmpty { writer.bytes(number, bytes) }
            case .signed64:
                let value = try object.signed64(name)
                if value != 0 || writesZero { writer.varint(number, UInt64(bitPattern: value)) }
            case .fixed64:
                let value = try object.unsigned64(name)
                if value != 0 { writer.fixed64(number, value) }
            case .enumeration(let type):
                let value = try object.enumeration(name, type)
                if value != 0 { writer.varint(number, UInt64(bitPattern: Int64(value))) }
            case .string:
                let value = try object.string(name)
                if !value.isEmpty || writesZero { writer.bytes(number, value.utf8) }
            case .bytes:
                let value = try object.bytes(name)
                if !value.isEmpty || writesZero { writer.bytes(number, value) }
            case .bool:
                let value = try object.bool(name)
                if value || writesZero { writer.varint(number, value ? 1 : 0) }
            case .double:
                let value = try object.double(name)
                if value != 0 || value.sign == .minus || writesZero { writer.fixed64(number, value.bitPattern) }
            case .unsigned32:
                let value = try object.unsigned32(name)
                if value != 0 { writer.varint(number, UInt64(value)) }
            case .fixed32:
                let value = try object.unsigned32(name)
                if value != 0 { writer.fixed32(number, value) }
            }
        }
        return writer.bytes
    }
}
