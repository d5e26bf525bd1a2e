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
