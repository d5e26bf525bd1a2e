extension EncodedSpans {
    /// The spans, for formats other than OTLP's Protobuf.
    public func spans() throws(ProtobufError) -> [TraceSpan] {
        var spans: [TraceSpan] = []
        spans.reserveCapacity(count)
        var reader = ProtobufReader(bytes[...])
        while let field = try reader.next() {
            guard case .bytes(let message) = field.value else { continue }
            spans.append(try TraceSpan(encoded: message))
        }
        return spans
    }
}

extension TraceSpan {
    /// Reads what ``EncodedSpans`` writes.
    fileprivate init(encoded message: ArraySlice<UInt8>) throws(ProtobufError) {
        self.init(traceID: TraceID(0), spanID: SpanID(0))
        var reader = ProtobufReader(message)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let bytes)): traceID = TraceID(bytes.bigEndian)
            case (2, .bytes(let bytes)): spanID = SpanID(UInt64(truncatingIfNeeded: bytes.bigEndian))
            case (3, .bytes(let bytes)): traceState = String(decoding: bytes, as: UTF8.self)
            case (4, .bytes(let bytes)): parentSpanID = SpanID(UInt64(truncatingIfNeeded: bytes.bigEndian))
            case (5, .bytes(let bytes)): name = String(decoding: bytes, as: UTF8.self)
            case (6, .varint(let value)): kind = Int32(truncatingIfNeeded: value)
            case (7, .fixed64(let value)): startTimeUnixNano = value
            case (8, .fixed64(let value)): endTimeUnixNano = value
            case (9, .bytes(let bytes)): attributes.append(try Attribute(encoded: bytes))
            case (13, .bytes(let bytes)): links.append(try Link(encoded: bytes))
            case (15, .bytes(let bytes)): status = try Status(encoded: bytes)
            case (16, .fixed32(let value)): flags = value
            default: break
            }
        }
    }
}

extension TraceSpan.Link {
    fileprivate init(encoded message: ArraySlice<UInt8>) throws(ProtobufError) {
        self.init(traceID: TraceID(0), spanID: SpanID(0))
        var reader = ProtobufReader(message)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let bytes)): traceID = TraceID(bytes.bigEndian)
            case (2, .bytes(let bytes)): spanID = SpanID(UInt64(truncatingIfNeeded: bytes.bigEndian))
            case (3, .bytes(let bytes)): traceState = String(decoding: bytes, as: UTF8.self)
            case (6, .fixed32(let value)): flags = value
            default: break
            }
        }
    }
}

extension TraceSpan.Status {
    fileprivate init(encoded message: ArraySlice<UInt8>) throws(ProtobufError) {
        self.init()
        var reader = ProtobufReader(message)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (2, .bytes(let bytes)): self.message = String(decoding: bytes, as: UTF8.self)
            case (3, .varint(let value)): code = Int32(truncatingIfNeeded: value)
            default: break
            }
        }
    }
}

extension Attribute {
    fileprivate init(encoded message: ArraySlice<UInt8>) throws(ProtobufError) {
        var key = ""
        var value = AttributeValue.empty
        var reader = ProtobufReader(message)
        while let field = try reader.next() {
            guard case .bytes(let bytes) = field.value else { continue }
            if field.number == 1 {
                key = String(decoding: bytes, as: UTF8.self)
            } else {
                var valueReader = ProtobufReader(bytes)
                switch try valueReader.next()?.value {
                case .bytes(let text): value = .string(String(decoding: text, as: UTF8.self))
                case .varint(let number): value = .integer(Int64(bitPattern: number))
                default: break
                }
            }
        }
        self.init(key: key, value: value)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var bigEndian: UInt128 { reduce(0) { $0 << 8 | UInt128($1) } }
}
