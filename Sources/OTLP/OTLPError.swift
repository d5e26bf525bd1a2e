import JSON

/// Why a document is not accepted as OTLP/JSON, and where.
public struct OTLPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, without the place.
    public let message: String

    /// The place: a [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901), `""` for the whole document; nil if the
    /// document is no JSON, so that the message tells line and column.
    public let pointer: String?

    /// The place, if there is one, and what is wrong.
    public var description: String {
        guard let pointer else { return message }
        return pointer.isEmpty ? message : "\(pointer): \(message)"
    }

    init(_ message: String, at pointer: String) {
        self.message = message
        self.pointer = pointer
    }

    init(malformed error: JSONError) {
        message = error.description
        pointer = nil
    }
}
