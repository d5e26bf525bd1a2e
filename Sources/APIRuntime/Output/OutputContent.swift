import FoundationEssentials

/// A JSON body: a typed value, or bytes that are that value's JSON already and pass through as they are.
public enum JSONContent<Value: Encodable & Sendable> {
    /// Encoded by the server.
    case value(Value)
    /// The whole body.
    case bytes([UInt8])
    /// A body that arrives over time.
    case stream(any ByteStream)

    /// The content as a response's body.
    ///
    /// - Throws: what the encoder throws, for example for a number that is not finite.
    public func responseBody() throws -> ResponseBody {
        switch self {
        case .value(let value):
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return .bytes([UInt8](try encoder.encode(value)))
        case .bytes(let bytes): return .bytes(bytes)
        case .stream(let stream): return .stream(stream)
        }
    }
}

/// A body of any other media type.
public enum ByteContent {
    /// The whole body.
    case bytes([UInt8])
    /// A body that arrives over time.
    case stream(any ByteStream)

    /// Text in UTF-8.
    public static func text(_ text: String) -> ByteContent { .bytes(Array(text.utf8)) }

    /// The content as a response's body.
    public func responseBody() -> ResponseBody {
        switch self {
        case .bytes(let bytes): .bytes(bytes)
        case .stream(let stream): .stream(stream)
        }
    }
}
