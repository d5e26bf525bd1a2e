/// Finished spans, already as they are sent: each is a field `spans` of a message `ScopeSpans`
/// ([Protobuf](https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding)).
///
/// A span is written once, when it ends, with no object for it or for its attributes; what waits to be sent is bytes, and
/// a batch is made by joining them. Formats other than OTLP read them again: ``spans()``.
public struct EncodedSpans: Sendable, Equatable {
    /// The fields, one after the other.
    public private(set) var bytes: [UInt8] = []
    /// How many spans there are.
    public private(set) var count = 0

    /// None, with room for that many bytes.
    public init(capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// What every span has.
    public struct Head: Sendable {
        /// The trace that it is part of.
        public var traceID: TraceID
        /// Its own identifier.
        public var spanID: SpanID
        /// The span that it is a child of; nil for a root.
        public var parentSpanID: SpanID?
        /// W3C trace flags in the lowest 8 bits, and what is known of the parent above them.
        public var flags: UInt32 = 0
        /// `SpanKind`: 0 to 5.
        public var kind: Int32 = 0
        /// When it began, in nanoseconds since 1970 (UTC).
        public var startTimeUnixNano: UInt64 = 0
        /// When it ended, in nanoseconds since 1970 (UTC).
        public var endTimeUnixNano: UInt64 = 0

        /// A span with these identifiers.
        public init(traceID: TraceID, spanID: SpanID) {
            self.traceID = traceID
            self.spanID = spanID
        }
    }

    /// Adds a span.
    ///
    /// - Parameters:
    ///   - name: what it did.
    ///   - traceState: the W3C trace state.
    ///   - error: what went wrong, for people; nil if nothing did.
    ///   - link: another span that it has to do with; its attributes are not written.
    ///   - attributes: writes the span's attributes.
    public mutating func append(
        _ head: Head, name: String, traceState: String = "", error: String? = nil, link: TraceSpan.Link? = nil,
        _ attributes: (inout EncodedAttributes) -> Void = { _ in }
    ) {
        let start = bytes.count
        write(head, name)
        if !traceState.isEmpty || error != nil || link != nil { write(traceState, error, link) }
        var encoded = EncodedAttributes(continuing: &bytes)
        attributes(&encoded)
        encoded.end(&bytes)
        let length = bytes.count - start - Self.prefixBytes
        if (0x80..<0x4000).contains(length) {
            bytes[start + 1] = UInt8(truncatingIfNeeded: length) | 0x80
            bytes[start + 2] = UInt8(truncatingIfNeeded: length >> 7)
        } else {
            bytes.replaceSubrange(start + 1..<start + Self.prefixBytes, with: ProtobufWriter.varint(UInt64(length)))
        }
        count += 1
    }

    /// Adds the spans of others behind its own.
    public mutating func append(_ others: EncodedSpans) {
        bytes += others.bytes
        count += others.count
    }

    /// Takes the first spans out, at most that many.
    public mutating func removeFirst(_ most: Int) -> EncodedSpans {
        var taken = EncodedSpans()
        var rest = bytes[...]
        while taken.count < most, let length = Self.length(ofFirst: rest) {
            rest = rest.dropFirst(length)
            taken.count += 1
        }
        taken.bytes = Array(bytes[..<rest.startIndex])
        bytes = Array(rest)
        count -= taken.count
        return taken
    }

    /// A request to take in these spans of a resource, a message `ExportTraceServiceRequest`.
    public func request(resource: [Attribute], scope: String, version: String) -> [UInt8] {
        var resourceWriter = ProtobufWriter()
        resourceWriter.message(1) { $0.attributes(1, resource) }
        var scopeWriter = ProtobufWriter()
        scopeWriter.message(1) { writer in
            writer.text(1, scope)
            writer.text(2, version)
        }
        let scopeCount = scopeWriter.bytes.count + bytes.count
        let scopePrefix = ProtobufWriter.prefix(2, byteCount: scopeCount)
        let count = resourceWriter.bytes.count + scopePrefix.count + scopeCount
        var request = ProtobufWriter.prefix(1, byteCount: count)
        request.reserveCapacity(request.count + count)
        request += resourceWriter.bytes
        request += scopePrefix
        request += scopeWriter.bytes
        request += bytes
        return request
    }

    /// What a span begins with: the tag, and room for a length of two bytes, as nearly all have.
    private static let prefixBytes = 3

    /// How many bytes the first field has; nil where there is none.
    private static func length(ofFirst fields: ArraySlice<UInt8>) -> Int? {
        var rest = fields.dropFirst()
        guard let length = ProtobufReader.varint(&rest) else { return nil }
        return rest.startIndex - fields.startIndex + Int(length)
    }

    private mutating func write(_ head: Head, _ name: String) {
        // Of fixed size: the prefix, identifiers, times, flags and kind.
        let fixed = Self.prefixBytes + 18 + 10 + 10 + 9 + 9 + 6 + 2
        let nameCount = name.utf8.count
        bytes.append(addingCapacity: fixed + 1 + ProtobufWriter.varintBytes(nameCount) + nameCount) { out in
            out.append(2 << 3 | 2)
            out.append(0)
            out.append(0)
            out.append(1 << 3 | 2, 16)
            out.append(bigEndian: UInt64(truncatingIfNeeded: head.traceID.value >> 64))
            out.append(bigEndian: UInt64(truncatingIfNeeded: head.traceID.value))
            out.append(2 << 3 | 2, 8)
            out.append(bigEndian: head.spanID.value)
            if let parent = head.parentSpanID {
                out.append(4 << 3 | 2, 8)
                out.append(bigEndian: parent.value)
            }
            out.append(5 << 3 | 2)
            out.append(text: name, count: nameCount)
            if head.kind != 0 { out.append(6 << 3, UInt8(truncatingIfNeeded: head.kind)) }
            out.append(7 << 3 | 1)
            out.append(bigEndian: head.startTimeUnixNano.byteSwapped)
            out.append(8 << 3 | 1)
            out.append(bigEndian: head.endTimeUnixNano.byteSwapped)
            // The number 16 with four bytes; the tag takes two.
            out.append(0x85, 0x01)
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                out.append(UInt8(truncatingIfNeeded: head.flags >> shift))
            }
        }
    }

