/// A value that is written as text of one of the formats of strings
/// ([OpenAPI's registry](https://spec.openapis.org/registry/format/)). It is written as it was read, so that
/// nothing is lost on the way.
public protocol FormattedValue: Codable, Hashable, Sendable, LosslessStringConvertible {
    /// The format's name, such as `date-time`.
    static var format: String { get }
}

extension FormattedValue {
    /// Reads the text.
    ///
    /// - Throws: `DecodingError` for what is no string, and for a text of another form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a \(Self.format)")
        }
        self = value
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
