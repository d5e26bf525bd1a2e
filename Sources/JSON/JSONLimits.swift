/// What a JSON text may cost before it is refused.
///
/// [RFC 8259, section 9](https://www.rfc-editor.org/rfc/rfc8259#section-9) lets a parser set such limits.
public struct JSONLimits: Sendable, Equatable {
    /// The deepest nesting that any limit allows: releasing and writing a tree recurse once a level.
    public static let greatestDepth = 1_024

    /// The most bytes of the whole text, white space included.
    public let bytes: Int

    /// The most objects and arrays that may be open at once, at most ``greatestDepth``.
    public let depth: Int

    /// The most object members and array elements of the whole text, taken together.
    public let members: Int

    /// The most bytes of one string or number as written. A tokenizer holds no more than this of a value that is cut
    /// by the end of a chunk.
    public let tokenBytes: Int

    /// Makes limits; negative values count as 0, and a depth above ``greatestDepth`` as that.
    public init(
        bytes: Int = 64 << 20, depth: Int = 128, members: Int = 4_000_000, tokenBytes: Int = 16 << 20
    ) {
        self.bytes = max(0, bytes)
        self.depth = min(max(0, depth), JSONLimits.greatestDepth)
        self.members = max(0, members)
        self.tokenBytes = max(0, tokenBytes)
    }
}