    private mutating func write(_ traceState: String, _ error: String?, _ link: TraceSpan.Link?) {
        var writer = ProtobufWriter()
        writer.text(3, traceState)
        if let link { writer.message(13) { $0.link(link) } }
        if let error {
            writer.message(15) { writer in
                writer.text(2, error)
                writer.varint(3, 2)
            }
        }
        bytes += writer.bytes
    }
}

/// Attributes of a span on their way into ``EncodedSpans``.
public struct EncodedAttributes: Sendable {
    private var bytes: [UInt8] = []

    /// None.
    public init() {}

    /// Continues with what `bytes` holds, which is given back by ``end(_:)``.
    fileprivate init(continuing bytes: inout [UInt8]) { swap(&self.bytes, &bytes) }

    fileprivate mutating func end(_ bytes: inout [UInt8]) { swap(&self.bytes, &bytes) }

    /// Adds text.
    public mutating func append(_ key: StaticString, _ value: String) {
        append(key, count: value.utf8.count) { $0.copy(value.utf8) }
    }

    /// Adds text in two parts.
    public mutating func append(_ key: StaticString, _ value: String, _ rest: Substring.UTF8View) {
        append(key, count: value.utf8.count + rest.count) { out in
            out.copy(value.utf8)
            out.copy(rest)
        }
    }

    @inline(__always)
    private mutating func append(_ key: StaticString, count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        let keyCount = key.utf8CodeUnitCount
        let valueCount = 1 + ProtobufWriter.varintBytes(count) + count
        let pairCount =
            1 + ProtobufWriter.varintBytes(keyCount) + keyCount + 1 + ProtobufWriter.varintBytes(valueCount)
            + valueCount
        bytes.append(addingCapacity: 1 + ProtobufWriter.varintBytes(pairCount) + pairCount) { out in
            out.append(9 << 3 | 2)
            out.append(varint: UInt64(pairCount))
            out.append(1 << 3 | 2)
            out.append(text: key)
            out.append(2 << 3 | 2)
            out.append(varint: UInt64(valueCount))
            out.append(1 << 3 | 2)
            out.append(varint: UInt64(count))
            write(&out)
        }
    }

    /// Adds a whole number.
    public mutating func append(_ key: StaticString, _ value: Int) {
        let number = UInt64(bitPattern: Int64(value))
        let keyCount = key.utf8CodeUnitCount
        let valueCount = 1 + ProtobufWriter.varintBytes(number)
        let pairCount = 1 + ProtobufWriter.varintBytes(keyCount) + keyCount + 2 + valueCount
        bytes.append(addingCapacity: 1 + ProtobufWriter.varintBytes(pairCount) + pairCount) { out in
            out.append(9 << 3 | 2)
            out.append(varint: UInt64(pairCount))
            out.append(1 << 3 | 2)
            out.append(text: key)
            out.append(2 << 3 | 2, UInt8(truncatingIfNeeded: valueCount))
            out.append(3 << 3)
            out.append(varint: number)
        }
    }

    /// Adds attributes that were written before.
    public mutating func append(_ others: EncodedAttributes) { bytes += others.bytes }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(_ first: UInt8, _ second: UInt8) {
        append(first)
        append(second)
    }

    @inline(__always)
    fileprivate mutating func append(varint value: UInt64) {
        var value = value
        while value >= 0x80 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(truncatingIfNeeded: value))
    }

    @inline(__always)
    fileprivate mutating func append(bigEndian value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { source in
            withUnsafeMutableBufferPointer { buffer, count in
                let place = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<count + 8])
                place.copyMemory(from: source)
                count += 8
            }
        }
    }

    /// The length of text, and the text, whose bytes have been counted.
    @inline(__always)
    fileprivate mutating func append(text: String, count: Int) {
        append(varint: UInt64(count))
        copy(text.utf8)
    }

    @inline(__always)
    fileprivate mutating func append(text: StaticString) {
        append(varint: UInt64(text.utf8CodeUnitCount))
        text.withUTF8Buffer { copy($0) }
    }

    @inline(__always)
    fileprivate mutating func copy(_ text: some Collection<UInt8>) {
        if text.withContiguousStorageIfAvailable({ copy($0) }) == nil {
            for byte in text { append(byte) }
        }
    }

    @inline(__always)
    private mutating func copy(_ source: UnsafeBufferPointer<UInt8>) {
        withUnsafeMutableBufferPointer { buffer, count in
            // Traps rather than to write beyond what was reserved.
            _ = buffer[count..<count + source.count].initialize(fromContentsOf: source)
            count += source.count
        }
    }
}
