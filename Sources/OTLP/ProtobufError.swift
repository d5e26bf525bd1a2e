/// Why bytes are not accepted as a message of OTLP in Protobuf, and where.
public struct ProtobufError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, without the place.
    public let message: String
    /// The offset of the offending field in bytes.
    public let offset: Int

    /// `byte N: message`
    public var description: String { "byte \(offset): \(message)" }

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}
