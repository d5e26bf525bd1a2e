/// One token of a JSON text; commas and colons are checked by the tokenizer and not reported.
public struct JSONToken: Sendable, Equatable {
    /// What a token is.
    public enum Kind: Sendable, Equatable {
        /// `{`
        case beginObject
        /// `}`
        case endObject
        /// `[`
        case beginArray
        /// `]`
        case endArray
        /// A string that names a member of an object.
        case name
        /// A string that is a value.
        case string
        /// A number.
        case number
        /// `true`
        case `true`
        /// `false`
        case `false`
        /// `null`
        case null
    }

    /// What the token is.
    public let kind: Kind

    /// Where its first byte stands.
    public let position: JSONPosition

    /// Its bytes as written, the quotation marks of strings included.
    public let length: Int

    /// Whether it is a string with escapes, whose content differs from its bytes.
    public let hasEscapes: Bool

    /// The offsets of its bytes in the whole text.
    public var range: Range<Int> { position.offset..<position.offset + length }

    init(_ kind: Kind, at position: JSONPosition, length: Int, hasEscapes: Bool = false) {
        self.kind = kind
        self.position = position
        self.length = length
        self.hasEscapes = hasEscapes
    }
}
