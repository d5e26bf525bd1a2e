import FoundationEssentials
import JSON
public import JSONSchema

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

extension JSONContent {
    /// The content as a response's body; a typed value is held to its schema, as generated code has it in debug builds.
    ///
    /// - Throws: ``APIFailure`` with a 500 for a value that breaks its schema; what is wrong stands in its `logDetail`,
    ///   without the value.
    public func responseBody(_ schemas: SchemaSet, schema: Int) throws -> ResponseBody {
        let body = try responseBody()
        guard case .value = self, case .bytes(let bytes) = body else { return body }
        try Self.hold(try JSONParser.parse(bytes), to: schemas, schema: schema, "the answer")
        return body
    }

    /// Refuses a value that breaks its schema; `what` it is stands in the failure's `logDetail`.
    static func hold(_ value: JSONValue, to schemas: SchemaSet, schema: Int, _ what: String) throws(APIFailure) {
        let outcome = schemas.check(value, against: schema, direction: .response)
        guard outcome.violations.isEmpty else {
            let list = outcome.violations.map { violation in
                "\(violation.pointer.isEmpty ? "" : violation.pointer + " ")\(violation.message) [\(violation.rule)]"
            }
            throw APIFailure(.internalError, logDetail: "\(what) breaks its schema: \(list.joined(separator: "; "))")
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

/// A body whose media type the document gives as a range, such as `image/*`: the handler says which it is.
public struct TypedContent {
    /// The media type.
    public let mediaType: String
    /// The body.
    public let content: ByteContent

    /// A body with its media type.
    public init(_ mediaType: String, _ content: ByteContent) {
        self.mediaType = mediaType
        self.content = content
    }

    /// The content as a response's body.
    public func responseBody() -> ResponseBody { content.responseBody() }

    /// The media type, if it is within the range.
    ///
    /// - Throws: ``APIFailure`` with a 500 if it is not.
    public func mediaType(within range: String) throws(APIFailure) -> String {
        let kind = range.utf8.prefix { $0 != UInt8(ascii: "/") }
        guard MediaType(parsing: mediaType) != nil,
            kind.elementsEqual("*".utf8) || mediaType.utf8.starts(with: range.utf8.dropLast())
        else {
            throw APIFailure(.internalError, logDetail: "the media type \(mediaType) is not within \(range)")
        }
        return mediaType
    }
}

/// A status that a handler chose within what the document has.
///
/// - Throws: ``APIFailure`` with a 500 for any other.
public func documented(_ status: Int, in range: ClosedRange<Int>) throws(APIFailure) -> Int {
    guard range.contains(status) else {
        throw APIFailure(.internalError, logDetail: "the status \(status) is not within \(range)")
    }
    return status
}
