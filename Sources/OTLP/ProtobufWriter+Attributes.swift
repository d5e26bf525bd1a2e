extension ProtobufWriter {
    /// Text, where there is any.
    mutating func text(_ number: UInt32, _ text: String) {
        if !text.utf8.isEmpty { bytes(number, text.utf8) }
    }

    /// Messages `KeyValue`.
    mutating func attributes(_ number: UInt32, _ attributes: [Attribute]) {
        for attribute in attributes {
            message(number) { writer in
                writer.text(1, attribute.key)
                writer.message(2) { $0.value(attribute.value) }
            }
        }
    }

    /// What is in a message `Span.Link`, but for attributes.
    mutating func link(_ link: TraceSpan.Link) {
        identifier(1, link.traceID)
        identifier(2, link.spanID)
        text(3, link.traceState)
        if link.flags != 0 { fixed32(6, link.flags) }
    }

    private mutating func value(_ value: AttributeValue) {
        switch value {
        case .empty: break
        case .string(let text): bytes(1, text.utf8)
        case .bool(let bool): varint(2, bool ? 1 : 0)
        case .integer(let integer): varint(3, UInt64(bitPattern: integer))
        case .double(let double): fixed64(4, double.bitPattern)
        case .array(let values):
            message(5) { writer in
                for value in values { writer.message(1) { $0.value(value) } }
            }
        case .keyValueList(let attributes): message(6) { $0.attributes(1, attributes) }
        case .bytes(let content): bytes(7, content)
        }
    }
}
