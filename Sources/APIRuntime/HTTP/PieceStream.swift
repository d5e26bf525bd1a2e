/// A body that is there already, in pieces: for large answers that are not to be copied into one.
public final class PieceStream: ByteStream {
    /// The size of all pieces.
    public let length: Int?
    private var pieces: ArraySlice<[UInt8]>

    /// A stream of those pieces, none of them empty, which have `length` bytes together.
    public init(_ pieces: [[UInt8]], length: Int) {
        self.pieces = pieces[...]
        self.length = length
    }

    /// The next piece.
    public func next() async throws -> [UInt8]? { pieces.popFirst() }

    /// Lets go of what is left.
    public func cancel() { pieces = [] }
}
