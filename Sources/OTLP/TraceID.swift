/// The identifier of a trace: 16 bytes.
public struct TraceID: Sendable, Hashable {
    /// The 16 bytes as one number, the first byte in front.
    public let value: UInt128

    /// From the number that the 16 bytes are.
    public init(_ value: UInt128) {
        self.value = value
    }

    /// From 32 hexadecimal digits of either case; nil for anything else.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 32, let value = IdentifierText.hexadecimalValue(text.utf8) else { return nil }
        self.value = value
    }

    /// From at most 32 hexadecimal digits, as Tempo takes them in paths: what is missing is zeros in front. Nil for
    /// anything else, and for no digits at all.
    public init?(shortHexadecimal text: String) {
        guard !text.isEmpty, let value = IdentifierText.hexadecimalValue(text.utf8) else { return nil }
        self.value = value
    }

    /// 32 lower-case digits.
    public var hexadecimal: String {
        IdentifierText.text(value, byteCount: 16)
    }

    /// As Tempo's answers have it.
    public var base64: String { Base64.encode(IdentifierText.bytes(value, byteCount: 16)) }

    /// The field `traceparent` of a span of this trace, version 00
    /// ([format](https://www.w3.org/TR/trace-context/#traceparent-header-field-values)).
    public func traceParent(_ span: SpanID, isSampled: Bool) -> String {
        String(unsafeUninitializedCapacity: 55) { buffer in
            for index in 0..<55 { buffer[index] = UInt8(ascii: index == 2 || index == 35 || index == 52 ? "-" : "0") }
            IdentifierText.write(value, byteCount: 16, to: buffer, at: 3)
            IdentifierText.write(UInt128(span.value), byteCount: 8, to: buffer, at: 36)
            if isSampled { buffer[54] = UInt8(ascii: "1") }
            return 55
        }
    }
}

/// The identifier of a span within its trace: 8 bytes.
public struct SpanID: Sendable, Hashable {
    /// The 8 bytes as one number, the first byte in front.
    public let value: UInt64

    /// From the number that the 8 bytes are.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// From 16 hexadecimal digits of either case; nil for anything else.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 16, let value = IdentifierText.hexadecimalValue(text.utf8) else { return nil }
        self.value = UInt64(truncatingIfNeeded: value)
    }

    /// 16 lower-case digits.
    public var hexadecimal: String {
        IdentifierText.text(UInt128(value), byteCount: 8)
    }

    /// As Tempo's answers have it.
    public var base64: String { Base64.encode(IdentifierText.bytes(UInt128(value), byteCount: 8)) }
}
