public import JSON

/// Why an answer cannot be filtered. None of it is handed out then.
public enum ResourceSpansFilterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no JSON, or nested deeper, or has a longer single value, than is read.
    case malformed(JSONError)
    /// It is JSON but not what Tempo answers with; the place is that of the first offending value.
    case unexpectedShape(String, at: JSONPosition)
    /// It is no such message of Protobuf.
    case malformedProtobuf(ProtobufError)
    /// The part that would be kept has more bytes than the limit allows.
    case tooLarge(maximumBytes: Int)

    /// `line:column: message` where there is a place.
    public var description: String {
        switch self {
        case .malformed(let error): error.description
        case .unexpectedShape(let message, let position): "\(position.line):\(position.column): \(message)"
        case .malformedProtobuf(let error): error.description
        case .tooLarge(let maximumBytes): "the kept part has more than \(maximumBytes) bytes"
        }
    }
}
