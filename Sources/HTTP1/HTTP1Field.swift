/// One field line of a head ([RFC 9110 §5](https://www.rfc-editor.org/rfc/rfc9110#section-5)).
public struct HTTP1Field: Sendable {
    /// The name; lower-cased when it was parsed, sent as it is when it is written.
    public let name: String
    /// The value without the white space around it.
    public let value: String

    /// A field from its two parts; what may stand in them is checked by the writer.
    @inlinable
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
